// What a customer's device is told (confirming.xml): the dialogs of the guide's sample sequences.

// By name; _notification_message_file replaces them.
texts = {
  call_shortly: 'You will receive the call shortly',
  call_later: 'You will be asked again later',
  agent_awaited: 'We will notify you when agent is available',
  call_now: 'Call now',
  nobody_there: 'No agent is available now',
  chat_over: 'The chat has ended',
  ok: 'Ok',
};
function confirmation(text) {
  return { _dialog_id: '0', _action: 'ConfirmationDialog', _text: text, _ok_title: texts.ok, _id: _service_id };
}
// Who has no device is not told twice.
function pushesWanted() {
  return _device_notification_id ? _max_number_of_user_availability_confirmation_attempts : 1;
}
// A file of texts has those that are to be said otherwise.
function areTexts(content) {
  const given = json(content, undefined);
  return !!given && typeof given === 'object';
}
function heedTexts(content) {
  const given = json(content, {});
  Object.keys(texts).forEach(function (name) {
    if (typeof given[name] === 'string') texts[name] = given[name];
  });
}
