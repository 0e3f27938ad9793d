/**
 * A clock for limits on work: it goes on while this process runs and stands while it waits for a processor, so that a busy machine
 * does not end what would have been in time. What it tells is never more than the time on the wall.
 *
 * Of each span the smaller counts: the time on the wall, or what all threads of the process used of the processors. A short span
 * counts as it is, for asking what was used takes a call to the system.
 */

export interface Usage {
  /** Milliseconds since some moment, monotonic. */
  readonly elapsed: () => number;
  /** Milliseconds of the processors that the process has used. */
  readonly used: () => number;
}

const SPAN_MS = 2;

export const busyClock = ({ elapsed, used }: Usage): (() => number) => {
  let wall = elapsed();
  let cpu = used();
  let counted = 0;
  let told = 0;
  return () => {
    const now = elapsed();
    const span = now - wall;
    if (span >= SPAN_MS) {
      const usedNow = used();
      counted += Math.min(span, usedNow - cpu);
      [wall, cpu] = [now, usedNow];
      told = Math.max(told, counted);
    } else told = Math.max(told, counted + span);
    return told;
  };
};

export const processBusy = (): (() => number) =>
  busyClock({
    elapsed: () => performance.now(),
    used: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  });
