/**
 * A chart as XState actor logic: `createActor(scxml(text, { trusted: true }), { clock, inspect, snapshot })`. With `snapshot.ts`,
 * `event.ts`, `surroundings.ts` and `system.ts` this is all that knows XState. Transition selection and the microstep are ours (`step/`).
 */
import type { ActorLogic, ActorScope, ActorSystem, ActorSystemInfo, Snapshot } from 'xstate';
import type { Chart, Hooks, SessionInput, Trace } from '../chart.js';
import type { Effect, LogEffect } from '../effect.js';
import type { View } from '../platform.js';
import { cancel, deliver, interpret } from '../step/algorithm.js';
import { restoreSession, saveSession, type SavedSession } from '../step/save.js';
import type { Session } from '../step/session.js';
import { cancelOf, endedChild, toScxmlEvent, type ScxmlActorEvent } from './event.js';
import { ScxmlSnapshot } from './snapshot.js';
import { Surroundings, type SendBy, type SavedTimer, type ScxmlActorRef } from './surroundings.js';

export interface LogicOptions {
  /**
   * Takes the place of performing effects with XState's means, for a host that saves first and acts after. Called after each
   * step, also one without effects, when the actor's snapshot is the new one.
   */
  readonly perform?: ((effects: readonly Effect[], session: Session, self: ScxmlActorRef) => void) | undefined;
  readonly log?: ((effect: LogEffect) => void) | undefined;
  /** For the `processors` that the documents may send by. */
  readonly send?: SendBy | undefined;
  /** Enter, exit, log and errors, in exact order. Only of the session itself, not of invoked ones. */
  readonly trace?: Trace | undefined;
  /** Whether a session of this id can be sent to; by default the sessions of the same actor system. */
  readonly reaches?: Hooks['reaches'];
  /** What a session sees of a root of `_genesys`: asked at most once in each step, and only when a source may read it. */
  readonly view?: ((sessionid: string, root: string) => ReturnType<View>) | undefined;
  /** The logic of an invoked document; throws what is wrong with it. */
  readonly child?: ((src: string | undefined, text: string | undefined) => ScxmlLogic) | undefined;
}

/** All optional: the session id defaults to XState's, the seed to 0. */
export type ActorInput = Partial<SessionInput> | undefined;

/** `actor.getPersistedSnapshot()`: JSON. */
export interface PersistedSnapshot {
  readonly status: 'active' | 'done' | 'error' | 'stopped';
  readonly output: unknown;
  readonly error: unknown;
  readonly session: SavedSession;
  readonly timers: readonly SavedTimer[];
  readonly children: Readonly<Record<string, PersistedChild>>;
  /** How many sessions it has invoked. */
  readonly invoked: number;
}

interface PersistedChild {
  readonly document: string;
  /** Where the document came from, if it was loaded. */
  readonly src?: string;
  readonly snapshot: PersistedSnapshot;
}

type Snap = ScxmlSnapshot & Snapshot<unknown>;
type System = ActorSystem<ActorSystemInfo>;
type Scope = ActorScope<Snap, ScxmlActorEvent, System>;

export class ScxmlLogic implements ActorLogic<Snap, ScxmlActorEvent, ActorInput, System> {
  constructor(
    readonly chart: Chart,
    readonly options: LogicOptions = {},
    /** The document's text and, if it was loaded, from where: a snapshot of an invoked session carries them. */
    readonly text = '',
    readonly src?: string,
  ) {}

  child(src: string | undefined, text: string | undefined): ScxmlLogic {
    if (!this.options.child) throw new Error('this session cannot invoke others: no `child` option was given');
    return this.options.child(src, text);
  }

  getInitialSnapshot(scope: Scope, input: ActorInput): Snap {
    const self = scope.self as unknown as ScxmlActorRef;
    const complete: SessionInput = { ...input, sessionid: input?.sessionid ?? scope.sessionId };
    const surroundings = new Surroundings(self, complete, this, scope.stopChild);
    surroundings.register();
    try {
      const session = interpret(
        this.chart,
        withProcessor(complete),
        nowOf(self),
        this.#hooks(surroundings),
        this.#view(complete.sessionid),
      );
      return this.#after(session, surroundings, scope);
    } catch (error) {
      surroundings.dispose();
      throw error;
    }
  }

  transition(snapshot: Snap, event: ScxmlActorEvent, scope: Scope): Snap {
    const { session, surroundings } = snapshot;
    if (event.type === 'xstate.stop') {
      for (const child of surroundings.children.values()) scope.stopChild(child);
      surroundings.dispose();
      return new ScxmlSnapshot(session, surroundings, 'stopped') as Snap;
    }
    const ended = endedChild(event);
    if (ended !== undefined) surroundings.lose(ended);
    try {
      return this.#step(snapshot, event, scope);
    } catch (error) {
      scope.defer(() => {
        surroundings.end();
      });
      return new ScxmlSnapshot(session, surroundings, 'error', error) as Snap;
    }
  }

  #step({ session, surroundings }: Snap, event: ScxmlActorEvent, scope: Scope): Snap {
    const now = nowOf(surroundings.self);
    const left = cancelOf(event);
    const view = this.#view(session.input.sessionid);
    if (!left) {
      deliver(session, surroundings.signed(toScxmlEvent(event)), now, view);
      return this.#after(session, surroundings, scope);
    }
    surroundings.orphan = true;
    cancel(session, now, view);
    const after = this.#after(session, surroundings, scope);
    scope.defer(left);
    return after;
  }

  getPersistedSnapshot(snapshot: Snap): Snapshot<unknown> {
    const { session, surroundings, status, output, error } = snapshot;
    const persisted: PersistedSnapshot = {
      status,
      output,
      error,
      session: saveSession(session),
      timers: surroundings.saveTimers(),
      invoked: surroundings.invoked,
      children: Object.fromEntries(
        [...surroundings.children].map(([invokeid, child]) => [invokeid, persistChild(child)]),
      ),
      ...waiting.get(surroundings),
    };
    return persisted as Snapshot<unknown>;
  }

  restoreSnapshot(persisted: Snapshot<unknown>, scope: Scope): Snap {
    const { session: saved, timers, children, invoked, status, error } = persisted as unknown as PersistedSnapshot;
    const surroundings = new Surroundings(scope.self as unknown as ScxmlActorRef, saved.input, this, scope.stopChild);
    const session = restoreSession(this.chart, saved, this.#hooks(surroundings));
    surroundings.invoked = invoked;
    surroundings.over = status !== 'active';
    waiting.set(surroundings, { timers, children });
    scope.defer(() => {
      waiting.delete(surroundings);
      if (status !== 'active') return;
      surroundings.register();
      surroundings.restore(timers, () => {
        for (const [invokeid, { document, src, snapshot }] of Object.entries(children))
          surroundings.adopt(
            invokeid,
            this.child(src, document),
            snapshot.session.input,
            snapshot as Snapshot<unknown>,
          );
      });
    });
    return new ScxmlSnapshot(session, surroundings, status, error) as Snap;
  }

  #view(sessionid: string): View | undefined {
    const { view } = this.options;
    return view && this.chart.program.views.length > 0 ? momentOf((root) => view(sessionid, root)) : undefined;
  }

  #hooks(surroundings: Surroundings): Hooks {
    const { trace, reaches = (sessionid: string) => surroundings.reaches(sessionid) } = this.options;
    return { trace, reaches };
  }

  #after(session: Session, surroundings: Surroundings, scope: Scope): Snap {
    const effects = session.takeEffects();
    const ended = surroundings.orphan ? 'stopped' : 'done';
    const { perform } = this.options;
    if (perform)
      scope.defer(() => {
        perform(effects, session, surroundings.self);
      });
    else if (effects.length > 0)
      scope.defer(() => {
        surroundings.perform(effects);
      });
    return new ScxmlSnapshot(session, surroundings, session.running ? 'active' : ended) as Snap;
  }
}

/** What a restored actor will go on with when it is started. */
const waiting = new WeakMap<Surroundings, Pick<PersistedSnapshot, 'timers' | 'children'>>();

const persistChild = (child: { getPersistedSnapshot?: () => unknown }): PersistedChild => {
  const actor = child as unknown as { logic: ScxmlLogic; getPersistedSnapshot(): PersistedSnapshot };
  const { text: document, src } = actor.logic;
  return { document, ...(src !== undefined && { src }), snapshot: actor.getPersistedSnapshot() };
};

/** Asked again, which a session does that is repeated elsewhere, it shows what it has shown. */
const momentOf = (view: View): View => {
  const shown = new Map<string, ReturnType<View>>();
  return (root) => {
    if (!shown.has(root)) shown.set(root, view(root));
    return shown.get(root);
  };
};

/** SCXML C.1: where a session can be reached. */
const withProcessor = (input: SessionInput): SessionInput => {
  const scxml = { location: `#_scxml_${input.sessionid}` };
  return {
    ...input,
    ioprocessors: { 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor': scxml, scxml, ...input.ioprocessors },
  };
};

/** A clock that cannot tell the time leaves Date at the epoch: time is a parameter here, never read from the machine. */
const nowOf = (self: ScxmlActorRef): number => self.clock.now?.() ?? 0;
