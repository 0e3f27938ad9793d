/**
 * What every network with chats must hold, whatever is behind it: `server/voice/chat.ts`, and of `port.ts` the rules that are about
 * all interactions. An adapter gives a world with a customer who writes and an agent who decides by hand.
 */
import { expect } from 'chai';
import type { ChatPort } from '../../server/voice/chat.js';
import type { ChatDesk } from '../../server/voice/desk.js';
import type { InteractionId, RouteRequest, TelephonyEvent, TelephonyPort } from '../../server/voice/port.js';
import { expectWellFormed } from './voice.js';

export interface ChatWorld {
  readonly network: TelephonyPort & ChatPort;
  /** All events since start. */
  readonly events: readonly TelephonyEvent[];
  /** An agent who is logged in, with several chats at a time, and decides by hand. */
  readonly dn: string;
  readonly desk: ChatDesk;
  /** How many chats the agent has, with those that are offered, as routing is told. */
  occupied(): number;
  /** Somebody comes with a chat. */
  arrive(customer: string): InteractionId;
  say(ixn: InteractionId, text: string): void;
  leave(ixn: InteractionId): void;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
}

const RING_MS = 10_000;

const routing = ({ network, dn }: ChatWorld, ixn: InteractionId, more: Partial<RouteRequest> = {}) => {
  const to = { kind: 'dn', value: dn } as const;
  return network.route({ requestId: `route ${ixn}`, ixn, to, ringTimeoutMs: RING_MS, confirm: true, ...more });
};

/** A chat that the agent has accepted. */
const joined = async (world: ChatWorld, customer = 'ann'): Promise<InteractionId> => {
  const ixn = world.arrive(customer);
  const routed = routing(world, ixn);
  world.desk.accept(ixn);
  expect(await routed).to.deep.include({ ok: true });
  return ixn;
};

const about = ({ events }: ChatWorld, ixn: InteractionId): string[] =>
  events.filter((event) => event.ixn === ixn).map(({ type }) => type);

export function chatContract(name: string, open: () => Promise<ChatWorld>): void {
  describe(`chat contract: ${name}`, () => {
    let world: ChatWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(async () => {
      await world.network.stop();
      expectWellFormed(world.events);
      expect(world.occupied(), 'chats that the agent has left').to.equal(0);
    });

    it('offers a chat to an agent, who accepts it and is a party of it', async () => {
      const ixn = world.arrive('ann');
      const routed = routing(world, ixn, { userData: { topic: 'bill' } });
      expect([about(world, ixn).at(-1), world.occupied()]).to.deep.equal(['ringing', 1]);
      expect(world.network.getUserData(ixn)).to.deep.include({ topic: 'bill' });
      expect(world.desk.accept(ixn)).to.equal(true);
      const result = await routed;
      const view = world.network.call(ixn);
      expect(world.network.calls()).to.deep.equal([ixn]);
      expect(view?.parties.map(({ device, devicetype }) => [device, devicetype])).to.deep.equal([
        ['ann', 'unknown'],
        [world.dn, 'agent'],
      ]);
      expect(result).to.deep.equal({ ok: true, agentLeg: view?.parties[1]?.leg });
      expect([about(world, ixn).at(-1), await world.network.holder(ixn)]).to.deep.equal(['established', 'other']);
    });

    it('answers a repeated request as the first, and does not offer it again', async () => {
      const ixn = await joined(world);
      expect(await routing(world, ixn)).to.deep.include({ ok: true });
      expect(about(world, ixn).filter((type) => type === 'ringing').length).to.equal(1);
    });

    it('carries texts both ways, and tells each once', async () => {
      const ixn = await joined(world);
      world.say(ixn, 'hello');
      expect(world.desk.write(ixn, 'good day')).to.equal(true);
      expect(await world.network.sendText({ requestId: 's', ixn, text: 'please wait' })).to.deep.equal({ ok: true });
      expect(world.network.texts(ixn)?.map(({ from, text }) => `${from}: ${text}`)).to.deep.equal([
        'customer: hello',
        'agent: good day',
        'us: please wait',
      ]);
      const told = world.events.filter((event) => event.type === 'text');
      expect(told.map(({ from, text }) => `${from}: ${text}`)).to.deep.equal(['customer: hello', 'agent: good day']);
    });

    it('has several chats with one agent, and tells routing how many', async () => {
      const [first, second] = [await joined(world, 'ann'), await joined(world, 'ben')];
      expect(world.occupied()).to.equal(2);
      world.leave(first);
      expect(world.occupied()).to.equal(1);
      expect(world.desk.write(second, 'are you there?')).to.equal(true);
    });

    const ways: [title: string, decline: (ixn: InteractionId) => void | Promise<void>, code: string][] = [
      ['who rejects it', (ixn) => void world.desk.reject(ixn), 'rejected'],
      ['who does nothing', () => world.pass(RING_MS), 'no-answer'],
    ];
    for (const [title, decline, code] of ways) {
      it(`stays with the customer after an agent ${title}, and may be offered again`, async () => {
        const ixn = world.arrive('ann');
        const routed = routing(world, ixn);
        await decline(ixn);
        expect(await routed).to.deep.include({ ok: false, code });
        expect([world.occupied(), await world.network.holder(ixn)]).to.deep.equal([0, 'us']);
        expect(world.network.call(ixn)?.parties.length).to.equal(1);
        const again = routing(world, ixn, { requestId: 'again' });
        world.desk.accept(ixn);
        expect(await again).to.deep.include({ ok: true });
      });

      it(`ends after an agent ${title}, where nobody waits for the answer`, async () => {
        const ixn = world.arrive('ann');
        expect(await routing(world, ixn, { confirm: false })).to.deep.equal({ ok: true });
        await decline(ixn);
        expect(about(world, ixn).at(-1)).to.equal('deleted');
      });
    }

    it('is refused where nobody has chats, and while it is offered elsewhere', async () => {
      const ixn = world.arrive('ann');
      const nobody = await routing(world, ixn, { requestId: 'x', to: { kind: 'dn', value: 'nobody' } });
      expect(nobody).to.deep.include({ ok: false, code: 'unreachable' });
      void routing(world, ixn);
      expect(await routing(world, ixn, { requestId: 'y' })).to.deep.include({ ok: false, code: 'routed' });
    });

    const ends: [title: string, end: (ixn: InteractionId) => unknown, by: string[]][] = [
      ['the customer leaves', (ixn) => world.leave(ixn), ['local', 'remote']],
      ['the agent leaves', (ixn) => world.desk.leave(ixn), ['remote', 'local']],
      ['it is released', (ixn) => world.network.release(ixn), ['local', 'local']],
    ];
    for (const [title, end, by] of ends)
      it(`ends when ${title}, and says who left`, async () => {
        const ixn = await joined(world);
        await end(ixn);
        expect(about(world, ixn).slice(-3)).to.deep.equal(['released', 'released', 'deleted']);
        const released = world.events.filter((event) => event.type === 'released');
        expect(released.map((event) => event.by)).to.deep.equal(by);
        expect([world.network.call(ixn), world.network.texts(ixn)]).to.deep.equal([undefined, undefined]);
        expect(world.network.calls()).to.deep.equal([]);
        expect(world.desk.write(ixn, 'x')).to.equal(false);
        expect(await routing(world, ixn, { requestId: 'late' })).to.deep.include({ ok: false, code: 'gone' });
      });

    it('answers gone when the customer leaves while it is offered', async () => {
      const ixn = world.arrive('ann');
      const routed = routing(world, ixn);
      world.leave(ixn);
      expect(await routed).to.deep.include({ ok: false, code: 'gone' });
      expect([world.desk.accept(ixn), world.desk.reject(ixn)]).to.deep.equal([false, false]);
    });

    it('does nothing twice: neither accept nor reject nor leave', async () => {
      const ixn = world.arrive('ann');
      void routing(world, ixn);
      expect([world.desk.leave(ixn), world.desk.write(ixn, 'x')]).to.deep.equal([false, false]);
      expect([world.desk.accept(ixn), world.desk.accept(ixn), world.desk.reject(ixn)]).to.deep.equal([
        true,
        false,
        false,
      ]);
      expect([world.desk.leave(ixn), world.desk.leave(ixn)]).to.deep.equal([true, false]);
    });
  });
}
