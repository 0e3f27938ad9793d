/** The last save of a session, for `scope.ts`: what it is restored from, and what saving has come to if nothing was done since. */
import type { Data } from '../../../event.js';
import type { LimitError } from '../../../limits.js';

export class Saved {
  #data: (() => Data) | undefined;
  #outcome: (() => string) | undefined;

  constructor(data: Data | undefined) {
    if (data !== undefined) this.#data = () => data;
  }

  get data(): Data | undefined {
    return this.#data?.();
  }

  /** Its text, or undefined when it has to be saved to know. Throws what saving has thrown. */
  get text(): string | undefined {
    return this.#outcome?.();
  }

  keep(text: string): void {
    this.#data = () => JSON.parse(text) as Data;
    this.#outcome = () => text;
  }

  /** Nothing is known of it now, or that it is too large. */
  lose(why?: LimitError): void {
    this.#outcome =
      why &&
      ((): never => {
        throw why;
      });
  }
}

export const failureOf = (work: () => void): Error | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
};
