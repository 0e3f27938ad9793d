// The life of a callback as reporting.xml hears of it, step by step: what is told then, made by reporting.js.

// `_reporting.before`: what a session before has told, which was lost. That goes on.
function reportBegun(isPaused) {
  const before = _reporting.before || {};
  facts.state = 'QUEUED';
  Object.assign(pairs, pairsAtFirst(), before, {
    _CB_ORS_SESSION_ID: _sessionid,
    _CB_FINAL_RECORD: 0,
    _CB_N_CALLBACK_MEDIA_ATTEMPTS: Math.max(attempt, before._CB_N_CALLBACK_MEDIA_ATTEMPTS || 0),
    _CB_N_AGENT_ADDED_TO_IXN: 0,
    _CB_CUSTOMER_PHONE_NUMBER: _customer_number,
    _CB_DISPOSITION: disposition(),
  });
  tellEvent('_cbe_on_service_create', { _customer_number, _urs_virtual_queue });
  tellPairs();
  if (isPaused) reportState('PAUSED');
}
function pairsAtFirst() {
  const requested = _reporting.requested === undefined ? secondsNow() : _reporting.requested;
  const type = untilDesired() > 0 || Date.parse(_desired_time) / 1000 - requested > 0 ? 'SCHEDULED' : 'IMMEDIATE';
  return Object.assign(
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
      _CB_T_SERVICE_START: requested,
      _CB_N_CALLBACK_OFFERED: 1,
      _CB_N_CALLBACK_ACCEPTED: 1,
      _CB_N_TRANSFER_TO_AGENT_FAILED: 0,
      _CB_N_IXN_REQ_AGENT: 0,
      _CB_N_CUSTOMER_ABANDONED_WHILE_WAITING_FOR_AGENT: 0,
      _CB_N_TIMEOUT_WHILE_WAITING_FOR_AGENT: 0,
      _CB_N_IS_SNOOZED: 0,
      _CB_IXN_START_IGNOREING_AVAILABILITY: 0,
      _CB_DIM_VQ: _urs_virtual_queue,
      _CB_DIM_TYPE:
        type === 'IMMEDIATE' && (_wait_for_agent || connect_order !== 'CUSTOMER_FIRST') ? 'WAIT_FOR_AGENT' : type,
      _CB_DIM_CONNECT_ORDER: connect_order,
      _CB_DIM_CALL_DIRECTION: _call_direction === 'USERORIGINATED' ? 'CUSTOMER_ORIGINATED' : 'CUSTOMER_TERMINATED',
    },
  );
}
function reportState(state) {
  if (state === facts.state) return;
  facts.state = state;
  pairs._CB_DISPOSITION = disposition();
  tellEvent('_cbe_on_callback_status_updated', ofTheRecord());
}
// The device of the customer was told, or could not be.
function reportPush(result) {
  if (result === 'PUSH_SEND' && customerStarts()) reportReady();
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
// The customer is called, told to begin, or has begun.
function reportReady() {
  const [wait, place] = [expectedWait(), position()];
  pairs._CB_EWT_WHEN_READY_TO_START_LAST_MEDIA_IXN = wait;
  pairs._CB_POS_WHEN_READY_TO_START_LAST_MEDIA_IXN = place;
  if (pairs._CB_T_READY_TO_START_MEDIA_IXN !== undefined) return;
  pairs._CB_T_READY_TO_START_MEDIA_IXN = secondsNow();
  pairs._CB_EWT_WHEN_READY_TO_START_MEDIA_IXN = wait;
  pairs._CB_POS_WHEN_READY_TO_START_MEDIA_IXN = place;
  pairs._CB_D_WAITING_FOR_AGENT_OFFLINE = waitedOffline();
}
function reportDial() {
  reportWaited();
  const now = secondsNow();
  const n = attempt;
  facts.dialled = number;
  facts.dialled_at = now;
  facts.result = undefined;
  pairs._CB_N_CALLBACK_MEDIA_ATTEMPTS = n;
  pairs._CB_T_LAST_DIAL_ATTEMPT = now;
  pairs._CB_T_NEXT_REDIAL_ATTEMPT = undefined;
  if (n <= 5) pairs['_CB_T_DIAL_' + n] = now;
  reportReady();
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
// The customer has called, or there is a chat.
function reportArrived() {
  if (pairs._CB_T_READY_TO_START_MEDIA_IXN === undefined) reportReady();
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
// The customer is there, and an agent is wanted, or is there too.
function reportConnected() {
  pairs._CB_N_IXN_REQ_AGENT = 1;
  if (pairs._CB_T_CUSTOMER_CONNECTED === undefined) pairs._CB_T_CUSTOMER_CONNECTED = secondsNow();
  pairs._CB_PRIORITY_WHEN_CUSTOMER_CONNECTED = priorityAfter(queued ? entered_queue_at : Date.now());
  _genesys.ixn.setuData({ _CB_T_CUSTOMER_CONNECTED: pairs._CB_T_CUSTOMER_CONNECTED }, ixn);
}
// An agent who was called first has gone since.
function reportQueued(isPaused) {
  facts.waiting_since = secondsNow();
  pairs._CB_DIM_CONNECT_ORDER = 'CUSTOMER_FIRST';
  reportConnected();
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
  if (facts.waiting_since === undefined) reportConnected();
  pairs._CB_N_AGENT_ADDED_TO_IXN = 1;
  reportWaited();
  tellEvent('_cbe_on_route_to_agent', targetFields());
}
// The customer is called again at once, or at another time and number.
function reportUnhandled(isPaused) {
  facts.waited_enough = false;
  pairs._CB_CUSTOMER_PHONE_NUMBER = _customer_number;
  reportState(isPaused ? 'PAUSED' : stage);
  if (stage === 'SCHEDULED') tellEvent('_cbe_on_callback_rescheduled', ofTheRecord());
  tellPairs();
}
// `wasTaken`: the agent was taken to have the call too soon.
function reportNoAgent(wasTaken) {
  if (wasTaken) pairs._CB_N_AGENT_ADDED_TO_IXN = 0;
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
