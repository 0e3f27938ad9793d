/** The refusals of the simulated network in one form. */
import type { InteractionId, Refusal } from '../port.js';

export function refusal(code: Refusal['code'], text: string): Refusal {
  return { ok: false, code, text };
}

export function gone(ixn: InteractionId): Refusal {
  return refusal('gone', `There is no call ${ixn} (any more)`);
}
