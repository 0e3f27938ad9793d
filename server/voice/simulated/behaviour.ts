/**
 * What the called parties of the simulated network do, as data that a JSON file can hold. `progress.ts` says what a
 * call to them comes to, `call.ts` plays it. All times are milliseconds.
 */
export type Behaviour =
  | Human
  | Machine
  /** Answers and sends its tone, or nothing. `decideMs`: how long detection takes. */
  | { readonly kind: 'fax' | 'silence'; readonly answerMs?: number; readonly decideMs?: number }
  | { readonly kind: 'noAnswer' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unreachable' }
  /** Another one at each attempt, by chance: the seed, the number and the attempt decide. */
  | { readonly kind: 'random'; readonly of: readonly { readonly weight: number; readonly does: Behaviour }[] };

/** A behaviour without chance. */
export type Party = Exclude<Behaviour, { kind: 'random' }>;

interface Human {
  readonly kind: 'human';
  /** Rings this long. */
  readonly answerMs?: number;
  readonly decideMs?: number;
  /** Hangs up this long after answering, if no agent is there by then. Default: waits for ever. */
  readonly patienceMs?: number;
  /** Hangs up this long after the agent has answered. */
  readonly talkMs?: number;
  /** The keys pressed when keys are asked for, time after time; then none. */
  readonly presses?: readonly Press[];
}

export interface Press {
  /** From the first moment at which a key counts. */
  readonly afterMs?: number;
  readonly digits: string;
}

interface Machine {
  readonly kind: 'machine';
  readonly answerMs?: number;
  readonly decideMs?: number;
  /** Its greeting, from the answer on; then it beeps. */
  readonly greetingMs?: number;
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
  decideMs: { human: 1_540, machine: 2_860, fax: 1_100, silence: 2_500 },
} as const;
