/**
 * What a call to a party comes to, worked out before it is dialled: a pure function. `call.ts` lets it happen in time.
 * Sources: the guide's call states of the on-dial plugin, busy tone and fax detection, `_call_timeguard_timeout`.
 */
import { CallState, type Cause, type CpdOptions } from '../port.js';
import { TIMES, type Party } from './behaviour.js';

type Answering = Exclude<Party, { kind: 'busy' | 'unreachable' | 'noAnswer' }>;

/** Milliseconds from dialling. */
export interface Progress {
  readonly rings: boolean;
  /** undefined: nobody answers. */
  readonly answerMs: number | undefined;
  readonly resultMs: number;
  /** What detection found; undefined without an answer or without detection. */
  readonly found: string | undefined;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly connected: true; readonly state: 0 | 8 | 9 }
  | {
      readonly connected: false;
      readonly state: CallState;
      readonly cause: Cause;
      readonly by: 'local' | 'remote' | 'failure';
    };

const refused = {
  busy: { connected: false, state: CallState.Busy, cause: { sip: 486, text: 'the number is busy' }, by: 'remote' },
  unreachable: {
    connected: false,
    state: CallState.SitInvalidNum,
    cause: { sip: 404, text: 'the number does not exist' },
    by: 'failure',
  },
} as const satisfies Record<string, Outcome>;

const unanswered: Outcome = {
  connected: false,
  state: CallState.NoAnswer,
  cause: { sip: 487, text: 'nobody answered in time' },
  by: 'local',
};

const dropped = {
  machine: {
    connected: false,
    state: CallState.AnsweringMachineDetected,
    cause: { text: 'an answering machine was detected' },
    by: 'local',
  },
  fax: { connected: false, state: CallState.FaxDetected, cause: { text: 'a fax machine was detected' }, by: 'local' },
} as const satisfies Record<string, Outcome>;

export function progressOf(party: Party, ringTimeoutMs: number, cpd: CpdOptions | undefined): Progress {
  if (party.kind === 'busy' || party.kind === 'unreachable') {
    const never = { answerMs: undefined, found: undefined };
    return { ...never, rings: false, resultMs: TIMES.refuseMs, outcome: refused[party.kind] };
  }
  const answerMs = party.kind === 'noAnswer' ? Infinity : (party.answerMs ?? TIMES.answerMs);
  if (party.kind === 'noAnswer' || answerMs > ringTimeoutMs) {
    return { rings: true, answerMs: undefined, found: undefined, resultMs: ringTimeoutMs, outcome: unanswered };
  }
  if (!cpd) {
    const outcome: Outcome = { connected: true, state: CallState.Ok };
    return { rings: true, answerMs, found: undefined, resultMs: answerMs, outcome };
  }
  return { rings: true, answerMs, ...detection(party, answerMs, cpd) };
}

function detection(
  party: Answering,
  answerMs: number,
  cpd: CpdOptions,
): Pick<Progress, 'found' | 'resultMs' | 'outcome'> {
  const decideMs = party.decideMs ?? TIMES.decideMs[party.kind];
  if (decideMs > cpd.timeGuardMs) {
    const outcome: Outcome = { connected: true, state: CallState.Ok };
    return { found: 'time guard', resultMs: answerMs + cpd.timeGuardMs, outcome };
  }
  return { found: party.kind, resultMs: answerMs + decideMs, outcome: detected(party.kind, cpd) };
}

function detected(kind: Answering['kind'], cpd: CpdOptions): Outcome {
  if (kind === 'human') return { connected: true, state: CallState.Ok };
  if (kind === 'silence') return { connected: true, state: CallState.SilDetected };
  if (kind === 'fax') return dropped.fax;
  return cpd.keepOnMachine ? { connected: true, state: CallState.AnsweringMachineDetected } : dropped.machine;
}
