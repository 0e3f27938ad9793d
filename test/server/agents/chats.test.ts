import { expect } from 'chai';
import type { AgentMessage } from '../../../server/agents/message.js';
import type { InteractionId } from '../../../server/voice/port.js';
import { agent, type Centre } from '../../support/centre.js';
import { asking, bearer, listening, openDesks, TOKENS, type Desktop } from './desk.js';

const line = (message: AgentMessage): string => {
  if (message.type === 'chat.text') return `${message.from}: ${message.text}`;
  return message.type === 'offer' ? `offer ${message.offer.media}` : message.type;
};

describe('the chats of an agent over HTTP and WebSocket', () => {
  let centre: Centre;
  let alice: ReturnType<typeof asking>;
  let desktop: Desktop;
  beforeEach(async () => {
    centre = await openDesks({ agents: [agent('alice', '7001', { readyAfterMs: 1e9, capacity: { chat: 2 } })] });
    alice = asking(centre, TOKENS.alice);
    await alice('POST', '/agents/alice/login');
    await alice('POST', '/agents/alice/state', { state: 'Ready' });
    desktop = listening(centre, '/agents/alice/events', bearer(TOKENS.alice));
    await desktop.heard(1);
  });
  afterEach(async () => {
    desktop.line.terminate();
    await centre.close();
  });

  const chats = async () => (await alice('GET', '/agents/alice')).data['calls'] as Readonly<Record<string, unknown>>[];
  /** A customer's chat is offered to her; answers where it is, for what she does. */
  const offered = async (customer = 'ann'): Promise<{ ixn: InteractionId; at: string }> => {
    const { chat, router, telephony } = centre.centre;
    const opened = await chat.openChat({ requestId: customer, to: customer, userData: { topic: 'bill' } });
    if (!opened.ok) throw new Error(opened.text);
    const { ixn } = opened;
    router.submit({ id: customer, vq: 'VQ_Chat', targets: ['alice@S.A'], media: 'chat' });
    const to = { kind: 'dn', value: '7001' } as const;
    void telephony
      .route({ requestId: ixn, ixn, to, ringTimeoutMs: 20_000, confirm: true })
      .then(({ ok }) => router.confirm(`${customer}#1`, ok ? 'accepted' : 'rejected'));
    await centre.clock.settle();
    return { ixn, at: `/agents/alice/calls/${ixn}` };
  };

  it('are offered, answered, carry texts both ways, and end; the agent stays ready', async () => {
    const { ixn, at } = await offered();
    expect(await chats()).to.deep.equal([
      {
        id: ixn,
        media: 'chat',
        state: 'ringing',
        type: 'outbound',
        ani: '',
        dnis: 'ann',
        userData: { topic: 'bill' },
      },
    ]);
    expect((await alice('POST', `${at}/answer`)).status).to.equal(200);
    centre.centre.callers.say(ixn, 'hello');
    expect((await alice('POST', `${at}/text`, { text: 'good day' })).data).to.deep.equal({});
    const { texts } = (await alice('GET', `${at}/texts`)).data as { texts: { from: string; text: string }[] };
    expect(texts.map(({ from, text }) => `${from}: ${text}`)).to.deep.equal(['customer: hello', 'agent: good day']);
    const seen = (await alice('GET', '/agents/alice')).data;
    expect(seen['state']).to.equal('Ready');
    expect((await alice('POST', `${at}/release`)).status).to.equal(200);
    await desktop.until('call.released');
    expect(desktop.told.map(line).filter((each) => each !== 'agent.state')).to.deep.equal([
      'offer chat',
      'call.ringing',
      'call.established',
      'customer: hello',
      'agent: good day',
      'call.released',
    ]);
    expect(await chats()).to.deep.equal([]);
    expect((await alice('GET', `${at}/texts`)).status).to.equal(404);
  });

  it('are as many at a time as the capacity allows', async () => {
    const first = await offered('ann');
    await alice('POST', `${first.at}/answer`);
    const second = await offered('ben');
    await alice('POST', `${second.at}/answer`);
    expect((await chats()).map(({ state }) => state)).to.deep.equal(['established', 'established']);
    centre.centre.router.submit({ id: 'third', vq: 'VQ_Chat', targets: ['alice@S.A'], media: 'chat' });
    await centre.clock.settle();
    expect(centre.centre.router.standing('third')).to.deep.include({ state: 'waiting' });
    await alice('POST', `${first.at}/release`);
    expect(centre.centre.router.standing('third')).to.deep.include({ state: 'selected' });
  });

  it('that are rejected leave the agent ready', async () => {
    const { at } = await offered();
    expect((await alice('POST', `${at}/reject`)).status).to.equal(200);
    const { data } = await alice('GET', '/agents/alice');
    expect([data['state'], data['reason'], data['calls']]).to.deep.equal(['Ready', undefined, []]);
  });

  it('end when the agent logs out', async () => {
    const { ixn, at } = await offered();
    await alice('POST', `${at}/answer`);
    await alice('POST', '/agents/alice/logout');
    expect(centre.centre.telephony.call(ixn)).to.equal(undefined);
  });

  const refused: [what: string, body: object | undefined, isAnswered: boolean, status: number, code: string][] = [
    ['hold', undefined, true, 409, 'AGENT_CALL_REFUSED'],
    ['transfer', { to: '7002' }, true, 409, 'AGENT_CALL_REFUSED'],
    ['answer', undefined, true, 409, 'AGENT_CALL_REFUSED'],
    ['reject', undefined, true, 409, 'AGENT_CALL_REFUSED'],
    ['release', undefined, false, 409, 'AGENT_CALL_REFUSED'],
    ['text', { text: 'x' }, false, 409, 'AGENT_CALL_REFUSED'],
    ['text', { text: '' }, true, 400, 'PARAMETER_INVALID'],
    ['text', { text: 'x'.repeat(4_001) }, true, 400, 'PARAMETER_INVALID'],
    ['text', { text: 5 }, true, 400, 'PARAMETER_INVALID'],
  ];
  for (const [what, body, isAnswered, status, code] of refused)
    it(`refuse ${what} of ${JSON.stringify(body ?? {}).slice(0, 20)} ${isAnswered ? 'after' : 'before'} the answer`, async () => {
      const { at } = await offered();
      if (isAnswered) await alice('POST', `${at}/answer`);
      const answer = await alice('POST', `${at}/${what}`, body);
      expect([answer.status, answer.data['code']]).to.deep.equal([status, code]);
    });
});
