/**
 * The elements of the dialog module as the engine reads them: the treatments, each as an action of its own and as a child of
 * `<dialog:runtreatments>`. `read.ts` makes treatments of them.
 */
import type { ModuleAction, ModuleElement } from '../../../../engine/modules.js';

/** `type`: ann (default), tts, MSG_...; for verification also iretry, ifailure, isuccess, itimeout. A prompt is of one kind. */
const prompts: ModuleElement = {
  attributes: { type: 'literal' },
  children: {
    prompt: {
      attributes: {
        interrupt: 'value',
        intid: 'value',
        number: 'value',
        userannid: 'value',
        text: 'value',
        file: 'value',
      },
    },
  },
};

/** Keys as text, times in seconds. `verify_digits` and `retries` are for verification. */
const input: ModuleElement = {
  attributes: {
    max_digits: 'value',
    abort_digits: 'value',
    term_digits: 'value',
    ignore_digits: 'value',
    backspace_digits: 'value',
    reset_digits: 'value',
    start_timeout: 'value',
    digit_timeout: 'value',
    total_timeout: 'value',
    verify_digits: 'value',
    retries: 'value',
  },
};

const spoken = { interactionid: 'value', language: 'value' } as const;

export const treatmentActions = {
  play: { attributes: spoken, required: ['interactionid'], children: { prompts } },
  /**
   * `type` `'music'` goes on until something else happens to the call, and so do the tones `'ringback'`, `'busy'`, `'fastbusy'`
   * and `'silence'`, which need no `resource`; any other type plays `resource` once. `duration` in seconds ends either.
   * `hints`: `am-beep-detection` "on" waits for the beep of an answering machine (the guide).
   */
  playsound: {
    attributes: { interactionid: 'value', type: 'value', resource: 'value', duration: 'value', hints: 'value' },
    required: ['interactionid'],
  },
  collect: { attributes: spoken, required: ['interactionid'], children: { input } },
  playandcollect: { attributes: spoken, required: ['interactionid'], children: { prompts, input } },
  playandverify: { attributes: spoken, required: ['interactionid'], children: { prompts, input } },
  /** `type="'applid'"`, the application in the parameter APP_URI (or APP_ID). `timeout` in seconds is ours. */
  start: {
    attributes: { interactionid: 'value', type: 'value', device: 'value', timeout: 'value' },
    required: ['interactionid', 'type'],
    params: true,
  },
  /** `destination` treats the call and gives it back; `default` does, where that is not reached. */
  remote: {
    attributes: { interactionid: 'value', destination: 'value', default: 'value' },
    required: ['interactionid', 'destination'],
  },
  /** `duration` in seconds. Needs no interaction. */
  pause: { attributes: { interactionid: 'value', duration: 'value' }, required: ['duration'] },
} as const satisfies Record<string, ModuleAction>;

export type TreatmentName = keyof typeof treatmentActions;

const param: ModuleElement = { attributes: { name: 'literal', expr: 'value' } };

/** The children of `<dialog:runtreatments>`, wherever that stands. */
export const treatmentElements: Readonly<Record<string, ModuleElement>> = Object.fromEntries(
  Object.entries<ModuleAction>(treatmentActions).map(([name, { attributes, children, params }]) => [
    name,
    { attributes, children: { ...children, ...(params && { param }) } },
  ]),
);

export const isTreatment = (name: string): name is TreatmentName => Object.hasOwn(treatmentActions, name);
