/** A session in memory: its actor, its place in the store's order of writes, its pending delayed sends. Owned by `host.ts`. */
import type { Actor } from 'xstate';
import { cancelEvent, envelope } from '../../engine/actor/event.js';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { SendEffect } from '../../engine/effect.js';
import type { ScxmlEvent } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import type { LoadedDocument } from './documents.js';
import type { Invocation, Party } from './invocation.js';
import type { SessionStatus } from './port.js';

export interface Origin {
  readonly sessionid: string;
  readonly document: LoadedDocument;
  readonly callback: string | undefined;
  /** How it was invoked, if it was. */
  readonly invocation: Invocation | undefined;
  /** How many sessions invoked each other down to this one. */
  readonly depth: number;
  readonly startedAt: number;
}

export class Live implements Party {
  /** Number of steps taken. */
  version = 0;
  status: SessionStatus = 'active';
  /** Resolves when every step so far is saved; rejects with a Problem when one cannot be. */
  saved: Promise<unknown> = Promise.resolve();
  /** Sessions that this one invoked, by invokeid. */
  readonly children = new Map<string, Invocation>();
  actor: Actor<ScxmlLogic> | undefined;
  readonly #timers = new Set<{ readonly sendid: string; readonly handle: unknown }>();
  #disposed = false;

  constructor(
    readonly origin: Origin,
    private readonly clock: Clock,
  ) {}

  /** False when the session is over. */
  tell(event: ScxmlEvent): boolean {
    if (this.status !== 'active' || !this.actor) return false;
    this.actor.send(envelope(event));
    return true;
  }

  /** It exits its states and ends. False when it is over. */
  cancel(): boolean {
    if (this.status !== 'active' || !this.actor) return false;
    // That it has left its states is told by the effects of its last step.
    this.actor.send(cancelEvent(() => undefined));
    return true;
  }

  after(effect: SendEffect, run: () => void): void {
    if (this.#disposed) return;
    const timer = {
      sendid: effect.sendid,
      handle: this.clock.setTimeout(() => {
        this.#timers.delete(timer);
        if (this.status === 'active') run();
      }, effect.delay),
    };
    this.#timers.add(timer);
  }

  /** SCXML 6.3: nothing happens when the send is not pending any more. */
  unsend(sendid: string): void {
    for (const timer of this.#timers) {
      if (timer.sendid !== sendid) continue;
      this.clock.clearTimeout(timer.handle);
      this.#timers.delete(timer);
    }
  }

  /** SCXML 6.2.4: delayed sends end with their session. */
  dispose(): void {
    this.#disposed = true;
    for (const { handle } of this.#timers) this.clock.clearTimeout(handle);
    this.#timers.clear();
  }
}
