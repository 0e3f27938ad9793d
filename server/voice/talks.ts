/**
 * Which calls are conversations: for who has lost sight of a call and has to know whether its customer got somebody. Hears what the
 * network tells (`port.ts`).
 */
import type { InteractionId, LegId, TelephonyEvent, TelephonyPort } from './port.js';

/** `up`: somebody is in it, or it rings; `talking`: two have answered. */
export type CallStanding = 'over' | 'up' | 'talking';

export interface Talks {
  report(event: TelephonyEvent): void;
  standing(ixn: string): CallStanding;
}

export const talks = (voice: Pick<TelephonyPort, 'call'>): Talks => {
  const answered = new Map<InteractionId, Set<LegId>>();
  return {
    report(event) {
      const { ixn } = event;
      if (event.type === 'deleted') answered.delete(ixn);
      else if (event.type === 'established') answered.set(ixn, (answered.get(ixn) ?? new Set()).add(event.leg));
      else if (event.type === 'released') answered.get(ixn)?.delete(event.leg);
    },
    standing(id) {
      const ixn = id as InteractionId;
      if (!voice.call(ixn)) return 'over';
      return (answered.get(ixn)?.size ?? 0) > 1 ? 'talking' : 'up';
    },
  };
};
