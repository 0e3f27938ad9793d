// A callback through a process that dies at any of its commits, and others that go on: what the caller gets.
import { expect } from 'chai';
import type { Death } from '../server/mortal.js';
import { agent } from '../support/centre.js';
import { play, type Played, type Story } from '../support/lives.js';

interface Told extends Story {
  /** How it ends, whenever a process dies. */
  readonly reason: string;
  /** How it may end when the customer has heard two calls that were lost. */
  readonly unlucky?: string;
  /** The customer may hang up while there is no process: nobody knows that it was not the server's fault. */
  readonly mayHangUp?: true;
}

const retrying = { _dial_retry_timeout: 10 };
const once = { ...retrying, _max_dial_attempts: 1 };

const stories: Record<string, Told> = {
  'the customer answers and is greeted, an agent comes later': {
    reason: 'AGENT_CONNECTED',
    options: { ...retrying, _treatment_customer_connect: 'hello.wav' },
    agents: [agent('alice', '7001', { readyAfterMs: 30_000 })],
    seconds: 300,
  },
  'the number is busy, then the customer answers': {
    reason: 'AGENT_CONNECTED',
    customer: [{ kind: 'busy' }, { kind: 'human' }],
    options: { ...retrying, _max_dial_attempts: 5 },
    seconds: 300,
  },
  'there is one attempt, and the customer answers': {
    reason: 'AGENT_CONNECTED',
    unlucky: 'FAIL_CALL_TO_CUSTOMER',
    options: once,
    seconds: 300,
  },
  'the first agent rejects the call, the second answers, and the session stays': {
    reason: 'AGENT_CONNECTED',
    options: { ...retrying, _retain_session_until_ixn_deleted: true },
    agents: [agent('alice', '7001', { rings: [{ kind: 'reject' }] }), agent('bob', '7002', { readyAfterMs: 10_000 })],
    seconds: 400,
  },
  'a plugin has the call routed': {
    reason: 'AGENT_CONNECTED',
    options: { ...retrying, _plugin_on_dial_url: 'plugin-sample' },
    seconds: 300,
  },
  'agents do not answer the invitation': {
    reason: 'AGENT_PREVIEW_CANCEL_AFTER_1REJECTS',
    options: { _agent_preview: true, _agent_preview_timeout: 10, _agent_preview_allow_reject: 1 },
    agents: [agent('alice', '7001'), agent('bob', '7002')],
    seconds: 120,
  },
  'the agent does not say what has come of the call': {
    reason: 'NO_AGENT_DISPOSITION',
    options: { ...retrying, _enable_disposition_dialog: true, _agent_disposition_timeout: 10 },
    seconds: 300,
  },
  'the agent is called first, then the customer, and both calls become one': {
    reason: 'AGENT_CONNECTED',
    options: { ...retrying, _userterminated_first_connect_party: 'AGENT', _agent_first_via_rp: true },
    seconds: 110,
  },
  'it is scheduled': { reason: 'AGENT_CONNECTED', options: retrying, desiredIn: 900, seconds: 1200 },
  'nobody answers': {
    reason: 'FAIL_CALL_TO_CUSTOMER',
    customer: { kind: 'noAnswer' },
    options: { ...retrying, _max_dial_attempts: 2 },
    seconds: 300,
  },
  'the customer hangs up in the queue': {
    reason: 'ABANDONED_IN_QUEUE',
    mayHangUp: true,
    customer: { kind: 'human', patienceMs: 20_000 },
    options: retrying,
    agents: [agent('alice', '7001', { readyAfterMs: 3_600_000 })],
    seconds: 300,
  },
  'the customer is called from the DN of the agent': {
    reason: 'AGENT_CONNECTED',
    options: { ...retrying, _userterminated_first_connect_party: 'AGENT' },
    seconds: 110,
  },
};

const expectWell = (played: Played, { reason: usual, unlucky, options = {} }: Told, where: string): void => {
  const { record, dials, talks, cutOff, deaths } = played;
  const reason = record.reason === unlucky && cutOff.length > 1 ? unlucky : usual;
  expect([record.state, record.reason], where).to.deep.equal(['COMPLETED', reason]);
  expect(new Set(dials).size, `${where}: no request is dialled twice`).to.equal(dials.length);
  const { _dial_attempt: attempts = 0, _dial_before: undialled = 0 } = record.properties;
  const least = Number(attempts) - Number(undialled);
  expect(dials.length, `${where}: and each is dialled`).to.be.within(least, Number(attempts));
  const most = Number(options['_max_dial_attempts'] ?? 3);
  expect(dials.length, `${where}: one dial more for a call that was lost`).to.be.at.most(most + deaths);
  const whole = talks.filter((ixn) => !cutOff.includes(ixn));
  if (!['AGENT_CONNECTED', 'NO_AGENT_DISPOSITION'].includes(reason ?? '')) expect(whole, where).to.deep.equal([]);
  else if (whole.length !== 1) expect([whole, talks.at(-1)], where).to.deep.equal([[], cutOff.at(-1)]);
  const { outbox, dead, interactions, sessions, liveCalls, errors } = played;
  expect({ outbox, dead, interactions, liveCalls, errors }, `${where}: nothing is left`).to.deep.equal({
    outbox: [],
    dead: [],
    interactions: 0,
    liveCalls: 0,
    errors: [],
  });
  expect(sessions, where).to.include({ active: 0, error: 0 });
};

/** Every way to die at every commit, and deaths soon after each other; otherwise one way at every other commit, a quarter with each network. */
const isThorough = process.env['THOROUGH'] !== undefined;

const deathsOf = (commits: number, networkStays: boolean, story: number): (readonly Death[])[] =>
  Array.from({ length: commits }, (_, index) => index + 1).flatMap((at) => {
    const ways = [true, false].map((written) => [{ at, written }]);
    const soon = [1, 2, 3, 5].map((next) => [
      { at, written: true },
      { at: next, written: next === 2 },
    ]);
    if (isThorough) return [...ways, ...soon];
    const turn = Math.floor(at / 4) % 2;
    return at % 4 === (story + 2 * Number(networkStays)) % 4 ? ways.slice(turn, turn + 1) : [];
  });

describe('a callback whose process dies', () => {
  for (const networkStays of [false, true])
    for (const [index, [name, told]] of Object.entries(stories).entries())
      it(`at any commit${networkStays ? ', and the network not,' : ''} ends as it would have: ${name}`, async () => {
        const story = { ...told, networkStays };
        const whole = await play(story);
        expectWell(whole, story, 'not interrupted');
        for (const deaths of deathsOf(whole.commits, networkStays, index)) {
          const where = `of ${whole.commits} commits, killed at ${JSON.stringify(deaths)}`;
          const played = await play(story, deaths);
          expect(played.deaths, where).to.be.within(1, deaths.length);
          expectWell(played, story, where);
          if (networkStays && !told.mayHangUp) expect(played.dials.length, where).to.equal(whole.dials.length);
        }
      }).timeout(isThorough ? 600_000 : 60_000);
});
