/** What every telephony adapter must hold of calls from and to agents, of consultations, transfers and conferences; else as `voice.ts`. */
import { expect } from 'chai';
import { expectWellFormed } from './voice.js';
import { toAgent, toDial, up, type OpenWorld, type World } from './voice-world.js';

export function transferContract(name: string, open: OpenWorld): void {
  describe(`telephony contract, transfers: ${name}`, () => {
    const fromAgent = (world: World) => ({ kind: 'dn', value: world.dn }) as const;

    it('calls the agent first, and then the customer, where an agent calls', async () => {
      const world = await open();
      const to = { kind: 'number', value: world.numbers.human } as const;
      const dialled = world.telephony.createCall(toDial({ requestId: 'agent first', from: fromAgent(world), to }));
      await world.pass(25_000);
      const result = await dialled;
      expect(result).to.deep.include({ connected: true, state: 0 });
      const rang = world.events.flatMap((event) => (event.type === 'ringing' ? [event.to.value] : []));
      expect(rang).to.deep.equal([world.dn, world.numbers.human]);
      if (result.connected) await world.telephony.release(result.ixn);
      expectWellFormed(world.events);
    });

    it('dials no customer for an agent whom it cannot reach', async () => {
      const world = await open();
      const asked = { requestId: 'nobody', from: { kind: 'dn', value: 'nobody' } } as const;
      expect(await world.telephony.createCall(toDial(asked))).to.deep.include({ connected: false, state: 3 });
      expect(world.events).to.deep.equal([]);
    });

    for (const as of ['transfer', 'conference'] as const) {
      it(`makes one call of two in a ${as}: an agent first, then the customer, by the agent's consultation`, async () => {
        const world = await open();
        const { telephony } = world;
        const first = telephony.createCall(toDial({ requestId: 'agent', to: fromAgent(world) }));
        await world.pass(10_000);
        const agent = await first;
        if (!agent.connected) throw new Error(agent.cause.text);
        const to = { kind: 'number', value: world.numbers.human } as const;
        const second = telephony.createCall(toDial({ requestId: 'customer', parent: agent.ixn, to }));
        await world.pass(25_000);
        const customer = await second;
        if (!customer.connected) throw new Error(customer.cause.text);
        expect(telephony.call(customer.ixn)).to.deep.include({ type: 'consult', parent: agent.ixn });
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.include({ ok: false, code: 'not-held' });
        await telephony.hold(agent.ixn);
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.equal({ ok: true, ixn: agent.ixn });
        expect(telephony.call(customer.ixn)).to.equal(undefined);
        const devices = telephony.call(agent.ixn)?.parties.map(({ device }) => device);
        expect(devices).to.have.members([world.dn, world.numbers.human]);
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.include({ ok: false, code: 'gone' });
        await telephony.release(agent.ixn);
        expectWellFormed(world.events);
      });
    }

    it('takes the agent who consulted out of the call in a transfer, not in a conference', async () => {
      for (const as of ['transfer', 'conference'] as const) {
        const world = await open();
        const { telephony } = world;
        const held = await up(world);
        await toAgent(world, held);
        await telephony.hold(held);
        const to = { kind: 'number', value: world.numbers.human } as const;
        const asked = toDial({ requestId: 'consult', from: fromAgent(world), parent: held, to });
        const dialled = telephony.createCall(asked);
        await world.pass(10_000);
        const active = await dialled;
        if (!active.connected) throw new Error(active.cause.text);
        await telephony[as](held, active.ixn);
        const devices = telephony.call(held)?.parties.map(({ device }) => device) ?? [];
        expect(devices.includes(world.dn)).to.equal(as === 'conference');
        await telephony.release(held);
        expectWellFormed(world.events);
      }
    });

    it('ends what an agent asks about a call with that call', async () => {
      const world = await open();
      const { telephony } = world;
      const parent = await up(world);
      const to = fromAgent(world);
      await toAgent(world, parent);
      const silent = { kind: 'number', value: world.numbers.silentPhone } as const;
      const consult = telephony.createCall(toDial({ requestId: 'consult', from: to, parent, to: silent }));
      await world.pass(1_000);
      await telephony.release(parent);
      expect(await consult).to.deep.include({ connected: false });
      expectWellFormed(world.events);
    });
  });
}
