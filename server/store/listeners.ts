/** Who is told of changed callback records: a part of every store. */
import type { CallbackRecord } from './port.js';

type Listener = (record: CallbackRecord) => void;

export class Listeners {
  readonly #all: Listener[] = [];

  add(listener: Listener): void {
    this.#all.push(listener);
  }

  /** What is committed stays committed, whatever a listener throws, and the others are told. */
  tell(record: CallbackRecord): void {
    for (const listener of this.#all) {
      try {
        listener(record);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
