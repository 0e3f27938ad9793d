/** Measuring on a noisy machine: CPU time, rounds interleaved, the median and how far the rounds lie apart. */

export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Events per second of CPU time (user and system, garbage collection and compiler included). */
export const eventsPerSecond = (cycle: () => void, events: number, sliceMs: number): number => {
  const begin = process.cpuUsage();
  const end = performance.now() + sliceMs;
  let sent = 0;
  do {
    cycle();
    sent += events;
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(begin);
  return sent / ((user + system) / 1e6);
};

export const figure = (samples: readonly number[]): Figure | undefined => {
  const sorted = [...samples].sort((a, b) => a - b);
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
  return median === undefined || least === undefined || most === undefined ? undefined : { median, least, most };
};
