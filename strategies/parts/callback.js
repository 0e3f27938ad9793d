// What the strategies of callbacks have in common; each includes this text as its script.

// An option may be JSON text, or the value itself when it came in JSON.
function json(value, otherwise) {
  if (value === undefined || value === null || value === '') return otherwise;
  if (typeof value !== 'string') return value;
  try { return JSON.parse(value); } catch (notJson) { return value; }
}
// A treatment option is a URI, or {"file": ..., "hints": {...}}; {} switches the treatment off.
function treatment(option, fallback) {
  const value = json(option, fallback);
  return typeof value === 'object' ? { file: value.file, hints: value.hints || {} } : { file: value, hints: {} };
}
// A number of seconds that an option may leave out.
function isDelay(value) { return value !== undefined && value !== '' && isFinite(value) && Number(value) >= 0; }
// Milliseconds until the desired time; 0 when it has come, or was never named.
function untilDesired() { return Math.max(0, Date.parse(_desired_time) - Date.now() || 0); }
// _ttl counts from the desired time, which lies ahead of a callback that was scheduled.
function secondsLeft() { return _ttl + untilDesired() / 1000; }

// _genesys.ixn.callState of what answered.
function isHuman() { return call_state === 0 || call_state === 8; }
function isMachine() { return call_state === 9; }
function isFax() { return call_state === 17; }

// A call that went down with the server, not by the customer: no attempt if the phone cannot have rung; if it has, then once.
function lose(how) {
  if (how === 'dialling' || !cut_off) uncounted += 1;
  if (how !== 'dialling') cut_off = true;
}

// What the virtual queue is asked for (urn: place of queue:submit), besides the target.
function placeWanted(held) {
  return { hold: held, age: _urs_call_interaction_age, increment: _urs_vq_priority_increment,
    interval: _urs_vq_priority_increment_interval, pegs: _urs_ewt_virtual_queue, service: _service_name, exclude: excluded };
}
// The router adds to it by the age; where it was restored (_restored_age), that is in it already.
function priority() {
  if (!_restored_age) return _urs_vq_priority;
  return _urs_vq_priority - _urs_vq_priority_increment * Math.floor(_restored_age / _urs_vq_priority_increment_interval);
}
// When URS says that it is time to dial, and the older way, by expected wait.
function dialling() { return { dial: _ixn_createcall_timeout / 2, success: 85 }; }
// Milliseconds until a scheduled customer may be called.
function early() { return Math.max(0, untilDesired() - _desired_connect_time_threshold * 1000); }
// _do_not_call_items: "<seconds around the desired time>,<first hour>,<last hour>", by the clock of the tenant.
function mayCall() {
  const items = String(_do_not_call_items || '').split(',').map(Number);
  if (!_do_not_call_items || items.length !== 3 || items.some(isNaN)) return true;
  const hour = Number(_genesys.session.timeInZone().slice(0, 2));
  return Math.abs(Date.now() - Date.parse(_desired_time)) <= items[0] * 1000 && items[1] <= hour && hour <= items[2];
}
// Who is called so late in the queue would answer when nobody looks for an agent any more.
function tooLate() {
  return queued && _cannot_dial_buffer_time > 0 && Date.now() - entered_queue_at > (_urs_queued_ttl - _cannot_dial_buffer_time) * 1000;
}
// What the call carries: what the client gave, as _attach_udata says, and what it is.
function attached() {
  const own = { GMS_Service_ID: _service_id, GMS_ServiceName: _service_name, GMS_Customer_Number: _customer_number,
    GMS_Call_Direction: 'USERTERMINATED', GMS_Cb_Type: untilDesired() > 0 ? 'scheduled' : 'immediate', GMS_Cb_Desired_Time: _desired_time,
    GMS_RP_Used: _route_point, GMS_VQ_Used: _urs_virtual_queue };
  Object.assign(own, pairsOnTheCall());
  if (_attach_udata === 'separate_keys') return Object.assign({}, _user_data, own);
  own.GMS_UserData = _attach_udata === 'gms_storage_id' ? _service_id : JSON.stringify(_user_data);
  return own;
}
// Seconds since the callback began, or that it had waited before: what URS keeps in RouterData70.
function age() { return Math.round((Date.now() - started) / 1000) + Number(_urs_call_interaction_age || 0); }
