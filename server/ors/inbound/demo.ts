/** The inbound applications of the demo: a call at 8001 is queued for Billing, one at 8002 for Support. For `applicationsOf` in `applications.ts`. */
const queued = (target: string, queue: string) => ({
  Application: { url: 'inbound' },
  ApplicationParms: {
    app_selected_agent_group: target,
    app_virtual_queue: queue,
    app_find_agent_timeout: '60',
  },
});

export const demoInbound = {
  routePoints: {
    '8001@SIP_Switch': { Orchestration: { application: 'script:Billing' } },
    '8002@SIP_Switch': { Orchestration: { application: 'script:Support' } },
  },
  scripts: {
    Billing: queued('Billing@StatServer.GA', 'VQ_Billing'),
    Support: queued('?:Technical>=3@StatServer.GA', 'VQ_Support'),
  },
};
