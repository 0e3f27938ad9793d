/** The demo of `npm start` on the virtual clock: its services, queues and agents together. */
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../server/clock/virtual.js';
import { applicationAt, applicationsOf } from '../../server/ors/inbound/applications.js';
import { demoInbound } from '../../server/ors/inbound/demo.js';
import { memoryStore } from '../../server/store/memory.js';
import { DEMO_CENTRE } from '../../server/voice/simulated/demo.js';
import { wholeServer, type Whole } from './whole.js';

const NOW = Date.parse('2026-03-02T09:00:00.000Z');

describe('the demo', () => {
  let clock: VirtualClock;
  let server: Whole;
  beforeEach(async () => {
    clock = virtualClock(NOW);
    server = await wholeServer({ store: memoryStore(), clock, centre: DEMO_CENTRE });
    await clock.advance(0);
  });
  afterEach(() => server.close());

  const callBack = async (service: string, number: string): Promise<string> => {
    const { status, data } = await server.ask('POST', `/genesys/1/service/callback/${service}`, {
      body: { _customer_number: number, usr_reason: 'billing' },
    });
    expect(status, JSON.stringify(data)).to.equal(200);
    await clock.settle();
    return String(data['_id']);
  };
  const stateOf = async (service: string, id: string): Promise<string> => {
    const { data } = await server.ask('GET', `/genesys/2/service/callback/${service}/${id}`);
    return [data['_callback_state'], data['_callback_reason']].filter(Boolean).join(' / ');
  };

  for (const service of ['voice-userterm-immediate', 'BasicCallback', 'SupportCallback'])
    it(`calls a customer of ${service} back within ten seconds, and logs each state with a masked number`, async () => {
      const id = await callBack(service, '16504661230');
      await clock.advance(10_000);
      expect(await stateOf(service, id)).to.equal('COMPLETED / AGENT_CONNECTED');
      const log = server.log.join('');
      for (const state of ['QUEUED', 'ROUTING', 'COMPLETED / AGENT_CONNECTED'])
        expect(log).to.include(`callback is ${state}`);
      expect(log).not.to.include('16504661230');
    });

  it('calls the agent first for AgentFirstCallback, from the trunk group, and then the customer', async () => {
    const id = await callBack('AgentFirstCallback', '16504661230');
    await clock.advance(20_000);
    expect(await stateOf('AgentFirstCallback', id)).to.equal('COMPLETED / AGENT_CONNECTED');
    const dialled = server.told.flatMap(({ source, event }) =>
      source === 'voice' && event.type === 'dialing'
        ? [`${event.request.from.value} calls ${event.request.to.value}`]
        : [],
    );
    expect(dialled).to.deep.equal(['Trunks calls 7001', 'Trunks calls 16504661230']);
  });

  /** Everybody who was on the phone within three minutes of calls, one every two seconds. */
  const whoWorks = async (services: readonly string[]): Promise<Set<string>> => {
    const worked = new Set<string>();
    server.router.watch((agent, state) => {
      if (state === 'Busy') worked.add(agent);
    });
    await clock.advance(40_000);
    for (let call = 0; call < 24; call += 1) {
      await callBack(services[call % services.length] ?? '', `1650466${1000 + call}0`);
      await clock.advance(2_000);
    }
    await clock.advance(132_000);
    return worked;
  };

  const serving: [services: string[], agents: string[]][] = [
    [['BasicCallback'], ['alice', 'boris', 'chloe', 'dinesh']],
    [['SupportCallback'], ['chloe', 'dinesh', 'emma', 'farid']],
    [
      ['BasicCallback', 'SupportCallback'],
      ['alice', 'boris', 'chloe', 'dinesh', 'emma', 'farid'],
    ],
  ];
  for (const [services, agents] of serving)
    it(`serves ${services.join(' and ')} by ${agents.join(', ')}`, async () => {
      expect([...(await whoWorks(services))].sort()).to.deep.equal(agents);
      expect(server.router.queues().map(({ name }) => name)).to.have.lengthOf(services.length);
    });

  it('has an application for each number that can be called', () => {
    const applications = applicationsOf(demoInbound, 'the demo');
    for (const number of DEMO_CENTRE.entryPoints ?? [])
      expect(applicationAt(applications, number, 'SIP_Switch')?.[0]?.url, number).to.equal('inbound');
  });
});
