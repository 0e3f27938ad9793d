/**
 * The calls of a callback that has lost its session: `../gms/resubmission.ts` decides by them what becomes of it. They are the session's
 * own, which the host releases, and all that bear the callback's id: a plugin may have one, or have given one back that nobody takes.
 */
import type { InteractionId, TelephonyPort } from '../voice/port.js';
import type { CallStanding, Talks } from '../voice/talks.js';
import type { Interactions } from './interactions.js';

interface Needs {
  readonly voice: Pick<TelephonyPort, 'calls' | 'getUserData' | 'holder' | 'release'>;
  readonly interactions: Pick<Interactions, 'free'>;
  readonly talks: Pick<Talks, 'standing'>;
}

/** How the calls stand; `own`: those that the session had. One that is nobody's, and waits for nobody, is ended. */
export type LostCalls = (callback: string, own: readonly string[]) => Promise<readonly CallStanding[]>;

export const lostCalls = ({ voice, interactions, talks }: Needs): LostCalls => {
  const end = async (ixn: InteractionId): Promise<void> => {
    if (interactions.free(ixn) && (await voice.holder(ixn)) === 'us') await voice.release(ixn);
  };
  return async (callback, own) => {
    const its = voice.calls().filter((ixn) => voice.getUserData(ixn)?.['GMS_Service_ID'] === callback);
    // One that cannot be ended is up.
    await Promise.allSettled(its.map(end));
    return [...new Set([...own, ...its])].map((ixn) => talks.standing(ixn));
  };
};
