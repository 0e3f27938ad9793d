/** What was changed after a request was submitted, or a session began: kept with the step that hears of it, for the next process. */
import type { Data } from '../../../../engine/event.js';
import type { Store, Write } from '../../../store/port.js';

/** Of the inbox. */
const SCOPE = 'queue';

export class Journal {
  readonly #lengths = new Map<string, number>();

  constructor(
    private readonly store: Pick<Store, 'inbox'>,
    private readonly now: () => number,
  ) {}

  async has(id: string): Promise<boolean> {
    return (await this.store.inbox(SCOPE, id)) !== undefined;
  }

  async answer(id: string): Promise<Data | undefined> {
    return (await this.store.inbox(SCOPE, id))?.answer;
  }

  note(id: string, answer: Data | null = null): Write {
    return { kind: 'inbox', record: { scope: SCOPE, id, digest: '', at: this.now(), sendid: undefined, answer } };
  }

  /** All that was changed of it, in order. */
  async changes(of: string): Promise<readonly Data[]> {
    const changes: Data[] = [];
    for (;;) {
      const record = await this.store.inbox(SCOPE, `${of}/${changes.length}`);
      if (record?.answer === undefined) break;
      changes.push(record.answer);
    }
    this.#lengths.set(of, Math.max(changes.length, this.#lengths.get(of) ?? 0));
    return changes;
  }

  /** One more. */
  changed(of: string, change: Data): Write {
    const at = this.#lengths.get(of) ?? 0;
    this.#lengths.set(of, at + 1);
    return this.note(`${of}/${at}`, change);
  }

  forget(of: string): void {
    this.#lengths.delete(of);
  }
}
