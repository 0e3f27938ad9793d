/** `ringback graph FILE`: the document as a picture: Mermaid text (`mermaid.ts`), or the machine configuration that XState's tools read. */
import { compileText, machineConfig } from '../../engine/index.js';
import { parse } from '../../engine/parse/document.js';
import { DocumentError } from '../../engine/position.js';
import { moduleTables, platformModels } from '../ors/modules/tables.js';
import { readDocument, resourcesOf } from './file.js';
import { mermaid } from './mermaid.js';
import type { Terminal } from './terminal.js';

export const graphFormats = ['mermaid', 'xstate'] as const;
type Format = (typeof graphFormats)[number];

/** Answers the exit code: 1 when the document is wrong, with what is. */
export const runGraph = (file: string, terminal: Pick<Terminal, 'out' | 'err'>, format: Format = 'mermaid'): number => {
  const text = readDocument(file, terminal);
  if (text === undefined) return 1;
  try {
    const options = { uri: file, resources: resourcesOf(file), modules: moduleTables, platform: platformModels };
    const chart = compileText(text, { ...options, trusted: true });
    terminal.out(
      format === 'mermaid' ? mermaid(parse(text, options)) : JSON.stringify(machineConfig(chart), undefined, 2),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    terminal.err(error.message);
    return 1;
  }
};
