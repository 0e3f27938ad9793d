/**
 * The services that run when none are configured, on the simulated contact centre: the ones of the guide's examples, one of Support, and
 * one that calls an agent first, both from the trunk group.
 */
const options = {
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@StatServer.GA',
};

/** For `servicesOf` in `services.ts`. */
export const demoServices = {
  'voice-userterm-immediate': { template: 'callback', options },
  BasicCallback: { template: 'callback', options },
  SupportCallback: {
    template: 'callback',
    options: { ...options, _urs_virtual_queue: 'VQ_Support', _target: '?:Technical>=3@StatServer.GA' },
  },
  AgentFirstCallback: {
    template: 'callback',
    options: {
      ...{ ...options, _userterminated_first_connect_party: 'AGENT' },
      ...{ _agent_first_via_tg: true, _trunk_group: 'Trunks@SIP_Switch' },
      // Each `iscc-ar-` that is there is filled in with whom the queue has found.
      _ixn_redirect_hints: {
        extensions: { 'iscc-ar-agent-dn': '', 'iscc-ar-agent-id': '', 'iscc-ar-place': '', 'iscc-ar-priority': 1000 },
      },
    },
  },
};

/** Commands to try, as the welcome and README show them. */
export const examples = {
  start: (url: string): string =>
    `curl -s ${url}/genesys/1/service/callback/voice-userterm-immediate -d _customer_number=16504661230 -d usr_reason=billing`,
  query: (url: string): string => `curl -s ${url}/genesys/2/service/callback/voice-userterm-immediate/$ID`,
};
