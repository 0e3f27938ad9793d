/** How things stand when somebody asks for metrics: what is looked up, and the gauge that each of it becomes (`metrics.ts`). */
import type { StoreCounts } from '../store/port.js';

export interface Standing {
  readonly now: number;
  readonly counts: StoreCounts;
  /** Sessions in memory. */
  readonly residents: number;
  /** Entries of the outbox that have begun and are not over. */
  readonly flying: number;
  readonly sandboxes: { readonly open: number; readonly broken: number };
}

interface Row {
  readonly name: string;
  readonly help: string;
  /** Of the values below; without one there is one value, of any name. */
  readonly label?: string;
  readonly read: (standing: Standing) => readonly (readonly [value: string, count: number])[];
}

const single = (name: string, help: string, read: (standing: Standing) => number): Row => ({
  name,
  help,
  read: (standing) => [['', read(standing)]],
});

export const standings: readonly Row[] = [
  {
    name: 'ringback_sessions',
    help: 'Sessions: active in memory, active on disk only, done, ended by an error',
    label: 'state',
    read: ({ counts: { sessions }, residents }) => [
      ['memory', Math.min(residents, sessions.active)],
      ['disk', Math.max(0, sessions.active - residents)],
      ['done', sessions.done],
      ['error', sessions.error],
    ],
  },
  {
    name: 'ringback_callbacks',
    help: 'Callback records by their state',
    label: 'state',
    read: ({ counts }) => Object.entries(counts.callbacks),
  },
  single('ringback_timers_waiting', 'What waits for its time', ({ counts }) => counts.outbox.waiting),
  single('ringback_outbox_due', 'What is to be done now, or is being done', ({ counts }) => counts.outbox.due),
  single('ringback_outbox_performing', 'What is being done', ({ flying }) => flying),
  single(
    'ringback_outbox_oldest_seconds',
    'Age of the oldest of what is to be done now',
    ({ counts, now }) => Math.max(0, now - (counts.outbox.oldest ?? now)) / 1000,
  ),
  single('ringback_dead_letters', 'Effects that were given up', ({ counts }) => counts.dead),
  single('ringback_sandboxes_open', 'Sandboxes that hold memory', ({ sandboxes }) => sandboxes.open),
  single('ringback_sandboxes_broken', 'Sandboxes that broke since the start', ({ sandboxes }) => sandboxes.broken),
];
