/**
 * Documents that have to stay out for a while: their sessions broke their sandboxes, or ran until they were stopped, again and
 * again. `documents.ts` asks before a session begins and notes each breach; what runs goes on.
 *
 * 1. Time is a parameter, in milliseconds of any clock.
 * 2. A document is known by its hash: one that was mended is another one.
 * 3. Not more than MOST documents are remembered, the ones that breached last.
 */
import { problem, type Problem } from '../problems.js';

export interface QuarantineLimits {
  /** So many breaches */
  readonly breaches: number;
  /** within so many milliseconds keep a document out */
  readonly within: number;
  /** for so many, from the last of them. */
  readonly lasts: number;
}

export const defaultQuarantine: QuarantineLimits = { breaches: 8, within: 600_000, lasts: 600_000 };

const MOST = 1000;

interface Breaches {
  /** When the last ones were, in order. */
  readonly at: readonly number[];
  readonly until: number;
}

export class Quarantine {
  readonly #documents = new Map<string, Breaches>();

  constructor(private readonly limits: QuarantineLimits = defaultQuarantine) {}

  /** True when it begins with this breach. */
  breached(hash: string, now: number): boolean {
    const { breaches, within, lasts } = this.limits;
    const before = this.#documents.get(hash) ?? { at: [], until: 0 };
    const at = [...before.at.filter((then) => now - then < within), now].slice(-breaches);
    const full = at.length === breaches;
    this.#documents.delete(hash);
    this.#documents.set(hash, { at, until: full ? now + lasts : before.until });
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MOST && oldest !== undefined) this.#documents.delete(oldest);
    return full && now >= before.until;
  }

  /** Why a session may not begin in this document now. */
  refusal({ hash, uri }: { readonly hash: string; readonly uri: string }, now: number): Problem | undefined {
    const { until = 0 } = this.#documents.get(hash) ?? {};
    if (now >= until) return undefined;
    return problem('DOCUMENT_QUARANTINED', uri, this.limits.breaches, Math.ceil((until - now) / 1000));
  }
}
