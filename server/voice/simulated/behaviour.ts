/**
 * What the called parties of the simulated network do, as data that a JSON file can hold. `progress.ts` says what a
 * call to them comes to, `call.ts` plays it. All times are milliseconds.
 */
export type Behaviour =
  | PartyOf<Span>
  /** Another one at each attempt, by chance: the seed, the number and the attempt decide. */
  | { readonly kind: 'random'; readonly of: readonly { readonly weight: number; readonly does: Behaviour }[] };

/** A behaviour without chance: `draw.ts` makes it of the other. */
export type Party = PartyOf<number>;

type PartyOf<T> =
  | Human<T>
  | Machine<T>
  /** Answers and sends its tone, or nothing. `decideMs`: how long detection takes. */
  | { readonly kind: 'fax' | 'silence'; readonly answerMs?: T; readonly decideMs?: T }
  /** Is answered with a tone, or a voice, that says why there is nobody. Without detection it is an answer as any other. */
  | { readonly kind: 'tone'; readonly tone: Tone; readonly answerMs?: T; readonly decideMs?: T }
  /** The network does not put the call through. */
  | { readonly kind: 'fails'; readonly state: Failure; readonly afterMs?: T }
  | { readonly kind: 'noAnswer' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unreachable' };

/** By name in `CallState`. */
export type Tone = 'Busy' | (typeof SIT)[number];
export type Failure = Tone | (typeof FAILURES)[number];

/** Special information tones. */
export const SIT = ['SitInvalidNum', 'SitVacant', 'SitIntercept', 'SitUnknown', 'SitNoCircuit', 'SitReorder'] as const;
export const FAILURES = [
  'GeneralError',
  'SystemError',
  'RemoteRelease',
  'NoAnswer',
  'AllTrunksBusy',
  'QueueFull',
  'Cleared',
  'Overflowed',
  'Dropped',
  'DroppedNoAnswer',
  'Unknown',
] as const;

/**
 * A time that is always the same, or one that is drawn: evenly from the first to the second; exponentially, as the time until
 * something happens that may happen at any moment, not above `most`; or around a median, as talks and patience are: two thirds of
 * all are between `median / spread` and `median * spread`.
 */
export type Span =
  | number
  | { readonly between: readonly [from: number, to: number] }
  | { readonly mean: number; readonly most?: number }
  | { readonly median: number; readonly spread: number; readonly most?: number };

interface Human<T> {
  readonly kind: 'human';
  /** Rings this long. */
  readonly answerMs?: T;
  readonly decideMs?: T;
  /** Hangs up this long after answering, if no agent is there by then. Default: waits for ever. */
  readonly patienceMs?: T;
  /** Of a hundred so many lose their patience; the others wait for ever. Default: all who have one. */
  readonly impatient?: number;
  /** Hangs up this long after the agent has answered. */
  readonly talkMs?: T;
  /** The keys pressed when keys are asked for, time after time; then none. */
  readonly presses?: readonly Press[];
}

export interface Press {
  /** From the first moment at which a key counts. */
  readonly afterMs?: number;
  readonly digits: string;
}

interface Machine<T> {
  readonly kind: 'machine';
  readonly answerMs?: T;
  readonly decideMs?: T;
  /** Its greeting, from the answer on; then it beeps. */
  readonly greetingMs?: T;
  readonly beep?: boolean;
}

/** A rule for the numbers that it names; one that names none is for all. A list: one for each attempt, the last stays. */
export interface CustomerRule {
  readonly number?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly does: Behaviour | readonly Behaviour[];
}

/** Where a behaviour says nothing. Detection times are what a cadence detector took on recorded speech and tones. */
export const TIMES = {
  answerMs: 6_000,
  talkMs: 60_000,
  greetingMs: 6_000,
  refuseMs: 300,
  reactMs: 1_000,
  keyMs: 200,
  decideMs: { human: 1_540, machine: 2_860, fax: 1_100, silence: 2_500, tone: 1_500 },
} as const;
