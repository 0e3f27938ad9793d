/**
 * The end of the process on a signal, for `main.ts`: in order while that works, at once when it is asked twice or takes too long.
 */
import type { Log } from './log.js';
import { messageOf } from './problems.js';

export interface StopOptions {
  /** Stops everything; `at` is told what is waited for. */
  readonly run: (at: (what: string) => void) => Promise<void>;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** Ends the process with this code. */
  readonly exit: (code: number) => void;
  /** Calls `fn` after so many milliseconds, if the process is still there. */
  readonly after: (fn: () => void, ms: number) => void;
  /** Milliseconds. */
  readonly limit: number;
}

/** What to do on each signal. */
export const stopOnSignal = ({ run, log, exit, after, limit }: StopOptions): ((signal: string) => void) => {
  let asked = false;
  let what = 'the beginning';
  const fail = (message: string): void => {
    log.error(message);
    exit(1);
  };
  return (signal) => {
    if (asked) {
      fail(`stopped at once by a second signal (${signal}), while waiting for ${what}`);
      return;
    }
    asked = true;
    log.info({ signal }, 'stopping');
    after(() => fail(`not stopped within ${limit} ms: it hangs at ${what}; what was answered is saved`), limit);
    run((next) => (what = next)).then(
      () => {
        log.info('stopped');
        exit(0);
      },
      (error: unknown) => fail(`not stopped in order: ${what}: ${messageOf(error)}`),
    );
  };
};
