// What an agent is asked after the call (disposition.scxml), and what is wrong with an answer.

function dispositions() {
  return ['completed', 'retry_now', 'retry_later'];
}
// The agent did not say.
function unsaid() {
  return { disposition: 'completed', reason: 'NO_AGENT_DISPOSITION' };
}

// The desktop puts what it has into the URL of free times.
function asked() {
  return {
    config: { _gms_external_base_url: _x.url.replace(/scxml\/session\/.*$/, ''), _service_name },
    'display-data': {
      customer_number: _customer_number,
      business_hours_url:
        '$_gms_external_base_url$genesys/1/service/callback/$_service_name$/availability' +
        '?start=$desired_time$&number-of-days=1&max-time-slots=5',
      completed_dispositions:
        'SUCCESS,BUSY,NO_ANSWER,SIT_TONE,ANSWERING_MACHINE,CUSTOMER_NOT_KNOWN,CUSTOMER_NOT_PRESENT,' +
        'WRONG_CUSTOMER_NUMBER',
    },
    'response-options': { done: { button: 'done', options: dispositions(), url: requestUrl('callback_disposition') } },
  };
}
function isTime(text) {
  return (
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) &&
    !isNaN(Date.parse(text))
  );
}
function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
// Sentences for the desktop, or undefined.
function mistakeIn(given) {
  const { disposition, reason } = given || {};
  if (!dispositions().includes(disposition)) return 'disposition: must be one of ' + dispositions().join(', ');
  if (disposition === 'retry_later') return mistakeInAppointment(given);
  if (disposition === 'completed' && reason !== undefined && !(isText(reason) && reason.length <= 100))
    return 'reason: must be a text of at most 100 characters, such as SUCCESS';
}
function mistakeInAppointment({ customer_number, desired_time }) {
  if (customer_number !== undefined && !isText(customer_number)) return 'customer_number: must be the text of a number';
  if (!isTime(desired_time)) return 'desired_time: must be an ISO time with its zone, such as 2026-03-02T16:30:00Z';
  if (Date.parse(desired_time) <= Date.now()) return 'desired_time: must lie ahead, and ' + desired_time + ' is over';
}
// A request brings more with it than its body; what is left out of the body is left out of the answer.
function answerIn({ disposition, reason, customer_number, desired_time }) {
  return { disposition, reason, customer_number, desired_time };
}
