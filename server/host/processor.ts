/** An Event I/O Processor besides SCXML's own: how sessions are reached by it, and how it sends. SCXML 6.2.4, C.2 */
import type { SendEffect } from '../../engine/effect.js';

export interface Processor {
  /** The `type` of `<send>`. */
  readonly type: string;
  /** Entries of `_ioprocessors` for a session. */
  entries(sessionid: string): [name: string, entry: { readonly location: string }][];
  /** Resolves when the message has arrived. What it rejects with becomes error.communication of the send. */
  send(effect: SendEffect): Promise<void>;
}
