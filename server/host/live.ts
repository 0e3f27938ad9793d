/** A session in memory: its actor, its place in the store's order of writes, its pending delayed sends. Owned by `host.ts`. */
import type { Actor } from 'xstate';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { SendEffect } from '../../engine/effect.js';
import type { Clock } from '../clock.js';
import type { SessionStatus } from './port.js';

/** Who invoked a session, and under which id. */
export interface Invoker {
  readonly sessionid: string;
  readonly invokeid: string;
}

export interface Origin {
  readonly sessionid: string;
  readonly uri: string;
  /** Hash of the document. */
  readonly document: string;
  readonly callback: string | undefined;
  readonly invoker: Invoker | undefined;
  /** How many sessions invoked each other down to this one. */
  readonly depth: number;
  readonly startedAt: number;
}

export class Live {
  version = 0;
  status: SessionStatus = 'active';
  /** Resolves when every step so far is saved. */
  saved: Promise<void> = Promise.resolve();
  /** Sessions that this one invoked: invokeid -> session id. */
  readonly children = new Map<string, string>();
  readonly #timers = new Map<unknown, { readonly sendid: string; readonly handle: unknown }>();
  actor: Actor<ScxmlLogic> | undefined;

  constructor(
    readonly origin: Origin,
    private readonly clock: Clock,
  ) {}

  after(effect: SendEffect, run: () => void): void {
    const key = {};
    const handle = this.clock.setTimeout(() => {
      this.#timers.delete(key);
      run();
    }, effect.delay);
    this.#timers.set(key, { sendid: effect.sendid, handle });
  }

  /** SCXML 6.3: nothing happens when the send is not pending any more. */
  cancel(sendid: string): void {
    for (const [key, timer] of this.#timers) if (timer.sendid === sendid) this.#clear(key, timer.handle);
  }

  /** SCXML 6.2.4: delayed sends end with their session. */
  dispose(): void {
    for (const [key, { handle }] of this.#timers) this.#clear(key, handle);
  }

  #clear(key: unknown, handle: unknown): void {
    this.clock.clearTimeout(handle);
    this.#timers.delete(key);
  }
}
