/**
 * When a scheduled callback is submitted: its desired time less the lead of its service and less what it would have to wait by then
 * (the guide, "Start or Schedule Callback"). The wait changes, so it is looked at again and again before. `launch.ts` does it. Pure.
 *
 * 1. The first look is early enough for a wait of two hours (`_queue_poll_period`, -120,120 minutes); who has to wait longer is late.
 * 2. Looks are a minute apart at least (`queue-polling-rate`, 60 s), and a quarter of what is left while that is more: thousands may be
 *    booked. The last one is on time.
 */
import type { CallbackRecord } from '../store/port.js';

const FIRST_LOOK_MS = 120 * 60_000;
const LOOK_MS = 60_000;

/** The first look at what is booked now, in milliseconds since the epoch: how long it would have to wait has just been looked at. */
export const firstLook = (desiredTime: number, leadMs: number, now: number): number =>
  Math.min(desiredTime - leadMs, Math.max(now + LOOK_MS, desiredTime - leadMs - FIRST_LOOK_MS));

/** Milliseconds until the next look; 0: it is submitted now. `ewtMs`: 0 where nothing is known. */
export const nextLook = (
  { desiredTime }: Pick<CallbackRecord, 'desiredTime'>,
  leadMs: number,
  ewtMs: number,
  now: number,
): number => {
  const left = Math.max(0, desiredTime - leadMs - ewtMs - now);
  return Math.min(left, Math.max(LOOK_MS, left / 4));
};
