/**
 * The open domains, one for each author, and spares: opening an instance of WebAssembly takes turns of the event loop, while a
 * step is synchronous.
 *
 * 1. A domain that is taken from the spares is replaced behind the step's back; `ready()` waits for that.
 * 2. Of more authors than `domains` the one that rested longest loses its domain; its sessions open again where they are used.
 */
import { ExpressionError } from '../../datamodel.js';
import { Domain, type DomainOptions } from './domain.js';

/** Instances that hold memory, spares among them; and how many broke so far. */
export interface Sandboxes {
  readonly open: number;
  readonly broken: number;
}

export class Pool {
  readonly #open = new Map<string, Domain>();
  readonly #spares: Domain[] = [];
  #refilling: Promise<void> | undefined;
  #turn = 0;
  #closed = false;
  #broken = 0;

  private constructor(private readonly options: Omit<DomainOptions, 'broke'>) {}

  /** Rejects when not even one instance can be opened. */
  static async open(options: Omit<DomainOptions, 'broke'>): Promise<Pool> {
    const pool = new Pool(options);
    await pool.#refill();
    return pool;
  }

  /**
   * The author's domain. Throws ExpressionError when a fresh one is needed and none is ready. Who has broken one in this step
   * does not get the last spare, which others may need more.
   */
  domain(author: string, again: boolean): Domain {
    const known = this.#open.get(author);
    if (!known || known.closed) return this.#fresh(author, again ? 1 : 0);
    known.used = ++this.#turn;
    return known;
  }

  /** Marks a domain as used; a full one is closed when there is a spare to take over, and one more for whoever breaks his. */
  relieve(domain: Domain, needed: boolean): void {
    domain.used = ++this.#turn;
    if (!needed && domain.isFull && this.#spares.length > 1) domain.close();
  }

  /** When the spares are there again. */
  async ready(): Promise<void> {
    await this.#refilling;
  }

  sandboxes(): Sandboxes {
    const inUse = [...this.#open.values()].filter(({ closed }) => !closed);
    return { open: inUse.length + this.#spares.length, broken: this.#broken };
  }

  close(): void {
    this.#closed = true;
    for (const domain of [...this.#open.values(), ...this.#spares.splice(0)]) domain.close();
    this.#open.clear();
  }

  #fresh(author: string, left: number): Domain {
    const domain = this.#spares.length > left ? this.#spares.shift() : undefined;
    if (!domain) throw new ExpressionError('no fresh sandbox is ready yet: await ready() of the isolated kernel');
    domain.used = ++this.#turn;
    this.#open.set(author, domain);
    this.#evict();
    this.#refilling ??= this.#refill().finally(() => {
      this.#refilling = undefined;
    });
    // Who waits for it hears of a failure; otherwise the next domain that is missing tells.
    this.#refilling.catch(() => undefined);
    return domain;
  }

  /** 2 */
  #evict(): void {
    if (this.#open.size <= this.options.limits.domains) return;
    const [rested] = [...this.#open].sort(([, a], [, b]) => a.used - b.used);
    if (!rested) return;
    rested[1].close();
    this.#open.delete(rested[0]);
  }

  async #refill(): Promise<void> {
    while (!this.#closed && this.#spares.length < this.options.limits.spares) {
      const broke = (): void => {
        this.#broken += 1;
      };
      this.#spares.push(await Domain.open({ ...this.options, broke }));
    }
  }
}
