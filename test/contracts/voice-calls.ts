/** What every telephony adapter must hold of who answers, who calls, trunk groups, keys and attached data; else as `voice.ts`. */
import { expect } from 'chai';
import type { CpdOptions, InteractionId } from '../../server/voice/port.js';
import { expectWellFormed } from './voice.js';
import { dial, toAgent, toDial, up, type OpenWorld, type World } from './voice-world.js';

const keep: CpdOptions = { timeGuardMs: 15_000, keepOnMachine: true };

/** Somebody has called, and waits at the entry point. */
const called = async (world: World): Promise<InteractionId> => {
  await world.arrive('5559999', '18005550100');
  await world.pass(1_000);
  const arrived = world.events.find(({ type }) => type === 'arrived');
  if (!arrived) throw new Error('no call has arrived');
  expect(arrived).to.deep.include({ to: { kind: 'routePoint', value: world.entryPoint } });
  return arrived.ixn;
};

/** Ends what is left, and looks at all that was told. */
const closed = async (world: World): Promise<void> => {
  await world.telephony.stop();
  expectWellFormed(world.events);
};

const withoutDetection = (world: World, who: 'machine' | 'fax' | 'vacant') => {
  const { cpd: _none, ...plain } = toDial({ to: { kind: 'number', value: world.numbers[who] } });
  const work = world.telephony.createCall(plain);
  return world.pass(25_000).then(() => work);
};

const detection = (open: OpenWorld): void => {
  it('keeps the call to an answering machine where that is asked for, and leaves a message after the beep', async () => {
    const world = await open();
    const ixn = await up(world, 'machine', { cpd: keep });
    expect(world.events.find(({ type }) => type === 'cpd')).to.deep.include({ ixn, state: 9 });
    const prompt = { file: 'message.wav', startOnBeep: true };
    const message = world.telephony.play({ requestId: 'message', ixn, prompt });
    await world.pass(60_000);
    expect(await message).to.deep.equal({ ok: true, ended: 'done' });
    expect(world.events.some((event) => event.type === 'beep' && event.ixn === ixn)).to.equal(true);
    await closed(world);
  });

  for (const [who, state] of [
    ['fax', 17],
    ['vacant', 12],
  ] as const)
    it(`ends a call that ${who} answers, whatever is kept, and says ${state}`, async () => {
      const world = await open();
      expect(await dial(world, who, { cpd: keep })).to.deep.include({ connected: false, state });
      expect(world.events.find(({ type }) => type === 'cpd')).to.deep.include({ state });
      expectWellFormed(world.events);
    });

  for (const who of ['machine', 'fax', 'vacant'] as const) {
    it(`connects ${who} without detection`, async () => {
      const world = await open();
      expect(await withoutDetection(world, who)).to.deep.include({ connected: true, state: 0 });
      expect(world.events.some(({ type }) => type === 'cpd')).to.equal(false);
      await closed(world);
    });

    it(`takes ${who} for a human when the time guard is over first`, async () => {
      const world = await open();
      const cpd = { timeGuardMs: 1, keepOnMachine: false };
      expect(await dial(world, who, { cpd })).to.deep.include({ connected: true, state: 0 });
      await closed(world);
    });
  }
};

const inbound = (open: OpenWorld): void => {
  it('has a call from outside wait at its entry point, with who calls and what was called', async () => {
    const world = await open();
    const ixn = await called(world);
    expect(world.telephony.call(ixn)).to.deep.include({ type: 'inbound', ani: '5559999', dnis: '18005550100' });
    expect(await world.telephony.holder(ixn)).to.equal('us');
    expect(await toAgent(world, ixn)).to.deep.include({ ok: true });
    expect(await world.telephony.holder(ixn)).to.equal('other');
    await world.telephony.release(ixn);
    expect(await world.telephony.holder(ixn)).to.equal(undefined);
    await closed(world);
  });

  it('has a call that is routed to an entry point arrive there', async () => {
    const world = await open();
    const ixn = await up(world);
    const to = { kind: 'routePoint', value: world.entryPoint } as const;
    const route = { requestId: 'transfer', ixn, to, ringTimeoutMs: 10_000, confirm: true };
    expect(await world.telephony.route(route)).to.deep.include({ ok: true });
    const told = world.events.flatMap(({ type }) => (type === 'diverted' || type === 'arrived' ? [type] : []));
    expect(told).to.deep.equal(['diverted', 'arrived']);
    expect(await world.telephony.holder(ixn)).to.equal('us');
    expect(await toAgent(world, ixn)).to.deep.include({ ok: true });
    await closed(world);
  });
};

const trunkGroups = (open: OpenWorld): void => {
  const trunk = ({ trunkGroup: value }: World) => ({ kind: 'trunkGroup', value }) as const;

  it('tells by name what is an agent, a trunk group, an entry point', async () => {
    const { telephony, dn, trunkGroup, entryPoint, numbers } = await open();
    const kinds = [dn, trunkGroup, entryPoint, numbers.human].map((name) => telephony.deviceAt(name));
    expect(kinds).to.deep.equal(['dn', 'trunkGroup', 'routePoint', undefined]);
  });

  it('dials from a trunk group, and from none that it does not have', async () => {
    const world = await open();
    await up(world, 'human', { from: trunk(world) });
    const told = world.events.length;
    const result = await dial(world, 'human', { requestId: '2', from: { kind: 'trunkGroup', value: 'nowhere' } });
    expect(result).to.deep.include({ connected: false, state: 3 });
    expect(world.events.length).to.equal(told);
    await closed(world);
  });

  it('brings a reserved agent and a customer together: called, held, consulted, transferred', async () => {
    const world = await open();
    const { telephony, agent, dn } = world;
    const to = { kind: 'dn', value: dn } as const;
    const reservation = { durationMs: 15_000, agent, priority: 1_000 };
    const held = await up(world, 'human', { requestId: 'agent', from: trunk(world), to, reservation });
    await telephony.hold(held);
    const active = await up(world, 'human', { requestId: 'customer', from: trunk(world), parent: held });
    expect(await telephony.transfer(held, active)).to.deep.equal({ ok: true, ixn: held });
    const devices = telephony.call(held)?.parties.map(({ device }) => device);
    expect(devices).to.have.members([dn, world.numbers.human]);
    expect(telephony.call(held)).to.deep.include({ held: false });
    expect(world.events.find(({ type }) => type === 'merged')).to.deep.include({ ixn: active, into: held });
    await closed(world);
  });

  it('calls no agent but the one who is reserved', async () => {
    const world = await open();
    const to = { kind: 'dn', value: world.dn } as const;
    const reservation = { durationMs: 15_000, agent: 'somebody else' };
    const result = await world.telephony.createCall(toDial({ from: trunk(world), to, reservation }));
    expect(result).to.deep.include({ connected: false, state: 3 });
  });
};

const keysAndData = (open: OpenWorld): void => {
  for (const [name, input, result] of [
    ['as many as it asks for', { maxDigits: 2 }, { ended: 'max', digits: '12' }],
    ['until the last one', { term: '#' }, { ended: 'term', digits: '12' }],
    ['until one that aborts', { abort: '2' }, { ended: 'abort', digits: '' }],
  ] as const)
    it(`collects keys ${name}, after its prompts`, async () => {
      const world = await open();
      const ixn = await up(world, 'keys');
      const prompts = [{ file: 'enter.wav', interrupt: true }];
      const collect = { requestId: 'keys', ixn, prompts, input: { totalMs: 10_000, ...input } };
      const keys = world.telephony.collect(collect);
      await world.pass(25_000);
      expect(await keys).to.deep.equal({ ok: true, ...result });
      await closed(world);
    });

  it('attaches data when it dials, later, and when it routes, and takes some away', async () => {
    const world = await open();
    const { telephony, events } = world;
    const ixn = await up(world, 'human', { userData: { service: 'billing', secret: 1 } });
    expect(telephony.getUserData(ixn)).to.deep.equal({ service: 'billing', secret: 1 });
    expect(await telephony.updateUserData(ixn, { order: { id: 7 } }, ['secret'])).to.deep.equal({ ok: true });
    const changed = { type: 'userDataChanged', ixn, set: { order: { id: 7 } }, removed: ['secret'] };
    expect(events.find(({ type }) => type === 'userDataChanged')).to.deep.include(changed);
    const to = { kind: 'dn', value: world.dn } as const;
    const route = { requestId: 'r', ixn, to, ringTimeoutMs: 9_000, confirm: true, userData: { vq: 'VQ' } };
    const routed = telephony.route(route);
    await world.pass(10_000);
    expect(await routed).to.deep.include({ ok: true });
    expect(telephony.getUserData(ixn)).to.deep.equal({ service: 'billing', order: { id: 7 }, vq: 'VQ' });
    await closed(world);
  });

  it('keeps the data of both calls in a transfer, and that of the held one where both have it', async () => {
    const world = await open();
    const { telephony } = world;
    const to = { kind: 'dn', value: world.dn } as const;
    const held = await up(world, 'human', { requestId: 'agent', to, userData: { both: 'held', one: 1 } });
    await telephony.hold(held);
    const userData = { both: 'active', two: 2 };
    const active = await up(world, 'human', { requestId: 'customer', parent: held, userData });
    await telephony.transfer(held, active);
    expect(telephony.getUserData(held)).to.deep.equal({ both: 'held', one: 1, two: 2 });
    await closed(world);
  });

  it('knows of a request to call what became of it', async () => {
    const world = await open();
    const { telephony } = world;
    expect(await telephony.status('dial human')).to.deep.equal({ state: 'unknown' });
    await up(world);
    expect(await telephony.status('dial human')).to.deep.equal({ state: 'live' });
    await closed(world);
  });
};

export function callsContract(name: string, open: OpenWorld): void {
  describe(`telephony contract, who answers: ${name}`, () => detection(open));
  describe(`telephony contract, calls from outside: ${name}`, () => inbound(open));
  describe(`telephony contract, trunk groups: ${name}`, () => trunkGroups(open));
  describe(`telephony contract, keys and data: ${name}`, () => keysAndData(open));
}
