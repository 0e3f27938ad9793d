import { expect } from 'chai';
import { START, type Centre } from '../../support/centre.js';
import { asking, openDesks, OPERATOR, TOKENS } from './desk.js';

type Ask = ReturnType<typeof asking>;

describe('the desktop of an agent over HTTP', () => {
  let centre: Centre;
  let alice: Ask;
  const open = async (...given: Parameters<typeof openDesks>): Promise<void> => {
    centre = await openDesks(...given);
    alice = asking(centre, TOKENS.alice);
  };
  afterEach(() => centre.close());

  const callOfAlice = async (): Promise<string> => {
    const { data } = await alice('GET', '/agents/alice');
    return (data['calls'] as { id: string }[])[0]?.id ?? 'none';
  };
  /** She is ready, and the customer's call rings at her phone; she has 15 s. */
  const ringing = async (): Promise<string> => {
    await alice('POST', '/agents/alice/login', { place: 'Place_7001', dn: '7001' });
    await alice('POST', '/agents/alice/state', { state: 'Ready' });
    await centre.start();
    await centre.run(10);
    return callOfAlice();
  };

  it('logs in, changes its state with a reason, and logs out', async () => {
    await open();
    const steps = [
      await alice('POST', '/agents/alice/login', {}),
      await alice('POST', '/agents/alice/state', { state: 'NotReady', reason: 'Lunch' }),
      await alice('POST', '/agents/alice/state', { state: 'Ready' }),
      await alice('POST', '/agents/alice/logout'),
    ];
    expect(steps.map(({ data }) => [data['state'], data['reason']])).to.deep.equal([
      ['NotReady', undefined],
      ['NotReady', 'Lunch'],
      ['Ready', undefined],
      ['LoggedOut', undefined],
    ]);
  });

  it('shows who it is', async () => {
    await open();
    expect((await alice('GET', '/agents/alice')).data).to.deep.equal({
      id: 'alice',
      dn: '7001',
      place: 'Place_7001',
      switch: 'SIP_Switch',
      groups: ['Billing'],
      skills: { English: 9 },
      capacity: {},
      state: 'NotReady',
      since: new Date(START).toISOString(),
      calls: [],
    });
  });

  it('answers, holds, retrieves, attaches to and releases a call; the callback is done', async () => {
    await open();
    const call = await ringing();
    expect((await alice('GET', '/agents/alice')).data['state']).to.equal('Ringing');
    const at = `/agents/alice/calls/${call}`;
    const asked: [what: string, body: object | undefined, state: string][] = [
      ['answer', undefined, 'established'],
      ['hold', undefined, 'held'],
      ['retrieve', undefined, 'established'],
      ['userdata', { set: { note: 'called back' }, remove: ['usr_reason'] }, 'established'],
    ];
    for (const [what, body, state] of asked) {
      const { status, data } = await alice('POST', `${at}/${what}`, body);
      expect([status, data], what).to.deep.equal([200, {}]);
      const [shown] = (await alice('GET', '/agents/alice')).data['calls'] as Record<string, unknown>[];
      expect(shown?.['state'], what).to.equal(state);
      if (what === 'userdata') expect(shown?.['userData']).to.include({ note: 'called back' });
    }
    expect((await alice('POST', `${at}/release`)).status).to.equal(200);
    const { data } = await alice('GET', '/agents/alice');
    expect([data['state'], data['calls']]).to.deep.equal(['AfterCallWork', []]);
    await alice('POST', '/agents/alice/state', { state: 'Ready' });
    expect((await alice('GET', '/agents/alice')).data['state']).to.equal('Ready');
    await centre.run(1);
    expect(centre.timeline).to.satisfy((lines: string[]) => lines.some((line) => line.includes(' COMPLETED')));
  });

  it('is not ready, with the reason of a rejection, until the agent says so', async () => {
    await open();
    await alice('POST', `/agents/alice/calls/${await ringing()}/reject`);
    await centre.run(600);
    const { data } = await alice('GET', '/agents/alice');
    expect([data['state'], data['reason']]).to.deep.equal(['NotReady', 'Rejected']);
  });

  it('is not ready, with the configured reason, when nobody answers', async () => {
    const agents = [{ ...noBody, notReadyReasons: { noAnswer: '999' } }];
    await open({ agents });
    await ringing();
    await centre.run(600);
    const { data } = await alice('GET', '/agents/alice');
    expect([data['state'], data['reason']]).to.deep.equal(['NotReady', '999']);
  });

  it('rejects what rings when the agent logs out, and another agent is found', async () => {
    await open();
    const boris = asking(centre, TOKENS.boris);
    await ringing();
    await boris('POST', '/agents/boris/login');
    await boris('POST', '/agents/boris/state', { state: 'Ready' });
    expect((await alice('POST', '/agents/alice/logout')).data['state']).to.equal('LoggedOut');
    await centre.run(10);
    expect((await boris('GET', '/agents/boris')).data['state']).to.equal('Ringing');
  });

  const wrong: [title: string, path: string, body: object | undefined, status: number, code: string][] = [
    ['another place', '/agents/alice/login', { place: 'Place_1' }, 400, 'PARAMETER_INVALID'],
    ['another DN', '/agents/alice/login', { dn: '1' }, 400, 'PARAMETER_INVALID'],
    ['a state that agents do not choose', '/agents/alice/state', { state: 'Busy' }, 400, 'PARAMETER_INVALID'],
    ['a long reason', '/agents/alice/state', { state: 'Ready', reason: 'x'.repeat(257) }, 400, 'PARAMETER_INVALID'],
    ['a call that is not there', '/agents/alice/calls/x/answer', undefined, 404, 'AGENT_CALL_NOT_FOUND'],
    ['data of no call', '/agents/alice/calls/x/userdata', { set: { a: 1 } }, 404, 'AGENT_CALL_NOT_FOUND'],
    ['data that are none', '/agents/alice/calls/x/userdata', { set: { a: null } }, 400, 'PARAMETER_INVALID'],
    ['keys that are none', '/agents/alice/calls/x/userdata', { remove: 'a' }, 400, 'PARAMETER_INVALID'],
  ];
  for (const [title, path, body, status, code] of wrong)
    it(`refuses ${title}`, async () => {
      await open();
      const { status: got, data } = await alice('POST', path, body);
      expect([got, data['code']]).to.deep.equal([status, code]);
    });

  it('refuses states and calls of who is logged out, and what a call is not ready for', async () => {
    await open();
    const call = await ringing();
    const refusal = await alice('POST', `/agents/alice/calls/${call}/release`);
    expect([refusal.status, refusal.data['code']]).to.deep.equal([409, 'AGENT_CALL_REFUSED']);
    await alice('POST', '/agents/alice/logout');
    const { status, data } = await alice('POST', '/agents/alice/state', { state: 'Ready' });
    expect([status, data['code']]).to.deep.equal([409, 'AGENT_LOGGED_OUT']);
  });

  const keys: [title: string, token: string, path: string][] = [
    ['a wrong token', 'x'.repeat(20), '/agents/alice'],
    ['no token', '', '/agents/alice'],
    ['the token of another agent', TOKENS.boris, '/agents/alice'],
    ["the operators' token", OPERATOR, '/agents/alice'],
    ['a token for an agent who has none', TOKENS.alice, '/agents/nobody'],
  ];
  for (const [title, token, path] of keys)
    it(`is closed to ${title}, whatever is asked`, async () => {
      await open();
      const ask = asking(centre, token);
      for (const [method, sub] of [
        ['GET', ''],
        ['POST', '/login'],
        ['POST', '/calls/x/answer'],
      ] as const) {
        const { status, data, headers } = await ask(method, path + sub);
        expect([status, data['code']], sub).to.deep.equal([401, 'AGENT_TOKEN_INVALID']);
        expect(headers['www-authenticate']).to.equal('Bearer');
      }
      expect(centre.logged.join('')).not.to.include(TOKENS.alice).and.not.to.include(TOKENS.boris);
    });

  it('is closed as long as no token is configured', async () => {
    await open({ environment: {} });
    const { status, data } = await alice('GET', '/agents/alice');
    expect([status, data['code']]).to.deep.equal([403, 'AGENTS_CLOSED']);
    expect((await asking(centre, OPERATOR)('GET', '/ringback/centre')).data['code']).to.equal('ADMIN_CLOSED');
  });
});

const noBody = {
  id: 'alice',
  dn: '7001',
  switch: 'SIP_Switch',
  place: 'Place_7001',
  groups: ['Billing'],
  readyAfterMs: 1e9,
};
