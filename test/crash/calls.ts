/** Compares what is kept of callbacks, and the journal of the simulated network, with the ledger. The server has ended. */
import type { CallbackRecord } from '../../server/store/port.js';
import type { Entry } from '../../server/voice/simulated/journal.js';
import type { Callback } from './ledger.js';
import { ATTEMPTS, BUFFER } from './services.js';
import { tally, type Tally } from './tally.js';

export interface CallVerdict {
  readonly tallies: Readonly<Record<string, Tally>>;
  readonly complaints: readonly string[];
  readonly dials: number;
}

export const judgeCalls = (
  callbacks: readonly Callback[],
  records: readonly CallbackRecord[],
  journal: readonly Entry[],
): CallVerdict => {
  const numbers = (which: readonly Callback[]): string[] => which.map(({ number }) => number);
  const acked = callbacks.filter(({ id }) => id !== undefined);
  const dials = journal.filter(({ is }) => is === 'dialling');
  const ofSession = (id: string | undefined): Entry[] =>
    journal.filter(({ requestId }) => id !== undefined && requestId.startsWith(`${id}/`));
  return {
    tallies: {
      callbacks: tally(
        numbers(acked),
        records.map(({ customerNumber }) => String(customerNumber)),
        numbers(callbacks),
      ),
      dials: tally(new Set(dials.map(requestOf)), dials.map(requestOf)),
    },
    complaints: [
      ...(records.length > 0 && dials.length === 0 ? ['nothing was dialled, or the network keeps no journal'] : []),
      ...records.flatMap((record) => {
        const wanted = callbacks.find(({ number }) => number === record.customerNumber);
        return complaints(record, ofSession(record.sessionid), wanted).map((what) => `callback ${record.id} ${what}`);
      }),
    ],
    dials: dials.length,
  };
};

/** A call that went down with the server is no attempt; but if the phone may have rung, it is one from the second time on. */
const complaints = (
  { id, state, reason, history }: CallbackRecord,
  notes: readonly Entry[],
  wanted: Callback | undefined,
): string[] => {
  const count = (is: Entry['is']): number => new Set(notes.filter((note) => note.is === is).map(requestOf)).size;
  const ends = history.filter((change) => change.state === 'COMPLETED').length;
  const first = Math.min(...notes.map(({ at }) => at));
  const earliest = (wanted?.desired ?? 0) - BUFFER;
  const wrong: Readonly<Record<string, boolean>> = {
    [`is ${state} with reason ${String(reason)}`]: state !== 'COMPLETED' || reason === undefined,
    [`was completed ${ends} times`]: ends !== 1,
    [`was answered as ${String(wanted?.id)}`]: (wanted?.id ?? id) !== id,
    [`failed to reach its customer ${count('over')} times`]: count('over') > ATTEMPTS,
    [`rang ${count('ringing')} times`]: count('ringing') > ATTEMPTS + 1,
    [`was dialled ${earliest - first} ms before its time`]: first < earliest,
  };
  return Object.keys(wrong).filter((what) => wrong[what]);
};

const requestOf = ({ requestId }: Entry): string => requestId;
