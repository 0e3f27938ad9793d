/**
 * A contact centre on the whole screen, drawn anew every second until Ctrl-C.
 *
 * 1. However it ends, the terminal is as it was before: its text, and the cursor.
 * 2. A server that goes away for a while is waited for; what was seen last stays, and it is said.
 */
import type { CentreView } from '../../agents/message.js';
import type { Screen } from '../screen.js';
import { CentreError } from './ask.js';
import { cut } from './plain.js';
import { textOf } from './text.js';

export interface LiveOptions {
  readonly url: string;
  readonly screen: Screen;
  /** Rejects with CentreError. */
  readonly look: (signal?: AbortSignal) => Promise<CentreView>;
}

const EVERY_MS = 1_000;

interface Shown {
  readonly view: CentreView;
  /** Why it is not as it is now. */
  readonly trouble?: string;
}

/** Until whoever looks has seen enough. Rejects with a CentreError that will not pass. */
export const showLive = async ({ url, screen, look }: LiveOptions): Promise<void> => {
  let shown: Shown = { view: await look() };
  const stopped = screen.open();
  const again = async (): Promise<Shown> => {
    try {
      return { view: await look(stopped) };
    } catch (error) {
      if (stopped.aborted) return shown;
      if (error instanceof CentreError && error.passing) return { view: shown.view, trouble: error.message };
      throw error;
    }
  };
  try {
    while (!stopped.aborted) {
      screen.draw(fitted(shown, url, screen));
      await screen.wait(EVERY_MS);
      shown = await again();
    }
  } finally {
    screen.close();
  }
};

const fitted = ({ view, trouble }: Shown, url: string, { columns, rows }: Screen): string[] => {
  const lines = textOf(view, url, columns);
  if (trouble !== undefined) lines.unshift(cut(`as it was before: ${trouble}`, columns));
  if (lines.length <= rows) return lines;
  const more = `${lines.length - rows + 1} lines more: make the terminal higher, or see all with --once`;
  return [...lines.slice(0, rows - 1), cut(more, columns)];
};
