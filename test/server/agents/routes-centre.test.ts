/** What supervisors see and do. Desktops of the agents themselves: `routes.test.ts`. */
import { expect } from 'chai';
import type { CentreView } from '../../../server/agents/message.js';
import { agent, type Centre } from '../../support/centre.js';
import { asking, openDesks, OPERATOR, TOKENS } from './desk.js';

const CENTRE = '/ringback/centre';

describe('a supervisor', () => {
  let centre: Centre;
  let ask: ReturnType<typeof asking>;
  const open = async (...given: Parameters<typeof openDesks>): Promise<void> => {
    centre = await openDesks(...given);
    ask = asking(centre, OPERATOR);
  };
  afterEach(() => centre.close());

  const look = async (): Promise<CentreView> => {
    const { status, data } = await ask('GET', CENTRE);
    expect(status, JSON.stringify(data)).to.equal(200);
    return data as unknown as CentreView;
  };
  const act = async (id: string, what: string, body?: object): Promise<unknown[]> => {
    const { status, data } = await ask('POST', `${CENTRE}/agents/${id}/${what}`, body);
    return status === 200 ? [data['state'], data['reason']] : [status, data['code']];
  };

  it('sees agents, the queues of services, and no call before there is one', async () => {
    await open();
    const { agents, queues, calls } = await look();
    expect(agents.map(({ id, state }) => [id, state])).to.deep.equal([
      ['alice', 'NotReady'],
      ['boris', 'NotReady'],
    ]);
    expect(queues).to.deep.equal([{ name: 'VQ_Billing', waiting: 0, longestMs: 0, served: 0 }]);
    expect(calls).to.deep.equal([]);
  });

  it('sees how far a call has come, with a masked number, who has it, and what the queue has served', async () => {
    await open({ agents: [agent('alice', '7001', { readyAfterMs: 20_000 })] });
    await centre.start();
    const seen: unknown[] = [];
    for (const seconds of [1, 9, 11, 3]) {
      await centre.run(seconds);
      const { calls, queues, agents } = await look();
      const [call] = calls;
      seen.push([call?.state, call?.dnis, call?.agents, queues[0]?.waiting, queues[0]?.served]);
      expect(agents[0]?.call, 'the call of alice').to.equal(call?.agents.includes('alice') ? call.id : undefined);
    }
    expect(seen).to.deep.equal([
      ['dialling', '*********30', [], 0, 0],
      ['waiting', '*********30', [], 1, 0],
      ['ringing', '*********30', ['alice'], 0, 0],
      ['talking', '*********30', ['alice'], 0, 1],
    ]);
  });

  it('sees a call that is held', async () => {
    await open({ agents: [agent('alice', '7001')] });
    await centre.start();
    await centre.run(12);
    const [call] = (await look()).calls;
    await asking(centre, TOKENS.alice)('POST', `/agents/alice/calls/${call?.id ?? ''}/hold`);
    expect((await look()).calls[0]?.state).to.equal('held');
  });

  it('logs an agent out and in, ready and not ready; the agent works by the script then', async () => {
    await open({ agents: [agent('alice', '7001')] });
    const steps = [
      await act('alice', 'logout'),
      await act('alice', 'state', { state: 'Ready' }),
      await act('alice', 'login', { place: 'Place_7001' }),
      await act('alice', 'state', { state: 'NotReady', reason: 'Lunch' }),
      await act('alice', 'login'),
      await act('alice', 'state', { state: 'Ready' }),
    ];
    expect(steps).to.deep.equal([
      ['LoggedOut', undefined],
      [409, 'AGENT_LOGGED_OUT'],
      ['NotReady', undefined],
      ['NotReady', 'Lunch'],
      ['NotReady', 'Lunch'],
      ['Ready', undefined],
    ]);
    const id = await centre.start();
    await centre.run(12);
    expect(await centre.state(id)).to.equal('COMPLETED / AGENT_CONNECTED');
  });

  it('leaves no line in the log by looking, but by what is done', async () => {
    await open();
    await look();
    await act('alice', 'logout');
    const urls = centre.logged.map((line) => (JSON.parse(line) as { url?: string }).url).filter(Boolean);
    expect(urls).to.deep.equal([`${CENTRE}/agents/alice/logout`]);
  });

  const wrong: [title: string, id: string, what: string, body: object | undefined, answer: unknown[]][] = [
    ['an agent who is not there', 'nobody', 'login', undefined, [404, 'AGENT_NOT_FOUND']],
    ['an agent who is not there and leaves', 'nobody', 'logout', undefined, [404, 'AGENT_NOT_FOUND']],
    ['another place', 'alice', 'login', { place: 'Place_1' }, [400, 'PARAMETER_INVALID']],
    ['a state that agents do not choose', 'alice', 'state', { state: 'Busy' }, [400, 'PARAMETER_INVALID']],
    ['no state', 'alice', 'state', undefined, [400, 'PARAMETER_INVALID']],
  ];
  for (const [title, id, what, body, answer] of wrong)
    it(`is refused ${title}`, async () => {
      await open();
      expect(await act(id, what, body)).to.deep.equal(answer);
    });

  const paths = ['login', 'state', 'logout'].map((what) => ['POST', `${CENTRE}/agents/alice/${what}`] as const);
  const keys: [title: string, token: string][] = [
    ['an agent', TOKENS.alice],
    ['who has a wrong token', 'x'.repeat(20)],
    ['who has none', ''],
  ];
  for (const [title, token] of keys)
    it(`is not ${title}, whatever is asked`, async () => {
      await open();
      for (const [method, path] of [['GET', CENTRE] as const, ...paths]) {
        const { status, data } = await asking(centre, token)(method, path, { state: 'Ready' });
        expect([status, data['code']], path).to.deep.equal([401, 'ADMIN_TOKEN_INVALID']);
      }
    });

  it('is nobody as long as no token is configured', async () => {
    await open({ environment: {} });
    for (const [method, path] of [['GET', CENTRE] as const, ...paths])
      expect((await ask(method, path)).data['code'], path).to.equal('ADMIN_CLOSED');
  });
});
