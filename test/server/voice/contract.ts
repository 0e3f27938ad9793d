/**
 * What every telephony adapter must hold, whatever is behind it: the numbered rules of `server/voice/port.ts`. An adapter
 * gives a bench on which numbers behave as named, and passes.
 */
import { expect } from 'chai';
import type { InteractionId, TelephonyEvent, TelephonyPort } from '../../../server/voice/port.js';
import { request } from './scene.js';

export interface Bench {
  readonly telephony: TelephonyPort;
  /** All events since start. */
  readonly events: readonly TelephonyEvent[];
  /** `human` answers and waits; `hasty` answers and hangs up soon after. */
  readonly numbers: Readonly<Record<'human' | 'hasty' | 'busy' | 'silentPhone' | 'machine', string>>;
  /** An agent's phone that answers. */
  readonly dn: string;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
}

/** Rule 3: every announced leg is released once, and `deleted` is the last event of an interaction, once. */
export function expectWellFormed(events: readonly TelephonyEvent[]): void {
  for (const ixn of new Set(events.map((event) => event.ixn))) {
    const own = events.filter((event) => event.ixn === ixn);
    const announced = new Set(
      own.flatMap((event) => (event.type === 'dialing' || event.type === 'ringing' ? [event.leg] : [])),
    );
    const released = own.flatMap((event) => (event.type === 'released' ? [event.leg] : []));
    expect([...released].sort(), `legs of ${ixn}`).to.deep.equal([...announced].sort());
    expect(own.filter((event) => event.type === 'deleted').length, `deleted of ${ixn}`).to.equal(1);
    expect(own.at(-1)?.type, `last event of ${ixn}`).to.equal('deleted');
  }
}

export function telephonyContract(name: string, open: () => Promise<Bench>): void {
  async function dial(bench: Bench, who: keyof Bench['numbers'], requestId = `dial ${who}`) {
    const to = { kind: 'number', value: bench.numbers[who] } as const;
    const work = bench.telephony.createCall(request({ requestId, to, ringTimeoutMs: 20_000 }));
    await bench.pass(25_000);
    return work;
  }
  async function up(bench: Bench): Promise<InteractionId> {
    const result = await dial(bench, 'human');
    if (!result.connected) throw new Error(`The human is not connected: ${result.cause.text}`);
    return result.ixn;
  }

  describe(`telephony contract: ${name}`, () => {
    const states = { human: 0, busy: 6, silentPhone: 7, machine: 9 } as const;
    for (const [who, state] of Object.entries(states) as [keyof typeof states, number][]) {
      it(`answers ${state} for ${who}, and connects nobody but the human`, async () => {
        const result = await dial(await open(), who);
        expect(result).to.deep.include({ state, connected: who === 'human' });
      });
    }

    it('answers a repeated request as the first, and does not dial again', async () => {
      const bench = await open();
      const first = await dial(bench, 'busy', 'key');
      expect(await dial(bench, 'busy', 'key')).to.deep.equal(first);
      expect(bench.events.filter((event) => event.type === 'dialing').length).to.equal(1);
    });

    it('releases each leg once and deletes last, for every way to end', async () => {
      const bench = await open();
      for (const who of ['hasty', 'busy', 'silentPhone', 'machine'] as const) await dial(bench, who);
      const ixn = await up(bench);
      const to = { kind: 'dn', value: bench.dn } as const;
      const routed = bench.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 10_000, confirm: true });
      await bench.pass(10_000);
      expect(await routed).to.deep.include({ ok: true });
      await bench.telephony.release(ixn);
      await bench.pass(1_000);
      expect(bench.events.filter((event) => event.type === 'deleted').length).to.equal(5);
      expectWellFormed(bench.events);
    });

    it('answers gone for whatever is under way when a call ends, and for all that comes later', async () => {
      const bench = await open();
      const ixn = await up(bench);
      const prompt = { file: 'music.wav', loop: true };
      const music = bench.telephony.play({ requestId: 'music', ixn, prompt });
      await bench.telephony.release(ixn);
      await bench.pass(1_000);
      const to = { kind: 'dn', value: bench.dn } as const;
      const answers = [
        await music,
        await bench.telephony.play({ requestId: 'more', ixn, prompt }),
        await bench.telephony.stopPlay(ixn),
        await bench.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 1_000, confirm: true }),
        await bench.telephony.updateUserData(ixn, { a: 1 }),
        await bench.telephony.release(ixn),
      ];
      for (const answer of answers) expect(answer).to.deep.include({ ok: false, code: 'gone' });
      expect(bench.telephony.getUserData(ixn)).to.equal(undefined);
    });

    it('releases every call when it stops', async () => {
      const bench = await open();
      await up(bench);
      void bench.telephony.createCall(request({ to: { kind: 'number', value: bench.numbers.silentPhone } }));
      await bench.telephony.stop();
      expectWellFormed(bench.events);
    });
  });
}
