/**
 * One `<invoke>` that is under way: the link between the session that invokes and the one that is invoked. SCXML 6.4
 *
 * 1. What is sent to an invoked session while its document is being loaded waits for it.
 * 2. Nothing of an invoked session that was cancelled reaches its invoker any more (SCXML 6.4.3); one that came to its end by
 *    itself was not cancelled, so its done.invoke arrives (W3C test 236).
 */
import type { ScxmlEvent } from '../../engine/event.js';
import type { SessionStatus } from './port.js';

/** The session at either end; `live.ts` is one. */
export interface Party {
  readonly status: SessionStatus;
  readonly children: Map<string, Invocation>;
  tell(event: ScxmlEvent): boolean;
  cancel(): boolean;
}

export class Invocation {
  #session: Party | undefined;
  #cancelled = false;
  readonly #early: ScxmlEvent[] = [];

  constructor(
    private readonly invoker: Party,
    readonly invokeid: string,
  ) {}

  get cancelled(): boolean {
    return this.#cancelled;
  }

  started(session: Party): void {
    this.#session = session;
    for (const event of this.#early.splice(0)) session.tell(event);
  }

  /** To the invoked session. False when it is over. */
  tell(event: ScxmlEvent): boolean {
    if (this.#session) return this.#session.tell(event);
    this.#early.push(event);
    return true;
  }

  /** To the invoker. False when it is over, or has cancelled. */
  report(event: ScxmlEvent): boolean {
    return !this.#cancelled && this.invoker.tell(event);
  }

  /** From here on nothing is reported. */
  cut(): void {
    if (this.#session?.status !== 'done') this.#cancelled = true;
  }

  cancel(): void {
    this.cut();
    this.#session?.cancel();
  }

  /** The invoked session is over, or could not be started. */
  over(event: Pick<ScxmlEvent, 'name' | 'data'>): void {
    const { invoker, invokeid } = this;
    if (invoker.children.get(invokeid) === this) invoker.children.delete(invokeid);
    this.report({ ...event, type: 'platform', invokeid });
  }
}
