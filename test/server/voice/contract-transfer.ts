/** What every telephony adapter must hold of calls from and to agents, of consultations, transfers and conferences; else as `contract.ts`. */
import { expect } from 'chai';
import type { InteractionId } from '../../../server/voice/port.js';
import { expectWellFormed, type Bench } from './contract.js';
import { request } from './scene.js';

export function transferContract(name: string, open: () => Promise<Bench>): void {
  async function up(bench: Bench): Promise<InteractionId> {
    const to = { kind: 'number', value: bench.numbers.human } as const;
    const work = bench.telephony.createCall(request({ requestId: 'human', to, ringTimeoutMs: 20_000 }));
    await bench.pass(25_000);
    const result = await work;
    if (!result.connected) throw new Error(`The human is not connected: ${result.cause.text}`);
    return result.ixn;
  }
  describe(`telephony contract, transfers: ${name}`, () => {
    const fromAgent = (bench: Bench) => ({ kind: 'dn', value: bench.dn }) as const;

    it('calls the agent first, and then the customer, where an agent calls', async () => {
      const bench = await open();
      const to = { kind: 'number', value: bench.numbers.human } as const;
      const dialled = bench.telephony.createCall(request({ requestId: 'agent first', from: fromAgent(bench), to }));
      await bench.pass(25_000);
      const result = await dialled;
      expect(result).to.deep.include({ connected: true, state: 0 });
      const rang = bench.events.flatMap((event) => (event.type === 'ringing' ? [event.to.value] : []));
      expect(rang).to.deep.equal([bench.dn, bench.numbers.human]);
      if (result.connected) await bench.telephony.release(result.ixn);
      expectWellFormed(bench.events);
    });

    it('dials no customer for an agent whom it cannot reach', async () => {
      const bench = await open();
      const asked = { requestId: 'nobody', from: { kind: 'dn', value: 'nobody' } } as const;
      expect(await bench.telephony.createCall(request(asked))).to.deep.include({ connected: false, state: 3 });
      expect(bench.events).to.deep.equal([]);
    });

    for (const as of ['transfer', 'conference'] as const) {
      it(`makes one call of two in a ${as}: an agent first, then the customer, by the agent's consultation`, async () => {
        const bench = await open();
        const { telephony } = bench;
        const first = telephony.createCall(request({ requestId: 'agent', to: fromAgent(bench) }));
        await bench.pass(10_000);
        const agent = await first;
        if (!agent.connected) throw new Error(agent.cause.text);
        const to = { kind: 'number', value: bench.numbers.human } as const;
        const second = telephony.createCall(request({ requestId: 'customer', parent: agent.ixn, to }));
        await bench.pass(25_000);
        const customer = await second;
        if (!customer.connected) throw new Error(customer.cause.text);
        expect(telephony.call(customer.ixn)).to.deep.include({ type: 'consult', parent: agent.ixn });
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.include({ ok: false, code: 'not-held' });
        await telephony.hold(agent.ixn);
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.equal({ ok: true, ixn: agent.ixn });
        expect(telephony.call(customer.ixn)).to.equal(undefined);
        const devices = telephony.call(agent.ixn)?.parties.map(({ device }) => device);
        expect(devices).to.have.members([bench.dn, bench.numbers.human]);
        expect(await telephony[as](agent.ixn, customer.ixn)).to.deep.include({ ok: false, code: 'gone' });
        await telephony.release(agent.ixn);
        expectWellFormed(bench.events);
      });
    }

    it('takes the agent who consulted out of the call in a transfer, not in a conference', async () => {
      for (const as of ['transfer', 'conference'] as const) {
        const bench = await open();
        const { telephony } = bench;
        const held = await up(bench);
        const routed = telephony.route({
          requestId: 'route',
          ixn: held,
          to: fromAgent(bench),
          ringTimeoutMs: 10_000,
          confirm: true,
        });
        await bench.pass(10_000);
        await routed;
        await telephony.hold(held);
        const to = { kind: 'number', value: bench.numbers.human } as const;
        const asked = request({ requestId: 'consult', from: fromAgent(bench), parent: held, to });
        const dialled = telephony.createCall(asked);
        await bench.pass(10_000);
        const active = await dialled;
        if (!active.connected) throw new Error(active.cause.text);
        await telephony[as](held, active.ixn);
        const devices = telephony.call(held)?.parties.map(({ device }) => device) ?? [];
        expect(devices.includes(bench.dn)).to.equal(as === 'conference');
        await telephony.release(held);
        expectWellFormed(bench.events);
      }
    });

    it('ends what an agent asks about a call with that call', async () => {
      const bench = await open();
      const { telephony } = bench;
      const parent = await up(bench);
      const to = fromAgent(bench);
      const routed = telephony.route({ requestId: 'route', ixn: parent, to, ringTimeoutMs: 10_000, confirm: true });
      await bench.pass(10_000);
      await routed;
      const silent = { kind: 'number', value: bench.numbers.silentPhone } as const;
      const consult = telephony.createCall(request({ requestId: 'consult', from: to, parent, to: silent }));
      await bench.pass(1_000);
      await telephony.release(parent);
      expect(await consult).to.deep.include({ connected: false });
      expectWellFormed(bench.events);
    });
  });
}
