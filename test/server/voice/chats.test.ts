import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { ChatReaction } from '../../../server/voice/simulated/chat-desk.js';
import type { TelephonyEvent } from '../../../server/voice/port.js';
import { withChats } from '../../../server/voice/simulated/chats.js';
import { Desktop } from '../../../server/voice/simulated/desktop.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { chatContract } from '../../contracts/chats.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { request } from './scene.js';

const DN = '7001';

const opened = async (chats: readonly ChatReaction[] = []) => {
  const clock = virtualClock();
  const events: TelephonyEvent[] = [];
  const counts: number[] = [];
  const desktop = new Desktop(
    clock,
    { chats },
    () => undefined,
    (count) => counts.push(count),
  );
  desktop.set('Ready');
  const calls = simulatedTelephony({ clock, seed: '', customers: [], phones: new Map([[DN, desktop]]) });
  const network = withChats(calls, clock, (dn) => (dn === DN ? desktop.chats : undefined));
  await network.start((event) => events.push(event));
  return { clock, network, desktop, events, counts, types: () => events.map(({ type }) => type) };
};

chatContract('simulated', async () => {
  const { network, desktop, events, counts, clock } = await opened();
  desktop.login();
  return {
    ...{ network, events, dn: DN, desk: desktop.chats },
    occupied: () => counts.at(-1) ?? 0,
    arrive: (customer) => network.chat({ customer, entryPoint: '8001' }),
    say(ixn, text) {
      network.say(ixn, text);
    },
    leave(ixn) {
      network.leave(ixn);
    },
    pass: (ms) => clock.advance(ms),
  };
});

describe('a simulated agent with chats', () => {
  const offered = async (chats?: readonly ChatReaction[]) => {
    const scene = await opened(chats);
    const ixn = scene.network.chat({ customer: 'ann', entryPoint: '8001' });
    const to = { kind: 'dn', value: DN } as const;
    const routed = scene.network.route({ requestId: 'r', ixn, to, ringTimeoutMs: 20_000, confirm: true });
    return { ...scene, ixn, routed };
  };

  it('accepts, writes and leaves as the script says', async () => {
    const { clock, routed, network, ixn, types } = await offered([
      { kind: 'accept', afterMs: 3_000, chatMs: 60_000, says: 'hello' },
    ]);
    await clock.advance(3_000);
    expect(await routed).to.deep.include({ ok: true });
    expect(network.texts(ixn)?.map(({ from, text }) => [from, text])).to.deep.equal([['agent', 'hello']]);
    await clock.advance(60_000);
    expect(types()).to.deep.equal(['arrived', 'ringing', 'established', 'text', 'released', 'released', 'deleted']);
  });

  it('rejects, ignores, and then accepts, as the script says', async () => {
    const { clock, routed, network, ixn } = await offered([{ kind: 'reject' }, { kind: 'ignore' }, { kind: 'accept' }]);
    await clock.advance(20_000);
    expect(await routed).to.deep.include({ code: 'rejected' });
    const to = { kind: 'dn', value: DN } as const;
    for (const [requestId, code] of [
      ['s', 'no-answer'],
      ['t', undefined],
    ] as const) {
      const again = network.route({ requestId, ixn, to, ringTimeoutMs: 20_000, confirm: true });
      await clock.advance(20_000);
      const result = await again;
      expect(result.ok ? undefined : result.code).to.equal(code);
    }
  });

  it('has left all chats after logging out, and is unreachable then', async () => {
    const { clock, desktop, routed, network, ixn, types } = await offered();
    await clock.advance(3_000);
    await routed;
    const to = { kind: 'dn', value: DN } as const;
    const second = network.chat({ customer: 'ben', entryPoint: '8001' });
    const offer = network.route({ requestId: 's', ixn: second, to, ringTimeoutMs: 20_000, confirm: true });
    desktop.logout();
    expect(await offer).to.deep.include({ code: 'rejected' });
    expect([network.call(ixn), types().filter((type) => type === 'deleted').length]).to.deep.equal([undefined, 1]);
    const late = await network.route({ requestId: 't', ixn: second, to, ringTimeoutMs: 20_000, confirm: true });
    expect(late).to.deep.include({ code: 'unreachable' });
  });
});

describe('the chats of the simulated contact centre', () => {
  it('come in at an entry point, carry texts both ways, and end', async () => {
    const { network, events, types, clock } = await opened();
    const ixn = network.chat({ customer: 'ann', entryPoint: '8001', userData: { a: 1 } });
    network.say(ixn, 'hello');
    await clock.advance(1_000);
    expect(await network.sendText({ requestId: 's', ixn, text: 'good day' })).to.deep.equal({ ok: true });
    expect(network.texts(ixn)).to.deep.equal([
      { at: clock.now() - 1_000, from: 'customer', text: 'hello' },
      { at: clock.now(), from: 'us', text: 'good day' },
    ]);
    expect(network.call(ixn)).to.deep.include({ media: 'chat', type: 'inbound', ani: 'ann', dnis: '8001' });
    expect(await network.holder(ixn)).to.equal('us');
    network.leave(ixn);
    expect(types()).to.deep.equal(['arrived', 'text', 'released', 'deleted']);
    expectWellFormed(events);
  });

  it('are opened by us once for a request, and so is what we write written', async () => {
    const { network, events, types } = await opened();
    const open = () => network.openChat({ requestId: 'o', to: 'ann', text: 'one' });
    const first = await open();
    expect(await open()).to.deep.equal(first);
    if (!first.ok) throw new Error(first.text);
    const { ixn } = first;
    for (const requestId of ['s', 's', 't']) await network.sendText({ requestId, ixn, text: requestId });
    expect(network.texts(ixn)?.map(({ text }) => text)).to.deep.equal(['one', 's', 't']);
    expect(network.call(ixn)).to.deep.include({ type: 'outbound', dnis: 'ann' });
    await network.release(ixn);
    expect(types()).to.deep.equal(['deleted']);
    expectWellFormed(events);
  });

  it('have user data as calls have', async () => {
    const { network, events } = await opened();
    const ixn = network.chat({ customer: 'ann', entryPoint: '8001', userData: { a: 1, b: 2 } });
    await network.updateUserData(ixn, { c: 3 }, ['a']);
    expect(network.getUserData(ixn)).to.deep.equal({ b: 2, c: 3 });
    expect(events.at(-1)).to.deep.include({ type: 'userDataChanged', set: { c: 3 }, removed: ['a'] });
  });

  it('that are over are gone, and nobody writes in them', async () => {
    const { network, types } = await opened();
    const ixn = network.chat({ customer: 'ann', entryPoint: '8001' });
    await network.stop();
    expect(types()).to.deep.equal(['arrived', 'released', 'deleted']);
    network.say(ixn, 'hello?');
    network.leave(ixn);
    expect(await network.sendText({ requestId: 's', ixn, text: 'x' })).to.deep.include({ ok: false, code: 'gone' });
    expect([network.texts(ixn), network.call(ixn), network.getUserData(ixn)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(types().length).to.equal(3);
  });

  it('leave calls as they are', async () => {
    const { network, clock } = await opened();
    const dialled = network.createCall(request());
    await clock.advance(10_000);
    const result = await dialled;
    if (!result.connected) throw new Error('not connected');
    const { ixn } = result;
    await network.updateUserData(ixn, { a: 1 });
    expect([network.getUserData(ixn), await network.holder(ixn), network.texts(ixn)]).to.deep.equal([
      { a: 1 },
      'us',
      undefined,
    ]);
    expect(await network.release(ixn)).to.deep.equal({ ok: true });
    expect(network.call(ixn)).to.equal(undefined);
  });
});
