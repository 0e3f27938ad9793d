/** Files as the commands read them: a document, and what it names by `src`, relative to itself. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Terminal } from './terminal.js';

/** Undefined, and a message, when it cannot be read. */
export const readDocument = (file: string, { err }: Pick<Terminal, 'err'>): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    err(`${file}: cannot be read (${code ?? message}): check its name and your rights`);
    return undefined;
  }
};

/** Undefined for what does not exist or is no file: then the document says what it needs it for. */
export const resourcesOf =
  (file: string) =>
  (src: string): string | undefined => {
    try {
      return readFileSync(fileURLToPath(new URL(src, pathToFileURL(file))), 'utf8');
    } catch {
      return undefined;
    }
  };
