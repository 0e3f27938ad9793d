/** What every telephony adapter must hold of what a customer is played, by what a prompt asks for; else as `voice.ts`. */
import { expect } from 'chai';
import type { CreateCallRequest, InteractionId, PlayResult, Prompt } from '../../server/voice/port.js';
import { expectWellFormed } from './voice.js';
import { toAgent, toDial, up, type OpenWorld, type World } from './voice-world.js';

const MUSIC: Prompt = { file: 'music.wav', loop: true };
const LONG_MS = 60_000;

/** A prompt that is being played, and what came of it so far. */
const playing = ({ telephony }: World, ixn: InteractionId, prompt: Prompt) => {
  const heard: { ended?: PlayResult } = {};
  const work = telephony.play({ requestId: `play ${ixn} ${prompt.file}`, ixn, prompt }).then((result) => {
    heard.ended = result;
    return result;
  });
  return { heard, work };
};

const STEP_MS = 100;

/** How long it takes, in milliseconds; at most `LONG_MS`. */
const until = async (world: World, isSo: () => boolean): Promise<number> => {
  let waited = 0;
  for (; !isSo() && waited < LONG_MS; waited += STEP_MS) await world.pass(STEP_MS);
  return waited;
};

/** As soon as somebody has answered. */
const just = async (
  world: World,
  who: 'hasty' | 'machine',
  more: Partial<CreateCallRequest>,
): Promise<InteractionId> => {
  const dialled = world.telephony.createCall(toDial({ to: { kind: 'number', value: world.numbers[who] }, ...more }));
  let call: InteractionId | undefined;
  void dialled.then((result) => (call = result.connected ? result.ixn : undefined));
  await until(world, () => call !== undefined);
  if (call === undefined) throw new Error(`the ${who} is not connected`);
  return call;
};

const done = { ok: true, ended: 'done' };
const stopped = { ok: true, ended: 'stopped' };

export function promptsContract(name: string, open: OpenWorld): void {
  describe(`telephony contract, prompts: ${name}`, () => {
    const says: readonly Prompt[] = [
      { file: 'welcome.wav' },
      { file: 'text:Good morning', language: 'en-US' },
      { file: 'number:42', language: 'de-DE' },
      { file: 'welcome.wav', interrupt: true },
      { file: 'welcome.wav', startOnBeep: true },
    ];
    for (const prompt of says)
      it(`plays to the end, once: ${JSON.stringify(prompt)}`, async () => {
        const world = await open();
        const { work, heard } = playing(world, await up(world), prompt);
        expect(heard.ended).to.equal(undefined);
        await world.pass(LONG_MS);
        expect(await work).to.deep.equal(done);
        expect(world.events.some(({ type }) => type === 'beep')).to.equal(false);
      });

    it('goes on with what is looped until something else is played', async () => {
      const world = await open();
      const ixn = await up(world);
      const music = playing(world, ixn, MUSIC);
      await world.pass(LONG_MS);
      expect(music.heard.ended).to.equal(undefined);
      const more = playing(world, ixn, { file: 'welcome.wav' });
      expect(await music.work).to.deep.equal(stopped);
      await world.pass(LONG_MS);
      expect(await more.work).to.deep.equal(done);
    });

    it('stops it when an agent answers, and not before', async () => {
      const world = await open();
      const ixn = await up(world);
      const music = playing(world, ixn, MUSIC);
      await world.pass(1_000);
      expect(music.heard.ended).to.equal(undefined);
      expect(await toAgent(world, ixn)).to.deep.include({ ok: true });
      expect(await music.work).to.deep.equal(stopped);
    });

    it('answers gone when the customer hangs up meanwhile', async () => {
      const world = await open();
      const call = await just(world, 'hasty', { cpd: { timeGuardMs: 1, keepOnMachine: false } });
      const music = playing(world, call, MUSIC);
      await world.pass(LONG_MS);
      expect(await music.work).to.deep.include({ ok: false, code: 'gone' });
      expectWellFormed(world.events);
    });

    it('has an answering machine hear a whole message after its beep', async () => {
      const world = await open();
      const prompt = { file: 'message.wav', startOnBeep: true };
      const begun = playing(world, await up(world), prompt);
      const lasts = await until(world, () => begun.heard.ended !== undefined);
      const ixn = await just(world, 'machine', { cpd: { timeGuardMs: 15_000, keepOnMachine: true } });
      const beeped = (): boolean => world.events.some((event) => event.type === 'beep' && event.ixn === ixn);
      expect(beeped()).to.equal(false);
      const message = playing(world, ixn, prompt);
      await until(world, beeped);
      expect(await until(world, () => message.heard.ended !== undefined)).to.be.at.least(lasts - STEP_MS);
      expect(await message.work).to.deep.equal(done);
    });

    it('takes keys that are pressed during a prompt that may be interrupted, without waiting for its end', async () => {
      const world = await open();
      const prompts = [{ file: 'menu.wav', interrupt: true }];
      const input = { term: '#', totalMs: 10_000 };
      const work = world.telephony.collect({ requestId: 'keys', ixn: await up(world, 'keys'), prompts, input });
      await world.pass(LONG_MS);
      expect(await work).to.deep.equal({ ok: true, ended: 'term', digits: '12' });
    });
  });
}
