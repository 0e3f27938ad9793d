/** Counts as the port wants them: with a zero for what there is none of. */
import type { SessionStatus } from '../host/port.js';
import { callbackStates, type CallbackState, type StoreCounts } from './port.js';

type Tally<K> = readonly (readonly [name: K, count: number])[];

export const countsOf = (
  counted: Pick<StoreCounts, 'outbox' | 'dead'> & {
    readonly sessions: Tally<SessionStatus>;
    readonly callbacks: Tally<CallbackState>;
  },
): StoreCounts => ({
  ...counted,
  sessions: { active: 0, done: 0, error: 0, ...Object.fromEntries(counted.sessions) },
  callbacks: {
    ...(Object.fromEntries(callbackStates.map((state) => [state, 0])) as Record<CallbackState, number>),
    ...Object.fromEntries(counted.callbacks),
  },
});
