/**
 * An agent brings somebody else into a call: holds it, asks, and completes the transfer or conference when there is an answer.
 * `agents.ts` begins it and does not wait: desktops hear how it goes by their calls.
 *
 * 1. Whatever goes wrong, the agent has the call back, not held, and nobody else is called any more.
 */
import type { Address, InteractionId, OpResult, TelephonyPort } from '../voice/port.js';

export type Bringing = 'transfer' | 'conference';

export interface Brought {
  readonly ixn: InteractionId;
  readonly as: Bringing;
  /** The DN of the agent who asks. */
  readonly dn: string;
  /** A DN, or a number outside. */
  readonly to: string;
  readonly requestId: string;
}

const RING_MS = 32_000;

/** Answers when the call is held, and somebody is being called. */
export const bring = async (voice: TelephonyPort, brought: Brought): Promise<OpResult> => {
  const held = await voice.hold(brought.ixn);
  if (held.ok) void complete(voice, brought).catch(() => voice.retrieve(brought.ixn));
  return held;
};

const complete = async (voice: TelephonyPort, { ixn, as, dn, to, requestId }: Brought): Promise<void> => {
  const address: Address = { kind: voice.deviceAt(to) === 'dn' ? 'dn' : 'number', value: to };
  const from = { kind: 'dn', value: dn } as const;
  const asked = await voice.createCall({ requestId, from, to: address, ringTimeoutMs: RING_MS, parent: ixn });
  const done = asked.connected && (await voice[as](ixn, asked.ixn));
  if (done && done.ok) return;
  // 1
  if (asked.connected) await voice.release(asked.ixn);
  await voice.retrieve(ixn);
};
