/** Keeps what is told of callbacks for operators to look at, until the process ends: the reporting that is there without any other. */
import type { Log } from '../log.js';
import type { Entry, Reporting } from './port.js';

/** Which entries are wanted; of each callback, what its fields name as service. */
interface Wanted {
  readonly callback?: string | undefined;
  readonly limit: number;
}

export interface Recorder extends Reporting {
  /** The latest ones, oldest first. */
  readonly entries: (wanted: Wanted) => readonly Entry[];
  /** What was told of a callback. */
  readonly forget: (callback: string) => void;
}

/** Each kind names the callback differently. */
const callbackOf = ({ fields }: Entry): unknown =>
  fields['_service_id'] ??
  fields['_CB_SERVICE_ID'] ??
  (fields['message'] as { readonly _id?: unknown } | undefined)?._id;

/** The `most` latest entries. Fields are in no log: customers' numbers are among them. */
export function recorder(log: Pick<Log, 'debug'>, most = 10_000): Recorder {
  const kept = new Map<string, Entry>();
  return {
    tell: async (entry) => {
      if (kept.has(entry.key)) return;
      kept.set(entry.key, entry);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      log.debug({ callback: callbackOf(entry), session: entry.sessionid, event: entry.name }, 'callback reported');
    },
    forget(callback) {
      for (const [key, entry] of kept) if (callbackOf(entry) === callback) kept.delete(key);
    },
    entries: ({ callback, limit }) =>
      [...kept.values()].filter((entry) => callback === undefined || callbackOf(entry) === callback).slice(-limit),
  };
}
