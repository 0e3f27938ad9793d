import { expect } from 'chai';
import { once } from 'node:events';
import type { AgentMessage } from '../../../server/agents/message.js';
import type { Centre } from '../../support/centre.js';
import { asking, bearer, type Desktop, listening, openDesks, refused, TOKENS } from './desk.js';

const EVENTS = '/agents/alice/events';
const first = { token: TOKENS.alice };

/** `type state` of an agent or a call; the queue of an offer. */
const line = (message: AgentMessage): string => {
  if (message.type === 'agent.state') return `${message.type} ${message.agent.state}`;
  if (message.type === 'offer') return `offer ${message.offer.queue}`;
  return message.type === 'userevent' ? `userevent ${message.name}` : message.type;
};

describe('the events of an agent', () => {
  let centre: Centre;
  const lines: Desktop[] = [];
  const listen = (path = EVENTS, headers?: Readonly<Record<string, string>>): Desktop => {
    const desktop = listening(centre, path, headers);
    lines.push(desktop);
    return desktop;
  };
  beforeEach(async () => {
    centre = await openDesks();
  });
  afterEach(async () => {
    for (const { line } of lines.splice(0)) line.terminate();
    await centre.close();
  });

  it('begin with how things stand, and then are all that happens to the agent, in order', async () => {
    const alice = asking(centre, TOKENS.alice);
    const desktop = listen(EVENTS, bearer(TOKENS.alice));
    await desktop.heard(1);
    await alice('POST', '/agents/alice/login');
    await alice('POST', '/agents/alice/state', { state: 'Ready' });
    await centre.start();
    await centre.run(10);
    const ringing = await desktop.until('call.ringing');
    const call = 'call' in ringing ? ringing.call : undefined;
    expect(call).to.include({ state: 'ringing', type: 'outbound' });
    expect(call?.userData).to.be.an('object');
    for (const what of ['answer', 'hold', 'retrieve', 'release'])
      await alice('POST', `/agents/alice/calls/${call?.id}/${what}`);
    await desktop.until('call.released');
    await alice('POST', '/agents/alice/logout');
    while (!desktop.told.map(line).includes('agent.state LoggedOut')) await once(desktop.line, 'message');
    const told = desktop.told.map(line);
    expect(told.filter((each) => each !== 'call.userdata')).to.deep.equal([
      'agent.state NotReady',
      'agent.state Ready',
      'agent.state Reserved',
      'offer VQ_Billing',
      'agent.state Ringing',
      'call.ringing',
      'agent.state Busy',
      'call.established',
      'call.held',
      'call.retrieved',
      'call.released',
      'agent.state AfterCallWork',
      'agent.state LoggedOut',
    ]);
  });

  it('take the token as the first message, too, and tell nothing before', async () => {
    const desktop = listen();
    await once(desktop.line, 'open');
    await asking(centre, TOKENS.alice)('POST', '/agents/alice/state', { state: 'Ready' });
    expect(desktop.told).to.be.empty;
    desktop.line.send(JSON.stringify(first));
    expect((await desktop.heard(1)).map(line)).to.deep.equal(['agent.state Ready']);
  });

  it('tell a change of the reason alone', async () => {
    const alice = asking(centre, TOKENS.alice);
    const desktop = listen(EVENTS, bearer(TOKENS.alice));
    await desktop.heard(1);
    await alice('POST', '/agents/alice/state', { state: 'NotReady', reason: 'Lunch' });
    const [, told] = await desktop.heard(2);
    expect(told?.type === 'agent.state' && told.agent.reason).to.equal('Lunch');
  });

  it('are user events as they were given', async () => {
    const desktop = listen(EVENTS, bearer(TOKENS.alice));
    await desktop.heard(1);
    const udata = { 'response-options': { accept: { button: 'accept', url: `${centre.url}/x` } }, 'display-data': {} };
    const extensions = { source: 'ORS', event: 'CallbackInvitationEvent', 'invitation-timeout': '60' };
    const sent = await centre.centre.telephony.userEvent(
      { kind: 'dn', value: '7001' },
      'CallbackInvitationEvent',
      udata,
      extensions,
    );
    expect(sent.ok).to.equal(true);
    const [, told] = await desktop.heard(2);
    expect(told).to.deep.include({
      type: 'userevent',
      name: 'CallbackInvitationEvent',
      userData: udata,
      extensions,
    });
  });

  const handshakes: [title: string, path: string, headers: Record<string, string>, says: string][] = [
    ['a wrong token', EVENTS, bearer('x'.repeat(20)), '401 AGENT_TOKEN_INVALID'],
    ['the token of another agent', EVENTS, bearer(TOKENS.boris), '401 AGENT_TOKEN_INVALID'],
    ['another kind of credential', EVENTS, { Authorization: 'Basic eDp5' }, '401 AGENT_TOKEN_INVALID'],
    [
      'a page of another origin',
      EVENTS,
      { ...bearer(TOKENS.alice), Origin: 'https://evil.example' },
      '403 AGENT_ORIGIN_REFUSED',
    ],
    ['no origin that can be read', EVENTS, { ...bearer(TOKENS.alice), Origin: 'null' }, '403 AGENT_ORIGIN_REFUSED'],
    ['a token in the URL', `${EVENTS}?token=${TOKENS.alice}`, {}, '400 AGENT_EVENTS_INVALID'],
    ['another path', '/agents/alice', bearer(TOKENS.alice), '400 AGENT_EVENTS_INVALID'],
    ['a path that cannot be decoded', '/agents/%zz/events', bearer(TOKENS.alice), '400 PATH_MALFORMED'],
  ];
  for (const [title, path, headers, says] of handshakes)
    it(`are refused to ${title}`, async () => {
      expect(await refused(listen(path, headers))).to.equal(says);
      expect(centre.logged.join('')).not.to.include(TOKENS.alice);
    });

  it('are closed as long as no token is configured', async () => {
    const closed = await openDesks({ environment: {} });
    expect(await refused(listening(closed, EVENTS))).to.equal('403 AGENTS_CLOSED');
    await closed.close();
  });

  it('are for a page of a configured origin', async () => {
    const desktop = listen(EVENTS, { ...bearer(TOKENS.alice), Origin: 'https://desk.example.org' });
    expect(await desktop.heard(1)).to.have.lengthOf(1);
  });

  const messages: [title: string, sent: (desktop: Desktop) => void, says: string][] = [
    ['a wrong token', ({ line }) => line.send('{"token":"wrong"}'), '4401 the token is not that of this agent'],
    [
      'a token of another agent',
      ({ line }) => line.send(JSON.stringify({ token: TOKENS.boris })),
      '4401 the token is not that of this agent',
    ],
    ['anything but a token', ({ line }) => line.send('hello'), '1008 nothing is taken here but {"token": "..."}, once'],
    [
      'bytes',
      ({ line }) => line.send(Buffer.from(JSON.stringify(first))),
      '1008 nothing is taken here but {"token": "..."}, once',
    ],
    ['a huge message', ({ line }) => line.send('x'.repeat(5000)), '1009 '],
  ];
  for (const [title, send, says] of messages)
    it(`end after ${title}`, async () => {
      const desktop = listen();
      await once(desktop.line, 'open');
      send(desktop);
      expect(await desktop.ended).to.equal(says);
      expect(desktop.told).to.be.empty;
    });

  it('end after a message that follows the token', async () => {
    const desktop = listen(EVENTS, bearer(TOKENS.alice));
    await desktop.heard(1);
    desktop.line.send(JSON.stringify(first));
    expect(await desktop.ended).to.match(/^1008/);
  });

  it('end when no token comes within five seconds', async () => {
    const desktop = listen();
    await once(desktop.line, 'open');
    await centre.run(5);
    expect(await desktop.ended).to.equal('4401 no token came in time');
  });

  it('have four sockets at most, and room again when one has gone', async () => {
    const four = [1, 2, 3, 4].map(() => listen(EVENTS, bearer(TOKENS.alice)));
    await Promise.all(four.map((desktop) => desktop.heard(1)));
    expect(await listen(EVENTS, bearer(TOKENS.alice)).ended).to.equal('4429 too many sockets of this agent');
    expect(await listen('/agents/boris/events', bearer(TOKENS.boris)).heard(1)).to.have.lengthOf(1);
    four[0]?.line.close();
    await four[0]?.ended;
    expect(await listen(EVENTS, bearer(TOKENS.alice)).heard(1)).to.have.lengthOf(1);
  });

  it('end when the server does', async () => {
    const desktop = listen(EVENTS, bearer(TOKENS.alice));
    await desktop.heard(1);
    await centre.stop();
    expect(await desktop.ended).to.equal('1001 the server ends');
    expect(await refused(listen(EVENTS, bearer(TOKENS.alice)))).to.equal('503 NOT_READY');
  });
});
