/** What a host tells of its work while it does it, for metrics. Called in the middle of things: it must be quick, and not throw. */
export interface Observer {
  /** A session took a step, and the store was handed it: for so many milliseconds nothing else could happen. */
  stepped(ms: number): void;
  /** What waited for its time was begun, so many milliseconds after it. */
  fired(late: number): void;
  /** An effect was not taken, and is tried again. */
  retried(): void;
}

export const unobserved: Observer = {
  stepped: () => undefined,
  fired: () => undefined,
  retried: () => undefined,
};
