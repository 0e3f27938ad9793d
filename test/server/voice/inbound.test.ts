import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { InteractionId, TelephonyEvent } from '../../../server/voice/port.js';
import type { CustomerRule } from '../../../server/voice/simulated/behaviour.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { expectWellFormed } from '../../contracts/voice.js';

const call = { ani: '5551', dnis: '0800', routePoint: '8001' } as const;

/** A network with the entry points 8001 and 8002, and its events without times. */
const opened = async (customers: readonly CustomerRule[] = []) => {
  const clock = virtualClock();
  const events: TelephonyEvent[] = [];
  const network = simulatedTelephony({
    clock,
    seed: '',
    customers,
    phones: new Map(),
    routePoints: ['5000'],
    entryPoints: ['8001', '8002'],
  });
  await network.start((event) => events.push(event));
  const route = (ixn: InteractionId, value: string) =>
    network.route({ requestId: value, ixn, to: { kind: 'dn', value }, ringTimeoutMs: 1_000, confirm: true });
  return { clock, network, events, route, types: () => events.map(({ type }) => type) };
};

describe('calls from outside in the simulated network', () => {
  it('wait at their route point, and can be played to', async () => {
    const { network, events, clock } = await opened();
    const ixn = network.arrive({ ...call, ced: '42', userData: { a: 1 } });
    const to = { kind: 'routePoint', value: '8001' };
    expect(events).to.deep.equal([{ at: clock.now(), ixn, type: 'arrived', leg: `${ixn}-1`, to }]);
    expect(network.getUserData(ixn)).to.deep.equal({ a: 1 });
    expect(network.call(ixn)).to.deep.equal({
      type: 'inbound',
      ani: '5551',
      dnis: '0800',
      ced: '42',
      held: false,
      parties: [
        { leg: `${ixn}-1`, device: '5551', devicetype: 'unknown' },
        { leg: `${ixn}-1`, device: '8001', devicetype: 'routepoint' },
      ],
    });
    const played = network.play({ requestId: 'p', ixn, prompt: { file: 'a.wav' } });
    await clock.advance(5_000);
    expect(await played).to.deep.equal({ ok: true, ended: 'done' });
    expect(await network.holder(ixn)).to.equal('us');
  });

  it('are abandoned when nobody takes them in time', async () => {
    const { network, events, clock } = await opened([{ does: { kind: 'human', patienceMs: 5_000 } }]);
    network.arrive(call);
    await clock.advance(5_000);
    expect(events[1]).to.deep.include({ type: 'released', by: 'remote', state: 21 });
    expectWellFormed(events);
  });

  it('wait again at the next entry point that they are routed to', async () => {
    const { network, events, types, route } = await opened();
    const ixn = network.arrive(call);
    expect(await route(ixn, '8002')).to.deep.equal({ ok: true });
    expect(events[1]).to.deep.include({ type: 'diverted', from: '8001', to: { kind: 'dn', value: '8002' } });
    expect(events[2]).to.deep.include({ type: 'arrived', to: { kind: 'dn', value: '8002' } });
    expect(await network.holder(ixn)).to.equal('us');
    await network.release(ixn);
    expect(types()).to.deep.equal(['arrived', 'diverted', 'arrived', 'released', 'deleted']);
    expectWellFormed(events);
  });

  it('are somebody else’s at a route point where somebody answers', async () => {
    const { network, route } = await opened();
    const ixn = network.arrive(call);
    await route(ixn, '5000');
    expect(await network.holder(ixn)).to.equal('other');
  });

  it('that consult about a call name it, and end when they become part of it', async () => {
    const { network, events } = await opened();
    const parent = network.arrive(call);
    const consult = network.arrive({ ...call, ani: '7001', parent });
    expect(network.call(consult)).to.deep.include({ type: 'consult', parent });
    network.merge(consult, parent);
    const own = events.filter(({ ixn }) => ixn === consult);
    expect(own.map(({ type }) => type)).to.deep.equal(['arrived', 'merged', 'released', 'deleted']);
    expect(own[1]).to.deep.include({ into: parent });
    expect(network.call(parent)).not.to.equal(undefined);
  });
});
