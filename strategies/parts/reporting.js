// What is told of a callback (reporting.xml): status events (the guide, "Reference for Notification Events") and key-value pairs
// ("Reference: Callback KVPs"). Times are seconds since 1970, durations seconds; what is not known is left out.

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
// _CB_DISPOSITION: <state>.<sub state>, the state alone where the guide has no word for more.
function disposition() {
  const words = {
    AGENT_CONNECTED: 'AGENT',
    AM_CONNECTED: 'AGENT',
    CANCELLED: 'CANCELLED',
    ABANDONED_IN_QUEUE: 'ABANDONED_IN_QUEUE',
    TRANSFERRED_TO_RP: 'TRANSFERRED_TO_RP',
    FAIL_CALL_TO_CUSTOMER: 'REDIAL_LIMIT_REACHED',
  };
  if (facts.state === 'COMPLETED') return 'COMPLETED.' + (words[reason] || 'FAILED');
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

function waitedOffline() {
  return entered_queue_at === undefined ? 0 : secondsSince(Math.floor(entered_queue_at / 1000));
}

// The life of a callback, step by step.
function reportBegun(isPaused) {
  const requested = _reporting.requested === undefined ? secondsNow() : _reporting.requested;
  const type = untilDesired() > 0 || Date.parse(_desired_time) / 1000 - requested > 0 ? 'SCHEDULED' : 'IMMEDIATE';
  facts.state = 'QUEUED';
  Object.assign(
    pairs,
    {
      _CB_T_CALLBACK_OFFERED: requested,
      _CB_D_CALLBACK_OFFER: 0,
      _CB_T_CALLBACK_ACCEPTED: requested,
      _CB_PRIORITY_WHEN_CALLBACK_ACCEPTED: Number(_urs_vq_priority || 0),
    },
    pairsAsked(),
    {
      _CB_TENANT_DBID: Number(_genesys.session.tenantid),
      _CB_SERVICE_ID: _service_id,
      _CB_ORS_SESSION_ID: _sessionid,
      _CB_T_SERVICE_START: requested,
      _CB_FINAL_RECORD: 0,
      _CB_N_CALLBACK_OFFERED: 1,
      _CB_N_CALLBACK_ACCEPTED: 1,
      _CB_N_CALLBACK_MEDIA_ATTEMPTS: attempt,
      _CB_N_AGENT_ADDED_TO_IXN: 0,
      _CB_N_TRANSFER_TO_AGENT_FAILED: 0,
      _CB_N_IXN_REQ_AGENT: 0,
      _CB_N_CUSTOMER_ABANDONED_WHILE_WAITING_FOR_AGENT: 0,
      _CB_N_TIMEOUT_WHILE_WAITING_FOR_AGENT: 0,
      _CB_N_IS_SNOOZED: 0,
      _CB_IXN_START_IGNOREING_AVAILABILITY: 0,
      _CB_CUSTOMER_PHONE_NUMBER: _customer_number,
      _CB_DIM_VQ: _urs_virtual_queue,
      _CB_DIM_TYPE: type === 'IMMEDIATE' && _wait_for_agent ? 'WAIT_FOR_AGENT' : type,
      _CB_DIM_CONNECT_ORDER: 'CUSTOMER_FIRST',
      _CB_DIM_CALL_DIRECTION: _call_direction === 'USERORIGINATED' ? 'CUSTOMER_ORIGINATED' : 'CUSTOMER_TERMINATED',
      _CB_DISPOSITION: disposition(),
    },
  );
  tellEvent('_cbe_on_service_create', { _customer_number, _urs_virtual_queue });
  tellPairs();
  if (isPaused) reportState('PAUSED');
}
function reportState(state) {
  if (state === facts.state) return;
  facts.state = state;
  pairs._CB_DISPOSITION = disposition();
  tellEvent('_cbe_on_callback_status_updated', ofTheRecord());
}
// The device of the customer was told, or could not be.
function reportPush(result) {
  facts.pushed = result;
  pairs._CB_DISPOSITION = disposition();
}
function reportPlace() {
  tellEvent('_cbe_on_virtual_ixn_create', {});
}
function reportTarget(selected, resource) {
  const named = /^([^@]*)(?:@.*)?\.(\w+)$/.exec(selected) || [selected, selected, resource.targettype];
  facts.target = {
    agent: resource.agent,
    dn: resource.dn,
    id: named[1],
    place: resource.place,
    resource: resource.dn,
    return: 'target',
    stat_value: '0',
    switch: resource.switch,
    type: named[2],
    vq: resource.vq,
  };
  pairs._CB_DIM_FINAL_TARGET = selected;
  tellEvent('_cbe_on_target_found', Object.assign({ c_target: facts.target }, targetFields()));
}
function reportDial() {
  reportWaited();
  const now = secondsNow();
  const n = attempt;
  const [wait, place] = [expectedWait(), position()];
  facts.dialled = number;
  facts.dialled_at = now;
  facts.result = undefined;
  pairs._CB_N_CALLBACK_MEDIA_ATTEMPTS = n;
  pairs._CB_T_LAST_DIAL_ATTEMPT = now;
  pairs._CB_T_NEXT_REDIAL_ATTEMPT = undefined;
  if (n <= 5) pairs['_CB_T_DIAL_' + n] = now;
  pairs._CB_EWT_WHEN_READY_TO_START_LAST_MEDIA_IXN = wait;
  pairs._CB_POS_WHEN_READY_TO_START_LAST_MEDIA_IXN = place;
  if (pairs._CB_T_READY_TO_START_MEDIA_IXN === undefined) {
    pairs._CB_T_READY_TO_START_MEDIA_IXN = now;
    pairs._CB_EWT_WHEN_READY_TO_START_MEDIA_IXN = wait;
    pairs._CB_POS_WHEN_READY_TO_START_MEDIA_IXN = place;
    pairs._CB_D_WAITING_FOR_AGENT_OFFLINE = waitedOffline();
  }
  tellEvent('_cbe_on_dial_init', { _customer_number, c_dialed_number: number });
}
// `call`: what has come of it. Without a result the callback has ended meanwhile.
function reportDialled(state, call, isKnown) {
  const n = pairs._CB_N_CALLBACK_MEDIA_ATTEMPTS;
  if (isKnown) {
    facts.result = dialResult(state, call !== undefined);
    if (n <= 5) pairs['_CB_DIAL_' + n + '_RESULT'] = facts.result;
  }
  if (call !== undefined) {
    pairs._CB_FIRST_OUT_IXN_ID = pairs._CB_FIRST_OUT_IXN_ID || call;
    pairs._CB_LAST_OUT_IXN_ID = call;
    pairs._CB_D_ESTABLISH_MEDIA_IXN = secondsSince(facts.dialled_at);
  }
  facts.dialled_at = undefined;
  tellEvent('_cbe_on_dial_done', {
    _customer_number,
    c_dialed_number: facts.dialled,
    c_call_result: state,
    c_call_num_attempt: n,
  });
  tellPairs();
}
// The customer has called.
function reportArrived() {
  facts.result = 'USERORIGINATED_CONNECTED';
  pairs._CB_N_CALLBACK_MEDIA_ATTEMPTS += 1;
  pairs._CB_DIAL_1_RESULT = facts.result;
}
function reportAgain() {
  pairs._CB_T_NEXT_REDIAL_ATTEMPT = secondsNow() + Number(retry_delay);
  tellPairs();
}
function reportTreatment() {
  tellEvent('_cbe_on_connect_treatment_start', onTheLine());
}
function reportQueued(isPaused) {
  facts.waiting_since = secondsNow();
  pairs._CB_N_IXN_REQ_AGENT = 1;
  if (pairs._CB_T_CUSTOMER_CONNECTED === undefined) pairs._CB_T_CUSTOMER_CONNECTED = secondsNow();
  pairs._CB_PRIORITY_WHEN_CUSTOMER_CONNECTED = priorityAfter(queued ? entered_queue_at : Date.now());
  _genesys.ixn.setuData({ _CB_T_CUSTOMER_CONNECTED: pairs._CB_T_CUSTOMER_CONNECTED }, ixn);
  tellEvent('_cbe_on_customer_queued', onTheLine());
  if (!isPaused) reportState('ROUTING');
  tellPairs();
}
// Nobody waits on the line any more.
function reportWaited() {
  if (facts.waiting_since === undefined) return;
  pairs._CB_D_CUSTOMER_CONNECTED_WAITING_FOR_AGENT = secondsSince(facts.waiting_since);
  pairs._CB_PRIORITY_AT_THE_END_OF_ONLINE_WAIT = priorityAfter(entered_queue_at);
  facts.waiting_since = undefined;
}
function reportAgent() {
  pairs._CB_N_AGENT_ADDED_TO_IXN = 1;
  reportWaited();
  tellEvent('_cbe_on_route_to_agent', targetFields());
}
function reportNoAgent() {
  pairs._CB_N_AGENT_ADDED_TO_IXN = 0;
  pairs._CB_N_TRANSFER_TO_AGENT_FAILED += 1;
}
// It ends, for whatever reason.
function reportEnded() {
  const isWaiting = facts.waiting_since !== undefined;
  const faults = [
    'FAIL_ERROR',
    'FAIL_QUEUEING',
    'FAIL_INCORRECT_CONFIG_MEDIA_TYPE',
    'FAIL_LOAD_MESSAGE_FILE',
    'FAIL_NO_CUSTOMER_NUMBER',
  ];
  if (facts.dialled_at !== undefined) reportDialled(undefined, undefined, false);
  reportWaited();
  reportState('COMPLETED');
  if (reason === 'CANCELLED') tellEvent('_cbe_on_callback_cancelled', ofTheRecord());
  if (faults.includes(reason)) tellEvent('_cbe_on_callback_processing_failed', ofTheRecord());
  if (isWaiting && reason === 'ABANDONED_IN_QUEUE') pairs._CB_N_CUSTOMER_ABANDONED_WHILE_WAITING_FOR_AGENT = 1;
  if (isWaiting && (facts.waited_enough || reason === 'FAIL_TARGET_NOT_FOUND'))
    pairs._CB_N_TIMEOUT_WHILE_WAITING_FOR_AGENT = 1;
  if (pairs._CB_T_READY_TO_START_MEDIA_IXN === undefined) pairs._CB_D_WAITING_FOR_AGENT_OFFLINE = waitedOffline();
  pairs._CB_T_NEXT_REDIAL_ATTEMPT = undefined;
  pairs._CB_T_SERVICE_END = secondsNow();
  pairs._CB_DIM_DIAL_DIALOG_RESULT = dialogResult();
  pairs._CB_DIM_FINAL_DIAL_RESULT = finalDialResult();
  pairs._CB_FINAL_RECORD = 1;
  tellEvent('_cbe_on_service_exit', {
    _customer_number,
    c_last_dialed_number: facts.dialled,
    c_termination_type: pairs._CB_DISPOSITION,
  });
  tellPairs();
}
