// What the plugin (plugin.xml) is asked, and what its answer means; that of a VoiceXML application (voicexml.xml) means the same.

function says(action) {
  return plugin_reply.data.action === action;
}
function routes() {
  return says('route_to_agent') || (says('route_to_rp') && !!plugin_reply.data.message);
}
function isClear() {
  return says('cancel') || says('retry') || (routes() && ixn !== undefined);
}
// A plugin is a document, or a server that starts sessions as ORS does: POST .../scxml/session/start.
function isServer() {
  return /^https?:.*\/scxml\/session\/start(\?.*)?$/i.test(_plugin_on_dial_url);
}
function atServer(path) {
  return _plugin_on_dial_url.replace(/\/start(\?.*)?$/i, '/' + plugin_session + '/' + path);
}
function sessionIn(content) {
  const id = json(content, undefined);
  return id && typeof id === 'object' ? id.sessionid : id;
}
function pluginWanted() {
  return !!_plugin_on_dial_url && (isHuman() || _plugin_on_dial_invoke_on_call_failed);
}
// Does what a clear answer says.
function heed() {
  const said = plugin_reply.data;
  verdict = { cancel: 'cancel', retry: 'retry', route_to_agent: 'agent', route_to_rp: 'route_point' }[said.action];
  if (verdict === 'route_point') target = said.message;
  if (verdict !== 'retry') return;
  if (said.lost) lose('ringing');
  if (isDelay(said.delay)) retry_delay = Number(said.delay);
  if (said.customer_number_prefix !== undefined) prefix = String(said.customer_number_prefix);
  if (said.customer_number) callAt(said.customer_number);
}
