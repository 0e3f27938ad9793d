// What strategies that call the customer have in common.

// A call that went down with the server, not by the customer: no attempt if the phone cannot have rung; if it has, then once.
function lose(how) {
  if (how === 'dialling' || !cut_off) uncounted += 1;
  if (how !== 'dialling') cut_off = true;
}

// Dialled next, and shown where the switch is to show it.
function callAt(other) {
  number = String(other);
  const shown = redirect_hints.extensions;
  if (shown && shown.CPNDigits !== undefined) shown.CPNDigits = number;
}
// What is shown to who is called; reservations, which may stand beside it, are of agents.
function shown() {
  const all = Object.entries(redirect_hints.extensions || {});
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('iscc-ar-')));
}
// What the call carries.
function carried() {
  return attached('USERTERMINATED', origin === _route_point ? _route_point : undefined);
}
// _do_not_call_items: "<seconds around the desired time>,<first hour>,<last hour>", by the clock of the tenant.
function mayCall() {
  const items = String(_do_not_call_items || '')
    .split(',')
    .map(Number);
  if (!_do_not_call_items || items.length !== 3 || items.some(isNaN)) return true;
  const hour = Number(_genesys.session.timeInZone().slice(0, 2));
  return Math.abs(Date.now() - Date.parse(_desired_time)) <= items[0] * 1000 && items[1] <= hour && hour <= items[2];
}
// Who is called so late in the queue would answer when nobody looks for an agent any more.
function tooLate() {
  return (
    queued &&
    _cannot_dial_buffer_time > 0 &&
    Date.now() - entered_queue_at > (_urs_queued_ttl - _cannot_dial_buffer_time) * 1000
  );
}
