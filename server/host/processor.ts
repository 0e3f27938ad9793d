/** An Event I/O Processor besides SCXML's own: how sessions are reached by it, and how it sends. SCXML 6.2.4, C.2 */
import type { SendEffect } from '../../engine/effect.js';

/** It may not have arrived, and may be sent again. */
export class Undelivered extends Error {
  override readonly name = 'Undelivered';
}

export interface Processor {
  /** The `type` of `<send>`. */
  readonly type: string;
  /** Entries of `_ioprocessors` for a session. */
  entries(sessionid: string): [name: string, entry: { readonly location: string }][];
  /**
   * Resolves when the message has arrived. Rejects with Undelivered when it may be tried again, with the same `key`;
   * anything else becomes error.communication of the send.
   */
  send(effect: SendEffect, key: string): Promise<void>;
}
