/**
 * The actors of sessions: one that begins, and one that goes on from its record. `host.ts` decides which; `live.ts` has the actor.
 */
import { createActor, type Actor, type Snapshot } from 'xstate';
import type { PersistedSnapshot, ScxmlLogic } from '../../engine/actor/logic.js';
import type { SessionInput } from '../../engine/chart.js';
import type { SavedSession } from '../../engine/step/save.js';
import type { Clock } from '../clock.js';
import { messageOf, problem } from '../problems.js';
import { StoreUnavailable, type DocumentRecord, type SessionRecord, type Store } from '../store/port.js';
import type { Charts } from './charts.js';
import type { Delivery } from './delivery.js';
import type { Directory, Invocation } from './directory.js';
import type { LoadedDocument } from './documents.js';
import type { FailPoint } from './fail-point.js';
import { Live, type Origin } from './live.js';
import type { Processor } from './processor.js';
import type { Residents } from './residents.js';
import type { Steps } from './steps.js';

export interface ActorsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly charts: Charts;
  readonly directory: Directory;
  readonly residents: Residents;
  readonly steps: Steps;
  readonly processors: readonly Processor[];
  readonly newSeed: () => number;
  readonly platform: (sessionid: string) => Readonly<Record<string, string>>;
  readonly passing: (point: FailPoint) => void;
  /** Runs a step, and says how long it took. */
  readonly timed: (step: () => void) => void;
}

/** A session that is to begin. */
export interface Beginning extends Omit<Origin, 'startedAt' | 'document'> {
  readonly document: LoadedDocument;
  readonly input: Pick<SessionInput, 'params' | 'invokeid'>;
  /** The session that started it: `started.ts`. */
  readonly starter?: string | undefined;
  readonly invocation?: Invocation;
}

export class Actors {
  constructor(private readonly options: ActorsOptions) {}

  /** Throws a Problem when the document cannot be run; `first` is settled when the first step is saved. */
  begin({ input, invocation, starter, ...origin }: Beginning, first: Delivery): void {
    const { charts, directory, residents, clock, newSeed, platform, processors, timed } = this.options;
    const { sessionid, document } = origin;
    const logic = charts.logic(document);
    const live = new Live(sessionid, timed);
    live.origin = { ...origin, startedAt: clock.now() };
    directory.add(sessionid, invocation);
    residents.add(live);
    const ioprocessors = Object.fromEntries(processors.flatMap((processor) => processor.entries(sessionid)));
    const x = { ...platform(sessionid), ...(starter !== undefined && { starter }) };
    const whole = { ...input, sessionid, seed: newSeed(), x, ioprocessors };
    live.begin(this.#watched(live, createActor<ScxmlLogic>(logic, { clock, input: whole })), first);
  }

  /** A session that left memory, or that an earlier process had. */
  async load(live: Live): Promise<void> {
    const { steps } = this.options;
    try {
      await this.#resume(live);
    } catch (err) {
      if (err instanceof StoreUnavailable) steps.drop(live, err);
      else steps.fail(live, problem('SESSION_FAILED', live.sessionid, messageOf(err)), err);
    }
  }

  async #resume(live: Live): Promise<void> {
    const { store, charts, clock, passing } = this.options;
    passing('before load');
    const record = await store.session(live.sessionid);
    if (!record) throw new Error('the store has no such session');
    live.version = live.savedVersion = record.version;
    live.origin = originOf(record, unread(record));
    const { document, logic } = await charts.kept(record.document);
    live.origin = originOf(record, document);
    live.resume(
      this.#watched(
        live,
        createActor(logic, { clock, snapshot: snapshotOf(JSON.parse(record.state) as SavedSession) }),
      ),
    );
  }

  #watched(live: Live, actor: Actor<ScxmlLogic>): Actor<ScxmlLogic> {
    actor.subscribe({
      error: (error) => {
        this.options.steps.fail(live, problem('SESSION_FAILED', live.sessionid, messageOf(error)), error);
      },
    });
    return actor;
  }
}

export const originOf = (record: SessionRecord, document: DocumentRecord): Origin => {
  const { sessionid, callback, invoker, depth, startedAt } = record;
  return { sessionid, callback, invoker, depth, startedAt, document };
};

/** Enough to say whose failure it is when the document cannot be read. */
const unread = ({ document: hash, uri }: SessionRecord): DocumentRecord => ({
  hash,
  uri,
  text: '',
  author: undefined,
  resources: {},
});

/** Delayed sends and invoked sessions are the host's, not the actor's. */
const snapshotOf = (session: SavedSession): Snapshot<unknown> => {
  const snapshot: PersistedSnapshot = {
    status: 'active',
    output: undefined,
    error: undefined,
    session,
    timers: [],
    children: {},
    invoked: 0,
  };
  return snapshot as Snapshot<unknown>;
};
