/**
 * What every telephony adapter must hold, whatever is behind it: the numbered rules of `server/voice/port.ts`. An adapter
 * gives a bench on which numbers behave as named, and passes.
 */
import { expect } from 'chai';
import type { InteractionId, TelephonyEvent, TelephonyPort, UserData } from '../../../server/voice/port.js';
import { request } from './scene.js';

export interface Bench {
  readonly telephony: TelephonyPort;
  /** All events since start. */
  readonly events: readonly TelephonyEvent[];
  /** `human` answers and waits; `hasty` answers and hangs up soon after. */
  readonly numbers: Readonly<Record<'human' | 'hasty' | 'busy' | 'silentPhone' | 'machine', string>>;
  /** An application that lasts some seconds at least. */
  readonly application: string;
  /** An agent's phone that answers. */
  readonly dn: string;
  /** The user events that this phone was told. */
  readonly told: readonly { readonly name: string; readonly userData: UserData; readonly extensions: UserData }[];
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
}

/** Rule 3: every announced leg is released once, and `deleted` is the last event of an interaction, once. */
export function expectWellFormed(events: readonly TelephonyEvent[]): void {
  for (const ixn of new Set(events.map((event) => event.ixn))) {
    const own = events.filter((event) => event.ixn === ixn);
    const announced = new Set(
      own.flatMap((event) =>
        ['dialing', 'arrived', 'ringing', 'joined'].includes(event.type) && 'leg' in event ? [event.leg] : [],
      ),
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
        await bench.telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 1_000 } }),
        await bench.telephony.run({ requestId: 'app', ixn, uri: bench.application, parameters: {} }),
        await bench.telephony.stopPlay(ixn),
        await bench.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 1_000, confirm: true }),
        await bench.telephony.updateUserData(ixn, { a: 1 }),
        await bench.telephony.hold(ixn),
        await bench.telephony.retrieve(ixn),
        await bench.telephony.release(ixn),
      ];
      for (const answer of answers) expect(answer).to.deep.include({ ok: false, code: 'gone' });
      expect([bench.telephony.getUserData(ixn), bench.telephony.call(ixn)]).to.deep.equal([undefined, undefined]);
    });

    it('collects no digits where none are pressed, and lets nobody disturb that', async () => {
      const bench = await open();
      const { telephony } = bench;
      const ixn = await up(bench);
      const digits = telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 3_000 } });
      const play = { requestId: 'play', ixn, prompt: { file: 'music.wav', loop: true } };
      expect(await telephony.play(play)).to.deep.include({ ok: false, code: 'treating' });
      await bench.pass(3_000);
      expect(await digits).to.deep.equal({ ok: true, ended: 'timeout', digits: '' });
    });

    it('stops whatever the customer hears', async () => {
      const bench = await open();
      const { telephony } = bench;
      const ixn = await up(bench);
      const treatments = [
        () => telephony.play({ requestId: 'play', ixn, prompt: { file: 'music.wav', loop: true } }),
        () => telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 3_000 } }),
        () => telephony.run({ requestId: 'app', ixn, uri: bench.application, parameters: {} }),
      ];
      for (const treatment of treatments) {
        const treated = treatment();
        await bench.pass(1);
        expect(await telephony.stopPlay(ixn)).to.deep.equal({ ok: true });
        expect(await treated).to.deep.include({ ok: true, ended: 'stopped' });
      }
    });

    it('refuses an application that it cannot reach', async () => {
      const bench = await open();
      const ixn = await up(bench);
      const asked = bench.telephony.run({ requestId: 'app', ixn, uri: 'http://no.such/application', parameters: {} });
      expect(await asked).to.deep.include({ ok: false, code: 'unreachable' });
    });

    it('plays nothing to a customer who talks to an agent', async () => {
      const bench = await open();
      const { telephony } = bench;
      const ixn = await up(bench);
      const to = { kind: 'dn', value: bench.dn } as const;
      const routed = telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 10_000, confirm: true });
      await bench.pass(10_000);
      await routed;
      const played = await telephony.play({ requestId: 'play', ixn, prompt: { file: 'a.wav' } });
      expect(played).to.deep.include({ ok: false, code: 'routed' });
    });

    it('holds a call once, plays and routes nothing meanwhile, and gives it back once', async () => {
      const bench = await open();
      const { telephony } = bench;
      const ixn = await up(bench);
      const to = { kind: 'dn', value: bench.dn } as const;
      expect(await telephony.retrieve(ixn)).to.deep.include({ ok: false, code: 'not-held' });
      expect(await telephony.hold(ixn)).to.deep.equal({ ok: true });
      expect(telephony.call(ixn)).to.deep.include({ held: true });
      const refused = [
        await telephony.hold(ixn),
        await telephony.play({ requestId: 'play', ixn, prompt: { file: 'music.wav' } }),
        await telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 1_000, confirm: true }),
      ];
      for (const answer of refused) expect(answer).to.deep.include({ ok: false, code: 'held' });
      expect(await telephony.retrieve(ixn)).to.deep.equal({ ok: true });
      expect(telephony.call(ixn)).to.deep.include({ held: false });
      const types = bench.events.map(({ type }) => type);
      expect(types.filter((type) => type === 'held' || type === 'retrieved')).to.deep.equal(['held', 'retrieved']);
    });

    it('shows a call: who called whom, and who is in it', async () => {
      const bench = await open();
      const ixn = await up(bench);
      const call = bench.telephony.call(ixn);
      expect(call).to.deep.include({ type: 'outbound', ani: '8999', dnis: bench.numbers.human, held: false });
      expect(call?.parties.map(({ device, devicetype }) => [device, devicetype])).to.deep.equal([
        [bench.numbers.human, 'unknown'],
        ['8999', 'routepoint'],
      ]);
    });

    it('says that a call has left its route point when an agent has it', async () => {
      const bench = await open();
      const ixn = await up(bench);
      const to = { kind: 'dn', value: bench.dn } as const;
      const routed = bench.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 10_000, confirm: true });
      await bench.pass(10_000);
      await routed;
      expect(bench.events.find(({ type }) => type === 'diverted')).to.deep.include({ ixn, from: '8999', to });
      const parties = bench.telephony.call(ixn)?.parties;
      expect(parties?.at(-1)).to.deep.include({ device: bench.dn, devicetype: 'agent' });
    });

    it('tells a phone of what is about no call, where somebody is logged in', async () => {
      const bench = await open();
      const to = { kind: 'dn', value: bench.dn } as const;
      const [userData, extensions] = [
        { a: 1, 'response-options': { accept: 'http://x' } },
        { 'invitation-timeout': '30' },
      ];
      expect(await bench.telephony.userEvent(to, 'CallbackInvitationEvent', userData, extensions)).to.deep.equal({
        ok: true,
      });
      await bench.pass(1_000);
      expect(bench.told).to.deep.equal([{ name: 'CallbackInvitationEvent', userData, extensions }]);
      const nobody = await bench.telephony.userEvent({ kind: 'dn', value: 'nobody' }, 'CallbackInvitationEvent', {});
      expect(nobody).to.deep.include({ ok: false, code: 'unreachable' });
      const number = await bench.telephony.userEvent({ kind: 'number', value: bench.numbers.human }, 'Hello', {});
      expect(number).to.deep.include({ ok: false, code: 'bad-argument' });
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
