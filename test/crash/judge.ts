/**
 * Compares the sessions, and what reached the sink, with the ledger.
 *
 * 1. What was acknowledged is there, once. What was not may be there, once.
 * 2. Of work that is there, or was acknowledged, all consequences are there, once.
 * 3. An effect outside may come more than once, with the same key.
 */
import { nameOf, type Ledger, type Work } from './ledger.js';
import type { Worker } from './observe.js';
import type { Sink } from './sink.js';
import { tally, type Tally } from './tally.js';

export interface Verdict {
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Sentences about what is wrong besides. */
  readonly complaints: readonly string[];
  /** Deliveries to the sink that came before, with the same key. */
  readonly repeats: number;
}

type Workers = ReadonlyMap<string, Worker>;

/** All entries of one list of the sessions, as `session/number`. */
const all = (workers: Workers, numbers: (worker: Worker) => readonly number[]): string[] =>
  [...workers].flatMap(([who, worker]) => numbers(worker).map((n) => nameOf({ who, n })));

export const judge = (ledger: Ledger, workers: Workers, sink: Pick<Sink, 'deliveries' | 'keyless'>): Verdict => {
  const { works, requests } = ledger;
  const heard = all(workers, (worker) => worker.heard);
  const isHeard = new Set(heard);
  const certain = works.filter((work) => work.isAcked || isHeard.has(nameOf(work)));
  const names = (fits: (work: Work) => boolean): string[] => certain.filter(fits).map(nameOf);
  const children = names(({ child }) => child);
  const arrived = [...sink.deliveries.keys()];
  const at = (what: string): string[] =>
    arrived.filter((name) => name.startsWith(`${what} `)).map((name) => name.slice(what.length + 1));
  return {
    tallies: {
      events: tally(works.filter(({ isAcked }) => isAcked).map(nameOf), heard, works.map(nameOf)),
      requests: tally(
        requests.filter(({ isAcked }) => isAcked).map(nameOf),
        all(workers, ({ asked }) => asked),
        requests.map(nameOf),
      ),
      timers: tally(
        names(() => true),
        all(workers, ({ rang }) => rang.map(([n]) => n)),
      ),
      messages: tally(
        certain.map((work) => `${nameOf(work)} to ${work.to}`),
        [...workers].flatMap(([who, { mail }]) => mail.map((from) => `${from} to ${who}`)),
      ),
      'children heard': tally(
        children,
        all(workers, ({ cries }) => cries),
      ),
      'children done': tally(
        children,
        all(workers, ({ grown }) => grown),
      ),
      fetches: tally(
        names(({ fetch }) => fetch),
        at('fetched'),
      ),
      'fetches answered': tally(
        names(({ fetch }) => fetch),
        all(workers, ({ fetched }) => fetched),
      ),
      posts: tally(
        names(({ post }) => post),
        at('posted'),
      ),
      sessions: tally(
        [...ledger.sessions.keys()].map((who) => nameOf({ who, n: 0 })),
        at('born'),
      ),
    },
    complaints: [...ledger.refusals, ...complaints(ledger, workers, sink)],
    repeats: [...sink.deliveries.values()].flatMap((keys) => [...keys.values()]).reduce((sum, n) => sum + n - 1, 0),
  };
};

const complaints = (
  ledger: Ledger,
  workers: Workers,
  { deliveries, keyless }: Pick<Sink, 'deliveries' | 'keyless'>,
): string[] => [
  ...[...workers].flatMap(([who, { rang, never, errors }]) => [
    ...rang.filter(([, due, at]) => at < due).map(([n, due, at]) => `timer ${who}/${n} fired ${due - at} ms early`),
    ...never.map((n) => `timer ${who}/${n} was cancelled, and fired`),
    ...errors.map((error) => `${who} heard of ${JSON.stringify(error)}`),
  ]),
  ...disorder(ledger.works, workers),
  ...[...deliveries].filter(([, keys]) => keys.size > 1).map(([name, keys]) => `${name} came with ${keys.size} keys`),
  ...keyless.map((name) => `${name} came without a key`),
];

/** Messages from one session to another arrive in the order of the steps that sent them. */
const disorder = (works: readonly Work[], workers: Workers): string[] => {
  const destinations = new Map(works.map((work) => [nameOf(work), work.to]));
  const position = new Map(all(workers, ({ heard }) => heard).map((name, index) => [name, index]));
  return [...workers].flatMap(([to, { mail }]) => {
    const last = new Map<string, string>();
    return mail.flatMap((name) => {
      const sender = name.slice(0, name.lastIndexOf('/'));
      const before = last.get(sender);
      last.set(sender, name);
      const isLate = before !== undefined && (position.get(before) ?? 0) > (position.get(name) ?? 0);
      return isLate && destinations.get(name) === to ? [`${name} reached ${to} after ${before}`] : [];
    });
  });
};
