/**
 * Which agents' phones are kept for a call that is on its way to them: the implicit reservation of ISCC. `agent-leg.ts` reserves and rings.
 *
 * 1. A phone is kept for one call at a time. A call of higher priority takes it from one of lower; of equal ones the first keeps it.
 * 2. A reservation ends when its call rings there, when its time is over, or when it is given up; whoever comes then is not expected.
 */
import type { Clock } from '../../clock.js';
import type { InteractionId, Reservation } from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';

interface Kept {
  readonly ixn: InteractionId;
  readonly priority: number;
}

export class Reservations {
  readonly #kept = new Map<string, Kept>();
  readonly #alarms: Alarms;

  constructor(clock: Clock) {
    this.#alarms = alarmsOn(clock);
  }

  /** False: it is kept for another call. (1) */
  reserve(dn: string, ixn: InteractionId, { durationMs, priority = 0 }: Reservation): boolean {
    const kept = this.#kept.get(dn);
    if (kept && kept.priority >= priority) return false;
    this.#kept.set(dn, { ixn, priority });
    this.#alarms.set(dn, durationMs, () => this.#kept.delete(dn));
    return true;
  }

  isKeptFor(dn: string, ixn: InteractionId): boolean {
    return this.#kept.get(dn)?.ixn === ixn;
  }

  isKeptForOthers(dn: string, ixn: InteractionId): boolean {
    const kept = this.#kept.get(dn);
    return kept !== undefined && kept.ixn !== ixn;
  }

  /** Nothing where it is not kept for this call. */
  end(dn: string, ixn: InteractionId): void {
    if (!this.isKeptFor(dn, ixn)) return;
    this.#kept.delete(dn);
    this.#alarms.clear(dn);
  }
}
