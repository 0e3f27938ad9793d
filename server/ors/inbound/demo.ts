/** The inbound application of the demo: a call at 8001 is queued for an agent. For `applicationsOf` in `applications.ts`. */
export const demoInbound = {
  routePoints: { '8001@SIP_Switch': { Orchestration: { application: 'script:Inbound' } } },
  scripts: {
    Inbound: {
      Application: { url: 'inbound' },
      ApplicationParms: { app_selected_agent_group: 'Billing@StatServer.GA', app_find_agent_timeout: '60' },
    },
  },
};
