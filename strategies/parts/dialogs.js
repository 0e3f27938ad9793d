// What the dialogs with an agent have in common (preview.scxml, disposition.scxml): events to the desktop, answered by requests.

function requestUrl(request) {
  return _x.url + '/request/' + request;
}
function button(name, request) {
  return { button: name, url: requestUrl(request) };
}
// Desktops take the time as a text.
function beside(event, timeout, seconds) {
  return { source: 'ORS', event, session: _sessionid, [timeout]: String(seconds) };
}
