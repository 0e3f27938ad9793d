// Calls to agents (online.xml, agent-first.scxml).

// What goes with the call; of who is reserved for it (iscc-ar-*) the guide has the strategy say who that is.
function reserving({ dn, agent, place }) {
  const given = redirect_hints.extensions || {};
  if (given['iscc-ar-duration'] === undefined) return given;
  return Object.assign({}, given, { 'iscc-ar-agent-dn': dn, 'iscc-ar-agent-id': agent, 'iscc-ar-place': place });
}
