/** So many callers, each of whom asks again when it has been answered: events per second, and how long an answer takes. */

export interface Pace {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export const paceOf = (times: readonly number[], ms: number): Pace => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? NaN;
  return { perSecond: times.length / (ms / 1000), p50: at(0.5), p99: at(0.99) };
};

export const pace = async (callers: number, ms: number, ask: (caller: number) => Promise<unknown>): Promise<Pace> => {
  const times: number[] = [];
  const begin = performance.now();
  const end = begin + ms;
  const call = async (caller: number): Promise<void> => {
    for (let asked = performance.now(); asked < end;) {
      await ask(caller);
      const answered = performance.now();
      times.push(answered - asked);
      asked = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return paceOf(times, performance.now() - begin);
};
