/**
 * What every telephony adapter must hold, whatever is behind it: the numbered rules of `server/voice/port.ts`. An adapter
 * gives a world (`voice-world.ts`) in which numbers behave as named, and passes. `voice-calls.ts` and `voice-transfers.ts` go on.
 */
import { expect } from 'chai';
import type { TelephonyEvent } from '../../server/voice/port.js';
import { dial, toAgent, toDial, up, type OpenWorld } from './voice-world.js';

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

export function telephonyContract(name: string, open: OpenWorld): void {
  describe(`telephony contract: ${name}`, () => {
    const states = { human: 0, busy: 6, silentPhone: 7, machine: 9 } as const;
    for (const [who, state] of Object.entries(states) as [keyof typeof states, number][]) {
      it(`answers ${state} for ${who}, and connects nobody but the human`, async () => {
        const result = await dial(await open(), who);
        expect(result).to.deep.include({ state, connected: who === 'human' });
      });
    }

    it('answers a repeated request as the first, and does not dial again', async () => {
      const world = await open();
      const first = await dial(world, 'busy', { requestId: 'key' });
      expect(await dial(world, 'busy', { requestId: 'key' })).to.deep.equal(first);
      expect(world.events.filter((event) => event.type === 'dialing').length).to.equal(1);
    });

    it('releases each leg once and deletes last, for every way to end', async () => {
      const world = await open();
      for (const who of ['hasty', 'busy', 'silentPhone', 'machine'] as const) await dial(world, who);
      const ixn = await up(world);
      expect(await toAgent(world, ixn)).to.deep.include({ ok: true });
      await world.telephony.release(ixn);
      await world.pass(1_000);
      expect(world.events.filter((event) => event.type === 'deleted').length).to.equal(5);
      expectWellFormed(world.events);
    });

    it('answers gone for whatever is under way when a call ends, and for all that comes later', async () => {
      const world = await open();
      const ixn = await up(world);
      const prompt = { file: 'music.wav', loop: true };
      const music = world.telephony.play({ requestId: 'music', ixn, prompt });
      expect(world.telephony.calls()).to.deep.equal([ixn]);
      await world.telephony.release(ixn);
      await world.pass(1_000);
      const to = { kind: 'dn', value: world.dn } as const;
      const answers = [
        await music,
        await world.telephony.play({ requestId: 'more', ixn, prompt }),
        await world.telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 1_000 } }),
        await world.telephony.run({ requestId: 'app', ixn, uri: world.application, parameters: {} }),
        await world.telephony.stopPlay(ixn),
        await world.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 1_000, confirm: true }),
        await world.telephony.updateUserData(ixn, { a: 1 }),
        await world.telephony.hold(ixn),
        await world.telephony.retrieve(ixn),
        await world.telephony.release(ixn),
      ];
      for (const answer of answers) expect(answer).to.deep.include({ ok: false, code: 'gone' });
      expect([world.telephony.getUserData(ixn), world.telephony.call(ixn)]).to.deep.equal([undefined, undefined]);
      expect(world.telephony.calls()).to.deep.equal([]);
    });

    it('collects no digits where none are pressed, and lets nobody disturb that', async () => {
      const world = await open();
      const { telephony } = world;
      const ixn = await up(world);
      const digits = telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 3_000 } });
      const play = { requestId: 'play', ixn, prompt: { file: 'music.wav', loop: true } };
      expect(await telephony.play(play)).to.deep.include({ ok: false, code: 'treating' });
      await world.pass(3_000);
      expect(await digits).to.deep.equal({ ok: true, ended: 'timeout', digits: '' });
    });

    it('stops whatever the customer hears', async () => {
      const world = await open();
      const { telephony } = world;
      const ixn = await up(world);
      const treatments = [
        () => telephony.play({ requestId: 'play', ixn, prompt: { file: 'music.wav', loop: true } }),
        () => telephony.collect({ requestId: 'digits', ixn, prompts: [], input: { totalMs: 3_000 } }),
        () => telephony.run({ requestId: 'app', ixn, uri: world.application, parameters: {} }),
      ];
      for (const treatment of treatments) {
        const treated = treatment();
        await world.pass(1);
        expect(await telephony.stopPlay(ixn)).to.deep.equal({ ok: true });
        expect(await treated).to.deep.include({ ok: true, ended: 'stopped' });
      }
    });

    it('refuses an application that it cannot reach', async () => {
      const world = await open();
      const ixn = await up(world);
      const asked = world.telephony.run({ requestId: 'app', ixn, uri: 'http://no.such/application', parameters: {} });
      expect(await asked).to.deep.include({ ok: false, code: 'unreachable' });
    });

    it('plays nothing to a customer who talks to an agent', async () => {
      const world = await open();
      const { telephony } = world;
      const ixn = await up(world);
      await toAgent(world, ixn);
      const played = await telephony.play({ requestId: 'play', ixn, prompt: { file: 'a.wav' } });
      expect(played).to.deep.include({ ok: false, code: 'routed' });
    });

    it('holds a call once, plays and routes nothing meanwhile, and gives it back once', async () => {
      const world = await open();
      const { telephony } = world;
      const ixn = await up(world);
      const to = { kind: 'dn', value: world.dn } as const;
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
      const types = world.events.map(({ type }) => type);
      expect(types.filter((type) => type === 'held' || type === 'retrieved')).to.deep.equal(['held', 'retrieved']);
    });

    it('shows a call: who called whom, and who is in it', async () => {
      const world = await open();
      const ixn = await up(world);
      const call = world.telephony.call(ixn);
      expect(call).to.deep.include({ type: 'outbound', ani: '8999', dnis: world.numbers.human, held: false });
      expect(call?.parties.map(({ device, devicetype }) => [device, devicetype])).to.deep.equal([
        [world.numbers.human, 'unknown'],
        ['8999', 'routepoint'],
      ]);
    });

    it('says that a call has left its route point when an agent has it', async () => {
      const world = await open();
      const ixn = await up(world);
      await toAgent(world, ixn);
      const to = { kind: 'dn', value: world.dn } as const;
      expect(world.events.find(({ type }) => type === 'diverted')).to.deep.include({ ixn, from: '8999', to });
      const parties = world.telephony.call(ixn)?.parties;
      expect(parties?.at(-1)).to.deep.include({ device: world.dn, devicetype: 'agent' });
    });

    it('tells a phone of what is about no call, where somebody is logged in', async () => {
      const world = await open();
      const to = { kind: 'dn', value: world.dn } as const;
      const [userData, extensions] = [
        { a: 1, 'response-options': { accept: 'http://x' } },
        { 'invitation-timeout': '30' },
      ];
      expect(await world.telephony.userEvent(to, 'CallbackInvitationEvent', userData, extensions)).to.deep.equal({
        ok: true,
      });
      await world.pass(1_000);
      expect(world.told).to.deep.equal([{ name: 'CallbackInvitationEvent', userData, extensions }]);
      const nobody = await world.telephony.userEvent({ kind: 'dn', value: 'nobody' }, 'CallbackInvitationEvent', {});
      expect(nobody).to.deep.include({ ok: false, code: 'unreachable' });
      const number = await world.telephony.userEvent({ kind: 'number', value: world.numbers.human }, 'Hello', {});
      expect(number).to.deep.include({ ok: false, code: 'bad-argument' });
    });

    it('puts a phone aside where somebody is logged in', async () => {
      const world = await open();
      const [to, why] = [{ kind: 'dn', value: world.dn } as const, { extensions: { ReasonCode: '999' } }];
      expect(await world.telephony.notReady(to, why)).to.deep.equal({ ok: true });
      expect(await world.telephony.notReady(to)).to.deep.equal({ ok: true });
      const nobody = await world.telephony.notReady({ kind: 'dn', value: 'nobody' }, why);
      expect(nobody).to.deep.include({ ok: false, code: 'unreachable' });
      const number = await world.telephony.notReady({ kind: 'number', value: world.numbers.human });
      expect(number).to.deep.include({ ok: false, code: 'bad-argument' });
    });

    it('releases every call when it stops', async () => {
      const world = await open();
      await up(world);
      void world.telephony.createCall(toDial({ to: { kind: 'number', value: world.numbers.silentPhone } }));
      await world.telephony.stop();
      expectWellFormed(world.events);
    });
  });
}
