/**
 * What sessions tell while they are played (`against-oracle.ts`, `by-actor.ts`), in words that are the same whoever plays: what the
 * platform chooses is made equal.
 */
import type { TraceEntry } from '../../../engine/chart.js';
import { fromData } from '../../../engine/datamodel/data.js';
import type { Session } from '../../../engine/step/session.js';
import { sourceOf } from '../../support/oracle/evaluator.js';

/** By session: the first is `root`, those that are invoked are numbered in the order in which they begin. */
export type Told = Readonly<Record<string, readonly string[] | undefined>>;

export const root = 'root';

/** The ids that `idlocation` makes are the platform's business, but for the state's in that of an invocation. SCXML 6.2.1, 6.4.1 */
const generatedId = /\b(send|s\d+)\.\d+/g;

export class Notes {
  readonly told: Record<string, string[] | undefined> = { [root]: [] };
  readonly #names = new Map<string, string>();
  #count = 0;

  /** Names a session; one that has an id again which another had is another session. */
  begin(sessionid: string): string {
    const name = sessionid === root ? root : String((this.#count += 1));
    this.#names.set(sessionid, name);
    return name;
  }

  nameOf(sessionid: string): string {
    return this.#names.get(sessionid) ?? this.begin(sessionid);
  }

  add(session: string, entry: string): void {
    (this.told[session] ??= []).push(entry.replace(generatedId, '$1.#'));
  }

  /** What fails is told by who hears of it. */
  entry(session: string, entry: TraceEntry): void {
    if (!('error' in entry)) this.add(session, show(entry));
  }

  rest(ids: readonly string[], running: boolean, output: string): void {
    this.add(root, running ? `= ${ids.join(' ')}` : `= done ${output}`);
  }

  session({ configuration, running, output }: Session): void {
    this.rest(
      configuration.atomic.map(({ id }) => id),
      running,
      sourceOf(fromData(output)),
    );
  }
}

const show = (entry: Exclude<TraceEntry, { readonly error: unknown }>): string => {
  if ('enter' in entry) return `enter ${entry.enter.id}`;
  if ('exit' in entry) return `exit ${entry.exit.id}`;
  return `log ${entry.label ?? ''} ${sourceOf(fromData(entry.value))}`;
};
