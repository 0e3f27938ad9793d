/**
 * What is seen of a story: lines `<seconds> <who> <what>`. Of each session the events that it takes (`<`), where it is then, what
 * it logs, and how it ends; of the outside the calls, what customers hear, and what the web is asked.
 *
 * 1. A session takes one event a step, and a step is one write: an event is told with the write of its step, whether the
 *    session was in memory when the event came or not.
 * 2. Ids that differ from run to run have names in the order in which they are seen: `S1` sessions, `R1` whatever else.
 */
import { fromData } from '../../engine/datamodel/data.js';
import type { Delivery } from '../../server/host/delivery.js';
import type { Host } from '../../server/host/host.js';
import type { SessionRecord, Store } from '../../server/store/port.js';

const id = /(?<![0-9A-Z])[0-9A-Z]{32}(?![0-9A-Z])/g;
const interaction = /\b(SIM|CHAT)[0-9A-Z]+-(\d+)\b/g;

/** `told`: texts that differ from run to run, and what is told instead. */
export function traceFrom(start: number, now: () => number, told: () => readonly (readonly [string, string])[]) {
  const lines: string[] = [];
  const sessions: string[] = [];
  const others: string[] = [];
  /** What each session was given and has not taken yet. */
  const given = new Map<string, Delivery['what'][]>();
  const places = new Map<string, string>();

  /** 2 */
  const label = (text: string): string => {
    const at = sessions.indexOf(text);
    if (at >= 0) return `S${at + 1}`;
    if (!others.includes(text)) others.push(text);
    return `R${others.indexOf(text) + 1}`;
  };
  const named = (text: string): string =>
    told()
      .reduce((rest, [what, by]) => rest.replaceAll(what, by), text)
      .replace(id, label)
      .replace(interaction, (_, kind: string, number: string) => `${kind === 'SIM' ? 'CALL' : kind}${number}`);
  const tell = (what: string): void => void lines.push(`${(now() - start) / 1000} ${named(what)}`);

  /** 1 */
  const stepped = ({ sessionid, version, status, configuration }: SessionRecord): void => {
    if (version === 1) sessions.push(sessionid);
    const taken = version === 1 ? 'start' : given.get(sessionid)?.shift();
    if (taken !== undefined) tell(`${sessionid} < ${eventLine(taken)}`);
    const place = status === 'active' ? `in ${configuration.join(' ')}` : status;
    if (places.get(sessionid) !== place) tell(`${sessionid} ${place}`);
    places.set(sessionid, place);
  };

  return {
    lines: lines as readonly string[],
    sessions: sessions as readonly string[],
    tell,
    /** A store whose writes of sessions are told. */
    listening: (store: Store): Store => ({
      ...store,
      commit(writes) {
        for (const write of writes) if (write.kind === 'session') stepped(write.record);
        return store.commit(writes);
      },
    }),
    /** Sees what the sessions of this host are given. */
    watch({ residents }: Host): void {
      const take = residents.take.bind(residents);
      residents.take = (sessionid, delivery) => {
        const before = given.get(sessionid) ?? [];
        given.set(sessionid, [...before, delivery.what]);
        const isTaken = take(sessionid, delivery);
        if (!isTaken) given.set(sessionid, before);
        return isTaken;
      };
    },
  };
}

/**
 * The same, of each session and of the outside: what two of them do at one instant has no order that would be promised.
 */
export const byWhom = (lines: readonly string[]): Readonly<Record<string, readonly string[]>> => {
  const whose: Record<string, string[]> = {};
  for (const line of lines) (whose[/^\S+ (S\d+) /.exec(line)?.[1] ?? 'outside'] ??= []).push(line);
  return whose;
};

export type Trace = ReturnType<typeof traceFrom>;

const eventLine = (what: Delivery['what']): string => {
  if (typeof what === 'string') return what;
  const data = what.data === undefined ? '' : ` ${JSON.stringify(fromData(what.data))}`;
  return `${what.name}${data}`;
};
