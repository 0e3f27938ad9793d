/**
 * Which sessions there are that are not over, in memory or not, and who invoked whom. SCXML 6.4
 *
 * 1. What is sent to an invoked session while its document is being loaded waits for it.
 * 2. Nothing of an invoked session that was cancelled reaches its invoker any more (SCXML 6.4.3); one that came to its end by
 *    itself was not cancelled, so its done.invoke arrives (W3C test 236).
 */
import type { Invoker } from '../store/port.js';
import type { Delivery } from './delivery.js';

/** One `<invoke>` that is under way. */
export interface Invocation extends Invoker {
  /** The invoked session; undefined while its document is being loaded. */
  child: string | undefined;
  cancelled: boolean;
  /** 1 */
  readonly early: Delivery[];
}

export class Directory {
  readonly #active = new Set<string>();
  /** By the session that invokes, then by invokeid. */
  readonly #invocations = new Map<string, Map<string, Invocation>>();
  readonly #byChild = new Map<string, Invocation>();

  get size(): number {
    return this.#active.size;
  }

  has(sessionid: string): boolean {
    return this.#active.has(sessionid);
  }

  add(sessionid: string, invocation?: Invocation): void {
    this.#active.add(sessionid);
    if (!invocation) return;
    invocation.child = sessionid;
    this.#byChild.set(sessionid, invocation);
  }

  /** It takes no more events. What it was to its invoker is forgotten with `forget`. */
  remove(sessionid: string): void {
    this.#active.delete(sessionid);
  }

  /** Begins an invocation. An older one of the same id is not found any more. */
  invoking({ sessionid, invokeid, seq }: Invoker): Invocation {
    const invocation: Invocation = { sessionid, invokeid, seq, child: undefined, cancelled: false, early: [] };
    const all = this.#invocations.get(sessionid) ?? new Map<string, Invocation>();
    this.#invocations.set(sessionid, all.set(invokeid, invocation));
    return invocation;
  }

  /** A session that an earlier process saw end, and that still has something to tell its invoker. */
  ended(child: string, { sessionid, invokeid, seq }: Invoker): void {
    this.#byChild.set(child, { sessionid, invokeid, seq, child, cancelled: false, early: [] });
  }

  invoked(sessionid: string, invokeid: string): Invocation | undefined {
    return this.#invocations.get(sessionid)?.get(invokeid);
  }

  /** The one that an uninvoke means: it was invoked before that. */
  invokedBefore(sessionid: string, invokeid: string, seq: number): Invocation | undefined {
    const latest = this.invoked(sessionid, invokeid);
    if (!latest || latest.seq < seq) return latest;
    return [...this.#byChild.values()].find(
      (each) => each.sessionid === sessionid && each.invokeid === invokeid && each.seq < seq,
    );
  }

  invocationOf(child: string): Invocation | undefined {
    return this.#byChild.get(child);
  }

  /** 2. The step of its invoker has left the state that invokes: from here on nothing of the child reaches it. */
  cut(invocation: Invocation | undefined): void {
    if (invocation && (invocation.child === undefined || this.has(invocation.child))) invocation.cancelled = true;
  }

  /** The invocation has ended, or never began. */
  over(invocation: Invocation): void {
    const { sessionid, invokeid, child } = invocation;
    const all = this.#invocations.get(sessionid);
    if (all?.get(invokeid) === invocation) all.delete(invokeid);
    if (all?.size === 0) this.#invocations.delete(sessionid);
    if (child !== undefined) this.#byChild.delete(child);
  }

  /** Sessions that this one has invoked, and that are not over. */
  childrenOf(sessionid: string): Invocation[] {
    return [...(this.#invocations.get(sessionid)?.values() ?? [])];
  }
}
