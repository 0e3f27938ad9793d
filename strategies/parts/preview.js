// What becomes of a callback that is shown to agents (preview.xml).

// What the call will carry, as far as it is known before it.
function shownData() {
  return Object.assign(attached('USERTERMINATED', _route_point), {
    GMS_UserTerminated_First_Connect_Party: _userterminated_first_connect_party,
    GMS_Target_Selected: JSON.stringify(target),
  });
}
// Seconds that an agent is kept: also while the callback is shown, and while the customer is called.
function previewReserve() {
  return _agent_reserve_timeout + _agent_preview_timeout + _ixn_createcall_timeout;
}
function rejectsLeft() {
  return Math.max(0, _agent_preview_allow_reject - excluded.length);
}
// Where agents may reject, who lets the time pass cannot do so more often; where they may not, the callback waits for who accepts.
function mayPass() {
  return _agent_preview_allow_reject === 0 || excluded.length < _agent_preview_allow_reject;
}
// Not again to the same agent. Who has let the time pass has rejected it, too.
function pass() {
  excluded = excluded.concat(target.agent);
}
// It was cancelled by who could not reject it any more, or not.
function cancelled() {
  return _agent_preview_allow_reject > 0 && rejectsLeft() === 0 ? rejected() : 'AGENT_PREVIEW_CANCEL';
}
function rejected() {
  return 'AGENT_PREVIEW_CANCEL_AFTER_' + excluded.length + 'REJECTS';
}
// `asAttribute`: beside the extensions, where _agent_preview_set_notready_reason_attribute says so.
function notReadyWhy(asAttribute) {
  const isThere = !!_agent_preview_set_notready_reason && _agent_preview_set_notready_reason_attribute === asAttribute;
  return isThere ? { [_agent_preview_set_notready_reason_key]: _agent_preview_set_notready_reason } : {};
}
