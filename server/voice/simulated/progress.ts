/**
 * What a call to a party comes to, worked out before it is dialled: a pure function. `call.ts` lets it happen in time.
 * Sources: the guide's call states of the on-dial plugin, busy tone and fax detection, `_call_timeguard_timeout`; what a SIP trunk
 * answers where there is no human (Q.850 and RFC 3398 have the same causes).
 */
import { CallState, type Cause, type CpdOptions } from '../port.js';
import { TIMES, type Failure, type Party, type Tone } from './behaviour.js';

type Answering = Exclude<Party, { kind: Refused['kind'] | 'noAnswer' }>;
type Refused = Extract<Party, { kind: 'busy' | 'unreachable' | 'fails' }>;

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

const why: Readonly<Record<Failure, Cause & { readonly by?: 'remote' }>> = {
  Busy: { sip: 486, text: 'the number is busy', by: 'remote' },
  SitInvalidNum: { sip: 404, text: 'the number does not exist' },
  SitVacant: { sip: 410, text: 'the number is not in use' },
  SitIntercept: { sip: 502, text: 'the number has changed' },
  SitUnknown: { sip: 480, text: 'an announcement says that the call cannot be completed' },
  SitNoCircuit: { sip: 503, text: 'no circuit to the number is free' },
  SitReorder: { sip: 503, text: 'the call could not be put through' },
  GeneralError: { sip: 500, text: 'the network refused the call' },
  SystemError: { sip: 500, text: 'the network failed' },
  RemoteRelease: { sip: 603, text: 'the call was declined', by: 'remote' },
  NoAnswer: { sip: 480, text: 'the network says that nobody answers' },
  AllTrunksBusy: { sip: 503, text: 'all trunks are busy' },
  QueueFull: { sip: 486, text: 'the queue at the number is full' },
  Cleared: { sip: 487, text: 'the call was cleared' },
  Overflowed: { sip: 503, text: 'the network is overloaded' },
  Dropped: { sip: 500, text: 'the call was dropped' },
  DroppedNoAnswer: { sip: 500, text: 'the call was dropped before an answer' },
  Unknown: { text: 'the network says nothing about the call' },
};

const failed = (state: Failure): Outcome => {
  const { by = 'failure', ...cause } = why[state];
  return { connected: false, state: CallState[state], cause, by };
};

/** It was answered: we hang up. */
const toneHeard = (tone: Tone): Outcome => ({
  connected: false,
  state: CallState[tone],
  cause: { text: why[tone].text },
  by: 'local',
});

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
  if (isRefused(party)) {
    const never = { answerMs: undefined, found: undefined };
    const { resultMs, outcome } = refusal(party, ringTimeoutMs);
    return { ...never, rings: false, resultMs, outcome };
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

const isRefused = (party: Party): party is Refused => ['busy', 'unreachable', 'fails'].includes(party.kind);

function refusal(party: Refused, ringTimeoutMs: number): Pick<Progress, 'resultMs' | 'outcome'> {
  if (party.kind !== 'fails')
    return { resultMs: TIMES.refuseMs, outcome: failed(party.kind === 'busy' ? 'Busy' : 'SitInvalidNum') };
  const { state, afterMs = TIMES.refuseMs } = party;
  return afterMs > ringTimeoutMs
    ? { resultMs: ringTimeoutMs, outcome: unanswered }
    : { resultMs: afterMs, outcome: failed(state) };
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
  const found = party.kind === 'tone' ? party.tone : party.kind;
  return { found, resultMs: answerMs + decideMs, outcome: detected(party, cpd) };
}

function detected(party: Answering, cpd: CpdOptions): Outcome {
  const { kind } = party;
  if (kind === 'tone') return toneHeard(party.tone);
  if (kind === 'human') return { connected: true, state: CallState.Ok };
  if (kind === 'silence') return { connected: true, state: CallState.SilDetected };
  if (kind === 'fax') return dropped.fax;
  return cpd.keepOnMachine ? { connected: true, state: CallState.AnsweringMachineDetected } : dropped.machine;
}
