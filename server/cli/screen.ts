/** The terminal that standard output is, for what is drawn on all of it: `centre/live.ts`. */
import { setTimeout } from 'node:timers/promises';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** Takes the whole screen; what was there comes back with `close`. The signal: Ctrl-C, or the end of the terminal. */
  open(): AbortSignal;
  /** In place of what was drawn before: at most `rows` lines of at most `columns` columns. */
  draw(lines: readonly string[]): void;
  /** So long, or until the size changes or the signal comes. */
  wait(ms: number): Promise<void>;
  close(): void;
}

/** Control sequences of ECMA-48, and xterm's for another screen. */
const OPEN = '\x1b[?1049h\x1b[?25l';
const CLOSE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST = '\x1b[J';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Stream {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

interface Signals {
  on(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  off(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
}

export const screenOn = (stream: Stream, signals: Signals): Screen => {
  const stop = new AbortController();
  let resized = new AbortController();
  const onStop = (): void => stop.abort();
  const onResize = (): void => resized.abort();
  return {
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    open() {
      for (const signal of SIGNALS) signals.on(signal, onStop);
      stream.on('resize', onResize);
      stream.write(OPEN);
      return stop.signal;
    },
    draw(lines) {
      stream.write(HOME + lines.map((line) => line + REST_OF_LINE).join('\r\n') + REST);
    },
    async wait(ms) {
      resized = new AbortController();
      await setTimeout(ms, undefined, { signal: AbortSignal.any([stop.signal, resized.signal]) }).catch(
        () => undefined,
      );
    },
    close() {
      for (const signal of SIGNALS) signals.off(signal, onStop);
      stream.off('resize', onResize);
      stream.write(CLOSE);
    },
  };
};
