/**
 * What is told of callbacks while they run: status events (the guide, "Enable Status Notifications") and the key-value pairs of
 * historical reporting ("Callback KVPs"). Strategies say them by `../ors/modules/callback.ts`, and so do the callback services; `recorder.ts` keeps them.
 *
 * 1. An entry is told at least once: its key is the same when it comes again, and who takes it takes it once.
 */
import type { Target } from './status.js';

export interface Entry {
  /** The effect key `session/version/index`, or `callback/<id>/...` of the callback services. */
  readonly key: string;
  /** When it was said, in milliseconds since the epoch. */
  readonly at: number;
  readonly sessionid: string;
  /** A status event (`_cbe_*`), pairs (`_CB_*`), or what a customer's device is to show: `{ device, os, provider, message }`. */
  readonly kind: 'event' | 'pairs' | 'push';
  /** Of an event; '' for the others. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of an event: who has asked for it. */
  readonly to?: Target;
}

export interface Reporting {
  /** Resolves when it is taken. A rejection is a fault of the adapter. */
  readonly tell: (entry: Entry) => Promise<void>;
}
