// What is told of a callback (reporting.xml, reporting-life.js): status events (the guide, "Reference for Notification Events") and
// key-value pairs ("Reference: Callback KVPs"). Times are seconds since 1970, durations seconds; what is not known is left out.

function secondsNow() {
  return Math.floor(Date.now() / 1000);
}
function secondsSince(time) {
  return time === undefined ? undefined : secondsNow() - time;
}

// The user data by which reports and the call find each other.
function pairsOnTheCall() {
  const all = {
    _CB_SERVICE_ID: _service_id,
    _CB_T_SERVICE_START: pairs._CB_T_SERVICE_START,
    _CB_T_CALLBACK_ACCEPTED: pairs._CB_T_CALLBACK_ACCEPTED,
    _CB_T_CUSTOMER_CONNECTED: pairs._CB_T_CUSTOMER_CONNECTED,
  };
  return JSON.parse(JSON.stringify(all));
}

// Status events. Those that nobody wants are not made.
function tellEvent(name, specific) {
  const to = _reporting.status;
  if (!to || (to.events && !to.events[name])) return;
  const fields = Object.assign(
    { event_id: name, timestamp: String(secondsNow()), _service_id, _service_name, _callback_state: facts.state },
    specific,
  );
  untold.push({ event: name, fields: JSON.parse(JSON.stringify(fields)) });
}
function targetFields() {
  const target = facts.target || {};
  return { _urs_virtual_queue, c_agent_id: target.id, c_agent_extension: target.dn };
}
function onTheLine() {
  return { _vq_for_outbound_calls: _reporting.outbound_queue || undefined, c_dialed_number: facts.dialled };
}
function ofTheRecord() {
  return { _desired_time, _customer_number, _v_queue: _urs_virtual_queue, _urs_virtual_queue };
}

// Pairs: all that are known now.
function tellPairs() {
  untold.push({ pairs: JSON.parse(JSON.stringify(pairs)) });
}
// What only those know who have offered the callback: `_cb_x` of the request is `_CB_X`.
function pairsAsked() {
  const asked = _reporting.asked || {};
  const known = {};
  [
    '_CB_T_CALLBACK_OFFERED',
    '_CB_D_CALLBACK_OFFER',
    '_CB_EWT_WHEN_CALLBACK_WAS_OFFERED',
    '_CB_POS_WHEN_CALLBACK_WAS_OFFERED',
    '_CB_T_CALLBACK_ACCEPTED',
    '_CB_DIM_CHANNEL',
    '_CB_DIM_CALLBACK_OFFER_TYPE',
    '_CB_DIM_OFFER_TIMING',
    '_CB_N_CALLBACK_OFFERS_PER_SESSION',
    '_CB_D_LAST_CALLBACK_OFFER',
    '_CB_ORIGINATION_IXN_ID',
    '_CB_OFFER_EWT_INBOUND_VQ',
    '_CB_N_ABANDONED_DURING_CALLBACK_OFFER',
    '_CB_CUSTOMER_ANI',
    '_CB_D_CUSTOMER_WAITED_BEFORE_OFFER',
    '_CB_PRIORITY_WHEN_CALLBACK_ACCEPTED',
    '_CB_EWT_THRESHOLD_WHEN_OFFERED',
  ].forEach(function (name) {
    const value = asked[name.toLowerCase()];
    if (value === undefined || value === '') return;
    known[name] = /^_CB_(T|D|N|EWT|POS|PRIORITY|OFFER)_/.test(name) && isFinite(value) ? Number(value) : value;
  });
  return known;
}
// _CB_DISPOSITION: <state>.<sub state>, the state alone where the guide has no word for more; what the agent said goes before.
function disposition() {
  const words = {
    AGENT_CONNECTED: 'AGENT',
    AM_CONNECTED: 'AGENT',
    CANCELLED: 'CANCELLED',
    ABANDONED_IN_QUEUE: 'ABANDONED_IN_QUEUE',
    TRANSFERRED_TO_RP: 'TRANSFERRED_TO_RP',
    FAIL_CALL_TO_CUSTOMER: 'REDIAL_LIMIT_REACHED',
  };
  const ended = facts.said || words[reason] || (/^AGENT_PREVIEW_CANCEL/.test(reason) ? 'REJECTED' : 'FAILED');
  if (facts.state === 'COMPLETED') return 'COMPLETED.' + ended;
  if (facts.state === 'ROUTING') return 'ROUTING.CONNECTED';
  return facts.state === 'QUEUED' && facts.pushed ? 'QUEUED.' + facts.pushed : facts.state;
}
// Of one dial, by _genesys.ixn.callState.
function dialResult(state, hasCall) {
  const words = {
    6: 'BUSY',
    7: 'NO_ANSWER',
    9: 'ANSWERING_MACHINE',
    17: 'FAX',
    27: 'NO_ANSWER',
    8: 'PERSON',
    11: 'ERROR_TONE',
    12: 'ERROR_TONE',
    13: 'ERROR_TONE',
    14: 'ERROR_TONE',
    15: 'ERROR_TONE',
    16: 'ERROR_TONE',
  };
  if (state === 0 && hasCall) return _cpd_enable ? 'PERSON' : 'CONNECTED';
  return words[state] || 'CREATE_CALL_ERROR';
}
function finalDialResult() {
  const words = {
    ABANDONED_IN_QUEUE: 'ABANDONED_IN_QUEUE',
    FAIL_CALL_TO_CUSTOMER: 'REDIAL_LIMIT_REACHED',
    FAIL_FAX_REACHED: 'FAIL_FAX_REACHED',
    FAIL_ERROR: 'FAIL',
  };
  if (reason === 'CANCELLED' && verdict === 'cancel') return 'CANCEL';
  return words[reason] || facts.result || 'UNKNOWN';
}
// Of what the plugin or the VoiceXML application said; a customer who got through without is a person.
function dialogResult() {
  if (verdict)
    return { agent: 'RIGHT_PERSON', cancel: 'CANCELLED', retry: 'RESCHEDULED', route_point: 'TRANSFERRED_TO_RP' }[
      verdict
    ];
  return pairs._CB_T_CUSTOMER_CONNECTED === undefined ? undefined : 'PERSON';
}
// It grows from when the request entered the queue.
function priorityAfter(entered) {
  const age = (Date.now() - entered) / 1000 + Number(_urs_call_interaction_age || 0);
  const steps = _urs_vq_priority_increment_interval > 0 ? Math.floor(age / _urs_vq_priority_increment_interval) : 0;
  return Number(_urs_vq_priority || 0) + steps * Number(_urs_vq_priority_increment || 0);
}
function expectedWait() {
  const wait = _genesys.statistic.sData(_urs_virtual_queue, 'ExpectedWaitTime');
  return wait === undefined ? undefined : Math.round(wait);
}
// Who is not in the queue yet would come last.
function position() {
  if (queued) return facts.position;
  const waiting = _genesys.statistic.sData(_urs_virtual_queue, 'CurrNumberWaitingCalls');
  return waiting === undefined ? undefined : waiting + 1;
}

// A push asks this customer to call, or to come to the chat.
function customerStarts() {
  return _call_direction === 'USERORIGINATED' || _media_type === 'chat';
}

function waitedOffline() {
  return entered_queue_at === undefined ? 0 : secondsSince(Math.floor(entered_queue_at / 1000));
}
