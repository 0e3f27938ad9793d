import { expect } from 'chai';
import { agent, NUMBER, scenario, type Centre, type Given } from '../support/centre.js';

type Places = Readonly<Record<string, readonly [given: Given, at: number, state: string]>>;

/** Where a callback can be when something ends it, and how many seconds after the start. */
const places: Places = {
  dialling: [{ customer: { kind: 'noAnswer' } }, 10, 'QUEUED'],
  'listening who answers': [{}, 7, 'QUEUED'],
  'pausing between attempts': [{ customer: { kind: 'busy' } }, 30, 'QUEUED'],
  'leaving a message': [{ customer: { kind: 'machine' } }, 10, 'QUEUED'],
  'greeting the customer': [{ options: { _treatment_customer_connect: 'hello.wav' } }, 10, 'QUEUED'],
  'waiting in the queue': [{ agents: [agent('alice', '7001', { readyAfterMs: 30_000 })] }, 20, 'ROUTING'],
  'ringing an agent': [{}, 9, 'ROUTING'],
  'telling that all agents are busy': [{ options: { _target: 'Nobody@StatServer.GA' } }, 10, 'ROUTING'],
};

/** Everything but states that follow the ones on the way. */
const lastLines = ({ timeline }: Centre, since: number): readonly string[] => timeline.slice(since);

/** A call that is up or ringing ends with the callback; in a pause there is none. */
const endOf = (place: string, at: number, state: string): string[] => [
  `${at} COMPLETED / ${state}`,
  ...(place === 'pausing between attempts' ? [] : [`${at} call ends`]),
];

describe('a cancel request', () => {
  for (const [place, [given, at, state]] of Object.entries(places))
    scenario(
      `while ${place} completes the callback as CANCELLED, and nobody is called any more`,
      given,
      async (centre) => {
        const id = await centre.start();
        await centre.run(at);
        expect(await centre.state(id)).to.equal(state);
        const before = centre.timeline.length;
        expect((await centre.cancel(id)).status).to.equal(200);
        expect(await centre.state(id)).to.equal('COMPLETED / CANCELLED');
        await centre.toTheEnd();
        expect(lastLines(centre, before)).to.deep.equal(endOf(place, at, 'CANCELLED'));
      },
    );

  scenario('while SCHEDULED completes it before it was started', {}, async (centre) => {
    const id = await centre.start({ _customer_number: NUMBER, _desired_time: '2026-03-02T10:00:00.000Z' });
    await centre.run(60);
    expect((await centre.cancel(id)).status).to.equal(200);
    await centre.toTheEnd();
    expect(centre.timeline).to.deep.equal(['0 SCHEDULED', '60 COMPLETED / CANCELLED']);
  });

  scenario(
    'while customer and agent talk is refused, and they talk on',
    { options: { _retain_session_until_ixn_deleted: true } },
    async (centre) => {
      const id = await centre.start();
      await centre.run(30);
      expect((await centre.cancel(id)).status).to.be.within(400, 499);
      await centre.toTheEnd();
      expect(centre.timeline.slice(-3)).to.deep.equal([
        '69.54 customer hangs up',
        '69.54 call ends',
        '69.54 COMPLETED / AGENT_CONNECTED',
      ]);
    },
  );

  scenario('frees the agent whose phone rings, and empties the queue', {}, async (centre) => {
    const id = await centre.start();
    await centre.run(9);
    await centre.cancel(id);
    await centre.clock.settle();
    expect(centre.centre.router.agentState('alice')).to.equal('Ready');
    expect(centre.centre.router.waiting('VQ_Billing')).to.equal(0);
  });
});

describe('the end of _ttl', () => {
  for (const [place, [given, at]] of Object.entries(places))
    scenario(
      `while ${place} completes the callback as FAIL_TIMEOUT_TTL, and nobody is called any more`,
      { ...given, options: { ...given.options, _ttl: at } },
      async (centre) => {
        await centre.start();
        await centre.toTheEnd();
        const since = centre.timeline.indexOf(`${at} COMPLETED / FAIL_TIMEOUT_TTL`);
        expect(lastLines(centre, since)).to.deep.equal(endOf(place, at, 'FAIL_TIMEOUT_TTL'));
      },
    );

  scenario(
    'counts from the desired time of a scheduled callback',
    { customer: { kind: 'busy' }, options: { _ttl: 60, _max_dial_attempts: 9, _dial_retry_timeout: 1000 } },
    async (centre) => {
      const id = await centre.start({ _customer_number: NUMBER, _desired_time: '2026-03-02T10:00:00.000Z' });
      const { expirationTime } = await centre.recordOf(id);
      await centre.toTheEnd();
      expect(centre.timeline.at(-1)).to.equal('3660 COMPLETED / FAIL_TIMEOUT_TTL');
      expect((await centre.recordOf(id)).history.at(-1)?.at).to.equal(expirationTime);
    },
  );
});

describe('terminating the session over HTTP', () => {
  for (const [place, [given, at]] of Object.entries(places).filter(([place]) => place !== 'ringing an agent'))
    scenario(`while ${place} completes the callback as NOT_AVAILABLE, and no call goes on`, given, async (centre) => {
      const id = await centre.start();
      await centre.run(at);
      const before = centre.timeline.length;
      const session = await centre.sessionOf(id);
      expect((await centre.send('POST', `/scxml/session/${session}/terminate`)).status).to.equal(200);
      expect(await centre.state(id)).to.equal('COMPLETED / NOT_AVAILABLE');
      expect((await centre.query(session))['status']).to.equal('done');
      await centre.toTheEnd();
      expect(lastLines(centre, before)).to.deep.equal(endOf(place, at, 'NOT_AVAILABLE'));
    });

  const late = [agent('alice', '7001', { rings: [{ kind: 'ignore' }] })];
  const rung = ['9 COMPLETED / NOT_AVAILABLE', '9.54 agent 7001 answers', '69.54 customer hangs up', '69.54 call ends'];
  const ignored = ['9 COMPLETED / NOT_AVAILABLE', '39.54 agent 7001 does not answer', '39.54 call ends'];
  for (const [title, given, lines] of [
    ['while ringing an agent lets the agent answer', {}, rung],
    ['and ends the call if the agent does not', { agents: late }, ignored],
  ] as const)
    scenario(title, given, async (centre) => {
      const id = await centre.start();
      await centre.run(9);
      await centre.send('POST', `/scxml/session/${await centre.sessionOf(id)}/terminate`);
      await centre.toTheEnd();
      expect(centre.timeline.slice(-lines.length)).to.deep.equal(lines);
    });
});
