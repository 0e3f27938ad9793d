/**
 * How far the simulated network came with each request to call, for the network of a process that comes after. Numbers are not
 * in it. With a file it outlives a process that is killed: each line is given to the operating system before what it tells of
 * happens.
 */
import { existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { CallState, type NotConnected } from '../port.js';

export interface Entry {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly is: 'dialling' | 'ringing' | 'connected' | 'over';
  /** Of a call that is over: how it failed. */
  readonly state?: CallState;
  readonly text?: string;
}

export interface CallJournal {
  note(entry: Entry): void;
  knows(requestId: string): boolean;
  /** The last entry of each request, as of now. */
  entries(): ReadonlyMap<string, Entry>;
}

/** Requests are asked about soon after a process has ended: the latest are kept. */
const MOST = 100_000;

/** `path` of a file that is only ever appended to; without one the journal is in memory. */
export const callJournal = (path?: string): CallJournal => {
  const latest = new Map<string, Entry>();
  const keep = (entry: Entry): void => {
    latest.set(entry.requestId, entry);
    const oldest = latest.size > MOST ? latest.keys().next() : undefined;
    if (oldest && !oldest.done) latest.delete(oldest.value);
  };
  const file = path === undefined ? undefined : opened(path, keep);
  return {
    note(entry) {
      if (file !== undefined) writeSync(file, `${JSON.stringify(entry)}\n`);
      keep(entry);
    },
    knows: (requestId) => latest.has(requestId),
    entries: () => new Map(latest),
  };
};

/** The file, to append to, and what stands in it. */
const opened = (path: string, keep: (entry: Entry) => void): number => {
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  for (const line of text.split('\n')) entryIn(line).forEach(keep);
  const file = openSync(path, 'a');
  if (text !== '' && !text.endsWith('\n')) writeSync(file, '\n');
  return file;
};

/** A process that was killed while it wrote leaves half a line, which tells of nothing that has happened. */
const entryIn = (line: string): readonly Entry[] => {
  try {
    return [JSON.parse(line) as Entry];
  } catch {
    return [];
  }
};

/** What became of a call whose process is no more. */
export const afterwards = ({ is, state, text }: Entry): NotConnected => {
  if (is === 'over' && state !== undefined) return { connected: false, state, cause: { text: text ?? 'it failed' } };
  return {
    connected: false,
    state: CallState.SystemError,
    cause: { text: 'the call was lost: the process that had dialled it ended, and the call with it' },
    lost: is === 'dialling' ? 'dialling' : 'ringing',
  };
};
