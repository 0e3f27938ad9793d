/**
 * What surrounds one actor: its pending delayed sends and its invoked children. Performs a step's effects with XState's own
 * means (clock, mailbox, child actors); a host that performs them itself replaces `perform` and none of this is used.
 *
 * 1. Effects are performed in order, after the step that wanted them is the actor's snapshot.
 * 2. When the session ends, its delayed sends are dropped and its children cancelled. SCXML 6.2.4, 6.4.3
 * 3. An invoked session has an id that no other has had: what is late for one that was cancelled is not for the next. SCXML 5.10
 */
import { createActor, type ActorOptions, type AnyActorLogic, type AnyActorRef, type Snapshot } from 'xstate';
import type { SessionInput } from '../chart.js';
import type { Effect, InvokeEffect, LogEffect, SendEffect } from '../effect.js';
import { SCXML_PROCESSOR, type Data, type ScxmlEvent } from '../event.js';
import { cancelEvent, envelope } from './event.js';
import { sessionsOf, type Sessions } from './system.js';

/** Sends by an I/O processor that is not SCXML's own; what comes of it is told to the session as events. SCXML 6.2.4 */
export type SendBy = (effect: SendEffect, sessionid: string, tell: (event: ScxmlEvent) => void) => void;

/** What the logic of an actor gives its surroundings. */
export interface Home {
  /** The logic of an invoked document; throws what is wrong with it. */
  child(src: string | undefined, text: string | undefined): AnyActorLogic;
  readonly options: {
    readonly log?: ((effect: LogEffect) => void) | undefined;
    readonly send?: SendBy | undefined;
  };
}

/** XState's clock; one that also tells the time lets delays be restored with what is left of them. */
interface ActorClock {
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(id: unknown): void;
  now?(): number;
}

export type ScxmlActorRef = AnyActorRef & { readonly clock: ActorClock; readonly _parent?: AnyActorRef | undefined };

interface Timer {
  readonly effect: SendEffect;
  readonly due: number;
  readonly order: number;
  readonly handle: unknown;
}

/** A delayed send as JSON: `left` milliseconds of it remained when it was saved; `order` is its place among those of all sessions. */
export interface SavedTimer {
  readonly effect: SendEffect;
  readonly left: number;
  readonly order: number;
}

export class Surroundings {
  readonly timers = new Set<Timer>();
  readonly children = new Map<string, AnyActorRef>();
  /** Cancelled by the one that invoked it: nothing of the session reaches that one any more. SCXML 6.4.3 */
  orphan = false;
  /** The session has ended: nothing reaches it. */
  over = false;
  /** How many sessions it has invoked (3). */
  invoked = 0;
  readonly #sessions: Sessions;
  /** The child that came to its end last. */
  #lost: { readonly invokeid: string; readonly from: string } | undefined;

  readonly #acts: { readonly [K in Effect['type']]: (effect: Extract<Effect, { type: K }>) => void } = {
    log: (effect) => this.home.options.log?.(effect),
    send: (effect) => {
      if (effect.delay > 0) this.#arm(effect, effect.delay);
      else this.#route(effect);
    },
    cancel: ({ sendid }) => {
      this.#cancel(sendid);
    },
    invoke: (effect) => {
      this.#invoke(effect);
    },
    uninvoke: ({ invokeid }) => {
      this.#uninvoke(invokeid);
    },
    forward: ({ invokeid, event }) => this.children.get(invokeid)?.send(envelope(event)),
    module: ({ namespace, name, requestid }) => {
      const reason = `<${name}> of "${namespace}" needs a host that performs it`;
      this.#tell({ name: 'error.execution', type: 'platform', data: { requestid, reason } });
    },
    done: () => {
      this.end();
    },
  };

  constructor(
    readonly self: ScxmlActorRef,
    readonly input: SessionInput,
    readonly home: Home,
    private readonly stopChild: (child: AnyActorRef) => void,
  ) {
    this.#sessions = sessionsOf(self);
  }

  /** A child has come to its end. By now another may have its id, invoked anew: that one stays. */
  lose(invokeid: string): void {
    const { status, surroundings } = (this.children.get(invokeid)?.getSnapshot() ?? {}) as Partial<Invoked>;
    if (status === undefined || status === 'active') return;
    this.children.delete(invokeid);
    this.#lost = surroundings && { invokeid, from: surroundings.input.sessionid };
  }

  /** The end of the child that was lost last says whose it is. */
  signed(event: ScxmlEvent): ScxmlEvent {
    const isItsEnd = this.#lost !== undefined && event.name === `done.invoke.${this.#lost.invokeid}`;
    return isItsEnd ? { from: this.#lost?.from, ...event } : event;
  }

  reaches(sessionid: string): boolean {
    return this.#sessions.byId.has(sessionid);
  }

  perform(effects: readonly Effect[]): void {
    for (const effect of effects) (this.#acts[effect.type] as (effect: Effect) => void)(effect);
  }

  saveTimers(): SavedTimer[] {
    const now = this.self.clock.now?.();
    return [...this.timers].map(({ effect, due, order }) => ({
      effect,
      order,
      left: now === undefined ? effect.delay : Math.max(0, due - now),
    }));
  }

  /** Goes on with the timers of a saved session; `others` goes on with those that it has invoked. */
  restore(timers: readonly SavedTimer[], others: () => void): void {
    const waiting = timers.map(({ effect, left, order }) => ({
      order,
      arm: () => {
        this.#arm(effect, left);
      },
    }));
    this.#sessions.restore(waiting, others);
  }

  #arm(effect: SendEffect, left: number): void {
    const { clock } = this.self;
    const timer: Timer = {
      effect,
      order: this.#sessions.nextOrder(),
      due: (clock.now?.() ?? 0) + left,
      handle: clock.setTimeout(() => {
        this.timers.delete(timer);
        this.#route(effect);
      }, left),
    };
    this.timers.add(timer);
  }

  /** The session is over: what it invoked is cancelled, what it had not sent yet is not sent (2). */
  end(): void {
    for (const invokeid of [...this.children.keys()]) this.#uninvoke(invokeid);
    this.dispose();
  }

  /** Everything stops: no onexit, no events. */
  dispose(): void {
    for (const { handle } of this.timers) this.self.clock.clearTimeout(handle);
    this.timers.clear();
    this.children.clear();
    this.#sessions.byId.delete(this.input.sessionid);
    this.over = true;
  }

  register(): void {
    this.#sessions.byId.set(this.input.sessionid, this.self);
  }

  #tell(event: ScxmlEvent): void {
    this.self.send(envelope(event));
  }

  #route(effect: SendEffect): void {
    const { send } = this.home.options;
    if (effect.processor !== SCXML_PROCESSOR && send) {
      send(effect, this.input.sessionid, (event) => {
        this.#tell(event);
      });
      return;
    }
    const receiver = effect.processor === SCXML_PROCESSOR ? this.#receiver(effect.target) : undefined;
    if (this.orphan && receiver !== undefined && receiver === this.self._parent) return;
    if (receiver) receiver.send(envelope(this.#addressed(effect.event, receiver)));
    else this.#undeliverable(effect);
  }

  /** What comes from an invoked session says so to the one that invoked it, under whatever name it was sent there. SCXML 5.10.1 */
  #addressed(event: ScxmlEvent, receiver: AnyActorRef): ScxmlEvent {
    return receiver === this.self._parent ? { ...event, invokeid: this.input.invokeid } : event;
  }

  #receiver(target: string | undefined): AnyActorRef | undefined {
    if (target === undefined) return this.self;
    if (target === '#_parent') return this.self._parent;
    if (target.startsWith('#_scxml_')) return this.#sessions.byId.get(target.slice('#_scxml_'.length));
    const child = this.children.get(target.slice('#_'.length));
    const { surroundings } = (child?.getSnapshot() ?? {}) as Partial<Invoked>;
    return surroundings?.over === false ? child : undefined;
  }

  #undeliverable({ target, event }: SendEffect): void {
    const reason = `no session answers to "${target ?? ''}"`;
    this.#tell({ name: 'error.communication', type: 'platform', sendid: event.sendid, data: { reason } });
  }

  #cancel(sendid: string): void {
    for (const timer of this.timers) {
      if (timer.effect.sendid !== sendid) continue;
      this.self.clock.clearTimeout(timer.handle);
      this.timers.delete(timer);
    }
  }

  #invoke({ invokeid, src, content, params }: InvokeEffect): void {
    try {
      const logic = this.home.child(src, documentText(content));
      const sessionid = `${this.input.sessionid}.${invokeid}.${String((this.invoked += 1))}`;
      this.adopt(invokeid, logic, { params, sessionid, invokeid });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell({ name: 'error.communication', type: 'platform', invokeid, data: { reason } });
    }
  }

  /** Starts an invoked session, or goes on with a saved one. */
  adopt(invokeid: string, logic: AnyActorLogic, input: SessionInput, snapshot?: Snapshot<unknown>): void {
    const options = { parent: this.self, id: invokeid, input, ...(snapshot && { snapshot }) };
    // `parent` is how XState's own spawn makes a child; its public type leaves it out.
    const child = createActor(logic, options as ActorOptions<AnyActorLogic>);
    this.children.set(invokeid, child);
    child.start();
  }

  #uninvoke(invokeid: string): void {
    const child = this.children.get(invokeid);
    this.children.delete(invokeid);
    const { status, surroundings } = (child?.getSnapshot() ?? {}) as Partial<Invoked>;
    if (!child || status !== 'active') return;
    if (surroundings) surroundings.orphan = true;
    // It may be in the middle of its own step, the one whose message led here: it is stopped when it has left its states.
    child.send(
      cancelEvent(() => {
        this.stopChild(child);
      }),
    );
  }
}

/** The snapshot of an invoked session. */
interface Invoked {
  readonly status: Snapshot<unknown>['status'];
  readonly surroundings: Surroundings;
}

const documentText = (content: Data | undefined): string | undefined => {
  if (content === undefined || typeof content === 'string') return content;
  const { $xml } = content as { $xml?: unknown };
  return typeof $xml === 'string' ? $xml : JSON.stringify(content);
};
