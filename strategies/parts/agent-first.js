// Agents who are called before the customer (agent-first.scxml).

connect_order = _agent_preview ? 'AGENT_FIRST_PREVIEW' : 'AGENT_FIRST_NO_PREVIEW';

// From where calls are placed: the options of previews count where there is one, the others where there is none.
function wayToCall() {
  if (_agent_preview) return _agent_preview_via_rp ? 'route point' : 'agent';
  if (_agent_first_via_tg) return 'trunk group';
  return _agent_first_via_rp ? 'route point' : 'agent';
}
// `target` is called next.
function choose() {
  called = target;
  origin = { agent: called, 'route point': _route_point, 'trunk group': _trunk_group }[way];
}
// Somebody else is reserved than who was called.
function isFoundAnew() {
  return In('selected') && target.reservation !== called.reservation;
}
// By _genesys.ixn.callState: the agent rejected the call, was on the phone, or did not answer. Anything else is not the agent's doing.
function isAgents(state) {
  return [5, 6, 7].includes(state);
}
// The request in the queue is not needed any more; who comes again has waited already.
function outOfQueue() {
  accepted = false;
  if (queued)
    _urs_call_interaction_age = Number(_urs_call_interaction_age || 0) + (Date.now() - entered_queue_at) / 1000;
}
// Whom we called is there, whoever has been found since.
function agentCame() {
  target = called;
  outOfQueue();
}
