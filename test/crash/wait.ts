/** Waits for what a process outside has to do: there is no clock of ours to advance. */
import { setTimeout } from 'node:timers/promises';

export const pause = (ms: number): Promise<void> => setTimeout(ms);

/** Asks again and again until the answer is not undefined; rejects when that has taken too long. */
export const until = async <T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  { within = 30_000, every = 20 }: { readonly within?: number; readonly every?: number } = {},
): Promise<T> => {
  const end = performance.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${within / 1000} s`);
    await pause(every);
  }
};
