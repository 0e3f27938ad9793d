import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { TelephonyEvent } from '../../../server/voice/port.js';
import { withChats } from '../../../server/voice/simulated/chats.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { request } from './scene.js';

const opened = async () => {
  const clock = virtualClock();
  const events: TelephonyEvent[] = [];
  const calls = simulatedTelephony({ clock, seed: '', customers: [], phones: new Map() });
  const network = withChats(calls, clock);
  await network.start((event) => events.push(event));
  return { clock, network, events, types: () => events.map(({ type }) => type) };
};

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
