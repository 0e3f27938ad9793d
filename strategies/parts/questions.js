// What check-queue-position is answered (questions.xml): the guide, "Check in Queue Position". `found`: of queue:query, if there is a place.

// What is not known (yet) is left out.
function known(object, statistic) {
  try {
    return _genesys.statistic.sData(object, statistic);
  } catch (unknown) {
    return undefined;
  }
}
function inSeconds(ms) {
  return ms === undefined ? undefined : Math.floor(ms / 1000);
}
function callbackType() {
  return untilDesired() > 0
    ? 'SCHEDULED'
    : _wait_for_agent || connect_order !== 'CUSTOMER_FIRST'
      ? 'WAIT_FOR_AGENT'
      : 'IMMEDIATE';
}
function priorityNow(found) {
  return found.priority === undefined ? _urs_vq_priority : found.priority;
}
function standing(found) {
  const { invqwaittime = 0, positioninqueue = 0 } = found;
  const ewt = known(_urs_virtual_queue, 'ExpectedWaitTime');
  return {
    app_version: 'ringback-1',
    wt: invqwaittime,
    connid: queued ? place : undefined,
    ewt,
    positioninqueue,
    _position: positioninqueue,
    _eta: ewt,
    _total_waiting: known(_urs_virtual_queue, 'CurrNumberWaitingCalls') || 0,
    priority: priorityNow(found),
    agents_logged_in: known(String(_target), 'StatAgentsTotal'),
    ors_session_id: _sessionid,
    ewt_at_offer: noted.ewt_at_offer,
    pos_at_offer: noted.pos_at_offer,
    callback_type: callbackType(),
    time_callback_accepted: inSeconds(started),
    channel: _user_data._CB_CHANNEL || 'WEB',
    skill_expression: _target,
    ewt_at_first_dial: noted.ewt_at_first_dial,
    pos_at_first_dial: noted.pos_at_first_dial,
    time_at_first_dial: noted.time_at_first_dial,
    dial_attempt: attempt,
    is_snoozed,
    dial_result: call_state,
    time_customer_connected: noted.time_customer_connected,
  };
}
