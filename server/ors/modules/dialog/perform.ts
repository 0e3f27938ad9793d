/**
 * Lets the customer of a call hear a treatment, and says how that ended. `read.ts` has the treatments, `run.ts` begins and stops them.
 *
 * 1. What was done before is asked for with the same ids, and with what is left of its time.
 * 2. What only fills time is done when it is stopped; what should bring a result is an error then: `cancelled`.
 * 3. Left alone (its session is over), a treatment begins nothing more. A prompt that plays goes on with its call.
 */
import { toData } from '../../../../engine/datamodel/data.js';
import type { Data } from '../../../../engine/event.js';
import type { Clock } from '../../../clock.js';
import type { CollectResult, InteractionId, PlayResult, Prompt, Refusal, TelephonyPort } from '../../../voice/port.js';
import type { Treatment } from './read.js';

export interface Stage {
  readonly voice: TelephonyPort;
  readonly clock: Clock;
  readonly ixn: InteractionId;
  /** The effect key. */
  readonly key: string;
  /** When it was to begin, in milliseconds since the epoch. */
  readonly since: number;
  /** Aborted when it was stopped, or its session is over. */
  readonly signal: AbortSignal;
}

type Fields = Readonly<Record<string, Data>>;

/** `data`: fields of the done event, or further ones of the error event. */
export type Outcome =
  | { readonly ok: true; readonly data: Fields }
  | { readonly ok: false; readonly error: string; readonly description: string; readonly data?: Fields };

export const performTreatment = (treatment: Treatment, stage: Stage): Promise<Outcome> =>
  (performers[treatment.kind] as (treatment: Treatment, stage: Stage) => Promise<Outcome>)(treatment, stage);

/** ORS interface, error.dialog.start, for all treatments. */
const errorOf: Readonly<Record<Refusal['code'], string>> = {
  gone: 'invalidstate.null',
  'not-connected': 'invalidstate.null',
  held: 'invalidstate.hold',
  'not-held': 'unknown',
  treating: 'invalidstate.treating',
  routed: 'invalidstate.routed',
  'no-answer': 'remote',
  busy: 'remote',
  rejected: 'remote',
  unreachable: 'remote',
  'bad-argument': 'invalidattribute',
};

export const refused = ({ code, text }: Refusal): Outcome => ({ ok: false, error: errorOf[code], description: text });
const done = (data: Fields = {}): Outcome => ({ ok: true, data });
const cancelled = {
  ok: false,
  error: 'cancelled',
  description: 'the treatment was stopped',
} as const satisfies Outcome;
const stopped: PlayResult = { ok: true, ended: 'stopped' };

const performers: {
  readonly [Kind in Treatment['kind']]: (
    treatment: Extract<Treatment, { kind: Kind }>,
    stage: Stage,
  ) => Promise<Outcome>;
} = {
  async prompts({ prompts, durationMs }, stage) {
    const { result } = await limited(hear(prompts, stage), durationMs, stage);
    return result.ok ? done() : refused(result);
  },

  async input({ prompts, input }, stage) {
    const { voice, ixn, key } = stage;
    return collected(await stoppable(voice.collect({ requestId: key, ixn, prompts, input }), stage));
  },

  /** Asks until the digits are the expected ones; the prompts of each round say how the one before went. */
  async verification({ input, expected, retries, ...said }, stage) {
    const { voice, ixn, key } = stage;
    let { prompts } = said;
    for (let round = 0; ; round += 1) {
      const asked = voice.collect({ requestId: `${key}/input/${round}`, ixn, prompts, input });
      const result = await stoppable(asked, stage);
      const is = verdict(result, expected);
      if (is === 'open' || (is !== 'right' && round >= retries)) return verified(result, false, said.failure, stage);
      if (is === 'right') return verified(result, true, said.success, stage);
      prompts = is === 'late' && said.timeout.length > 0 ? said.timeout : said.retry;
    }
  },

  async application({ uri, device, parameters, timeoutMs }, stage) {
    const { voice, ixn, key } = stage;
    const run = voice.run({ requestId: key, ixn, uri, parameters, ...(device !== undefined && { device }) });
    const { result, late } = await limited(stoppable(run, stage), timeoutMs, stage);
    if (!result.ok) return refused(result);
    if (result.ended === 'done') return done({ extensions: toData(result.result) ?? {} });
    if (!late) return cancelled;
    return { ok: false, error: 'timeout', description: `${uri} did not end in time` };
  },

  async remote({ destinations }, stage) {
    const { voice, ixn, key } = stage;
    let outcome: Outcome = cancelled;
    for (const [at, destination] of destinations.entries()) {
      const run = voice.run({ requestId: `${key}/${at}`, ixn, uri: destination, parameters: {} });
      const result = await stoppable(run, stage);
      if (result.ok) return result.ended === 'done' ? done({ destination }) : cancelled;
      outcome = refused(result);
      if (result.code !== 'unreachable') break;
    }
    return outcome;
  },

  async pause({ durationMs }, stage) {
    await pause(stage, left(durationMs, stage));
    return done();
  },
};

/** 1 */
const left = (ms: number, { clock, since }: Stage): number => Math.max(0, since + ms - clock.now());

/** The prompts in turn; 1, 3. */
const hear = async (prompts: readonly Prompt[], stage: Stage, key = stage.key): Promise<PlayResult> => {
  const { voice, ixn, signal } = stage;
  for (const [at, prompt] of prompts.entries()) {
    if (signal.aborted) return stopped;
    const result = await voice.play({ requestId: at === 0 ? key : `${key}/${at}`, ixn, prompt });
    if (!result.ok || result.ended === 'stopped') return result;
  }
  return { ok: true, ended: 'done' };
};

/** Stopped when its time is over. Rejects only where the adapter breaks: what was stopped has ended. */
const limited = async <T>(
  work: Promise<T>,
  ms: number | undefined,
  stage: Stage,
): Promise<{ readonly result: T; readonly late: boolean }> => {
  if (ms === undefined) return { result: await work, late: false };
  const { voice, clock, ixn } = stage;
  let late = false;
  let timer: unknown;
  const stopping = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(
      () => {
        late = true;
        voice.stopPlay(ixn).catch(reject);
      },
      left(ms, stage),
    );
  });
  try {
    return { result: await Promise.race([work, stopping]), late };
  } finally {
    clock.clearTimeout(timer);
  }
};

/** What is not to be waited for any more is taken from the call, which may be somebody else's next. */
const stoppable = async <T>(work: Promise<T>, { voice, ixn, signal }: Stage): Promise<T> => {
  let stop: () => void = () => undefined;
  const stopping = new Promise<never>((_, reject) => {
    stop = () => {
      voice.stopPlay(ixn).catch(reject);
    };
  });
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work, stopping]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

const reasons = { max: 'max_digits', term: 'term_digits', abort: 'abort_digits' } as const;

const collected = (result: CollectResult): Outcome => {
  if (!result.ok) return refused(result);
  const { ended, digits } = result;
  if (ended === 'stopped') return cancelled;
  if (ended !== 'timeout') return done({ digits, reason: reasons[ended] });
  return { ok: false, error: 'timeout', description: 'the input did not end in time', data: { digits } };
};

/** `open`: it was not the customer's to decide, or not wanted. */
const verdict = (result: CollectResult, expected: string): 'right' | 'wrong' | 'late' | 'open' => {
  if (!result.ok || result.ended === 'stopped' || result.ended === 'abort') return 'open';
  if (result.ended === 'timeout') return 'late';
  return result.digits === expected ? 'right' : 'wrong';
};

const verified = async (
  result: CollectResult,
  isExpected: boolean,
  prompts: readonly Prompt[],
  stage: Stage,
): Promise<Outcome> => {
  const outcome = collected(result);
  if (outcome.ok || outcome.error === 'timeout') await hear(prompts, stage, `${stage.key}/outcome`);
  return outcome.ok ? done({ ...outcome.data, verified: isExpected }) : outcome;
};

const pause = ({ clock, signal }: Stage, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
