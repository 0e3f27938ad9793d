// What the strategies of callbacks have in common; each includes this text as its script.

// An option may be JSON text, or the value itself when it came in JSON.
function json(value, otherwise) {
  if (value === undefined || value === null || value === '') return otherwise;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (notJson) {
    return value;
  }
}
// A treatment option is a URI, or {"file": ..., "hints": {...}}; {} switches the treatment off.
function treatment(option, fallback) {
  const value = json(option, fallback);
  return typeof value === 'object' ? { file: value.file, hints: value.hints || {} } : { file: value, hints: {} };
}
// A number of seconds that an option may leave out.
function isDelay(value) {
  return value !== undefined && value !== '' && isFinite(value) && Number(value) >= 0;
}
// Milliseconds until the desired time; 0 when it has come, or was never named.
function untilDesired() {
  return Math.max(0, Date.parse(_desired_time) - Date.now() || 0);
}
// _ttl counts from the desired time, which lies ahead of a callback that was scheduled.
function secondsLeft() {
  return _ttl + untilDesired() / 1000;
}

// _genesys.ixn.callState of what answered.
function isHuman() {
  return call_state === 0 || call_state === 8;
}
function isMachine() {
  return call_state === 9;
}
function isFax() {
  return call_state === 17;
}

// What the virtual queue is asked for (`place` of queue:submit), besides the target.
function placeWanted(held) {
  return {
    hold: held,
    age: _urs_call_interaction_age,
    increment: _urs_vq_priority_increment,
    interval: _urs_vq_priority_increment_interval,
    pegs: _urs_ewt_virtual_queue,
    service: _service_name,
    media: _media_type,
    exclude: excluded,
  };
}
// The router adds to it by the age; where it was restored (_restored_age), that is in it already.
function priority() {
  if (!_restored_age) return _urs_vq_priority;
  return (
    _urs_vq_priority - _urs_vq_priority_increment * Math.floor(_restored_age / _urs_vq_priority_increment_interval)
  );
}
// When it is time to dial (`dialling` of queue:submit): so that an agent is free when the customer has answered.
function dialling() {
  return { dial: _ixn_createcall_timeout / 2, success: 85 };
}
// Seconds since the callback began, or that it had waited before: what URS keeps in RouterData70.
function age() {
  return Math.round((Date.now() - started) / 1000) + Number(_urs_call_interaction_age || 0);
}
// What the call carries: what the client gave, as _attach_udata says, and whose it is. `routePoint`: by which it is placed, if it is.
function attached(direction, routePoint) {
  const own = {
    GMS_Service_ID: _service_id,
    GMS_ServiceName: _service_name,
    GMS_Customer_Number: _customer_number,
    GMS_Call_Direction: direction,
    GMS_Cb_Type: untilDesired() > 0 ? 'scheduled' : 'immediate',
    GMS_Cb_Desired_Time: _desired_time,
    GMS_VQ_Used: _urs_virtual_queue,
  };
  if (routePoint !== undefined) own.GMS_RP_Used = routePoint;
  Object.assign(own, pairsOnTheCall());
  if (_attach_udata === 'separate_keys') return Object.assign({}, _user_data, own);
  own.GMS_UserData = _attach_udata === 'gms_storage_id' ? _service_id : JSON.stringify(_user_data);
  return own;
}
