/** One thing for a session to take, on its way through the session's mailbox. */
import type { ScxmlEvent } from '../../engine/event.js';
import type { Write } from '../store/port.js';

export interface Delivery {
  /** `cancel`: it leaves its states and ends. `start`: its first step. */
  readonly what: ScxmlEvent | 'cancel' | 'start';
  /** Written with the step that takes it: that it arrived, and where it came from has to know no more. */
  readonly writes: readonly Write[];
  /**
   * A client waits and may ask again: when the store cannot write, it is told, and the delivery dropped. Anything else is
   * kept, and taken when the store can write again.
   */
  readonly client: boolean;
  /** Called once: when the step is saved, or with the reason why it will not be. */
  readonly settle?: ((failure?: Error) => void) | undefined;
}

/** From the server's own work. */
export const delivery = (
  what: ScxmlEvent | 'cancel',
  writes: readonly Write[] = [],
  settle?: Delivery['settle'],
): Delivery => ({ what, writes, client: false, settle });

/** From a client, with the promise of what becomes of it. */
export const request = (
  what: Delivery['what'],
  writes: readonly Write[] = [],
): { readonly delivery: Delivery; readonly saved: Promise<void> } => {
  let settle: (failure?: Error) => void = () => undefined;
  const saved = new Promise<void>((resolve, reject) => {
    settle = (failure) => {
      if (failure) reject(failure);
      else resolve();
    };
  });
  return { delivery: { what, writes, client: true, settle }, saved };
};
