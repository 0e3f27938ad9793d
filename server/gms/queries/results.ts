/** What is answered to one request about many callbacks: which of them it was done for, and why not for the others. */
import { callbackErrorOf, isUnavailable } from '../errors.js';

type Named = Readonly<Record<string, string>>;

export interface Results {
  readonly success: readonly Named[];
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

export class ResultList implements Results {
  readonly success: Named[] = [];
  readonly errors: Readonly<Record<string, unknown>>[] = [];

  /** Does it for one callback, and notes what came of it. Rejects where the store cannot write. */
  async try(id: string, work: (id: string) => Promise<void>): Promise<void> {
    try {
      await work(id);
      this.success.push({ _id: id });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.failed({ _id: id }, error);
    }
  }

  /** `named`: the callback or the number, as the request has it. */
  failed(named: Named, error: unknown): void {
    const { code, phrase, message } = callbackErrorOf(error).body;
    this.errors.push({ code, phrase, ...named, message });
  }
}
