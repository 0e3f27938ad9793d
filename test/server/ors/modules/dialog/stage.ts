/** A session with a call in the simulated network, on a virtual clock, and the dialog module on it: what its tests share. */
import { expect } from 'chai';
import type { ModuleChild, ModuleEffect } from '../../../../../engine/effect.js';
import { virtualClock } from '../../../../../server/clock/virtual.js';
import { dialogModule, dialogTable } from '../../../../../server/ors/modules/dialog.js';
import { request } from '../../../voice/scene.js';
import type { TelephonyPort } from '../../../../../server/voice/port.js';
import type { Press } from '../../../../../server/voice/simulated/behaviour.js';
import { Desktop } from '../../../../../server/voice/simulated/desktop.js';
import { simulatedTelephony } from '../../../../../server/voice/simulated/network.js';
import { interactionsOf, perform, sessionOf, type Attributes, type Session } from '../bench.js';
import { holdToTable } from '../fields.js';

export const element = (name: string, attributes: Attributes = {}, children: ModuleChild[] = []): ModuleChild => ({
  name,
  attributes,
  children,
});
export const prompts = (files: readonly string[], type?: string): ModuleChild =>
  element(
    'prompts',
    { ...(type !== undefined && { type }) },
    files.map((file) => element('prompt', { file })),
  );
export const input = (attributes: Attributes): ModuleChild => element('input', attributes);

/** Digits as most documents ask for them. */
export const four = input({ max_digits: 4, term_digits: '#', abort_digits: '*', total_timeout: '20' });
const pin = input({ max_digits: 4, verify_digits: '1234', total_timeout: 20, retries: 1 });
export const verification = [
  prompts(['pin.wav']),
  prompts(['again.wav'], 'iretry'),
  prompts(['right.wav'], 'isuccess'),
  prompts(['wrong.wav'], 'ifailure'),
  prompts(['late.wav'], 'itimeout'),
  pin,
];

export const APP = 'http://vxml/menu';
const result = { treatment_result: { action: 'route_to_agent', message: 'OK' } };

export type More = Partial<ModuleEffect>;

/** Treatments as they should be, one of each kind that needs a call and nothing inside of it. */
export const wellFormed: readonly (readonly [name: string, Attributes, More])[] = [
  ['play', {}, { children: [prompts(['a.wav', 'b.wav'])] }],
  ['playsound', { resource: 'a.wav' }, {}],
  ['collect', {}, { children: [four] }],
  ['playandcollect', {}, { children: [prompts(['a.wav']), four] }],
  ['playandverify', {}, { children: verification }],
  ['start', { type: 'applid' }, { params: { APP_URI: APP } }],
  ['remote', { destination: '8500' }, {}],
];

export const openStage = async (presses: readonly Press[] = []) => {
  const clock = virtualClock();
  const desktop = new Desktop(clock, {}, () => undefined);
  desktop.set('Ready');
  const telephony = simulatedTelephony({
    clock,
    seed: 'stage',
    customers: [{ does: { kind: 'human', presses } }],
    phones: new Map([['7001', desktop]]),
    applications: { [APP]: { lastsMs: 8_000, result }, '8500': { lastsMs: 4_000 } },
  });
  await telephony.start(() => undefined);
  const dialled = telephony.createCall(request({ ringTimeoutMs: 20_000 }));
  await clock.advance(10_000);
  const call = await dialled;
  if (!call.connected) throw new Error('the call is not up');
  const { ixn } = call;
  const began = clock.now();
  /** `<seconds> <file>` of what was played, and `keys`, `run <uri>`, `stop`. */
  const heard: string[] = [];
  const tell = (what: string): void => void heard.push(`${(clock.now() - began) / 1000} ${what}`);
  const voice: TelephonyPort = {
    ...telephony,
    play(asked) {
      tell(`${asked.prompt.file}${asked.prompt.loop ? ' again and again' : ''}`);
      return telephony.play(asked);
    },
    collect(asked) {
      tell(['keys', ...asked.prompts.map(({ file }) => file)].join(' '));
      return telephony.collect(asked);
    },
    run(asked) {
      tell(`run ${asked.uri}`);
      return telephony.run(asked);
    },
    stopPlay(id) {
      tell('stop');
      return telephony.stopPlay(id);
    },
  };
  const session = sessionOf();
  const interactions = interactionsOf(session);
  interactions.add(ixn, '5551000', 'S');
  session.heard.length = 0;
  const module = dialogModule({ voice, interactions, clock });
  let actions = 0;

  return {
    clock,
    session,
    module,
    interactions,
    telephony,
    ixn,
    heard,
    /** Begins an action, each with a key of its own. */
    begin(name: string, attributes: Attributes = {}, more: Partial<ModuleEffect> = {}, on: Session = session) {
      actions += 1;
      const context = { ...on.context, key: on.context.again ? 'S/1/0' : `S/1/${actions - 1}`, since: clock.now() };
      return perform(module, name, { ...on, context }, { interactionid: ixn, ...attributes }, more);
    },
    /** Lets time pass, and answers what the session has heard, which is as the table says. */
    async after(ms: number) {
      await clock.advance(ms);
      holdToTable(dialogTable, session.heard);
      return session.heard.map(([name, data]) => {
        const { requestid, interactionid, description, ...rest } = data as Record<string, unknown>;
        expect(requestid).to.equal('r');
        if (interactionid !== undefined) expect(interactionid).to.equal(ixn);
        if (name.startsWith('error.')) expect(description).to.be.a('string');
        return [name, rest];
      });
    },
  };
};
