/**
 * `ringback trace FILE`: one session on a virtual clock (`dry-run.ts`), fed with the steps on standard input; afterwards its timers
 * run for SETTLE_MS of virtual time. Prints one JSON object, `Told`. `follow.ts` is the same step by step.
 */
import { DocumentError } from '../../engine/position.js';
import { dryRun, type Line } from './dry-run.js';
import { messageOf } from '../problems.js';
import { readDocument } from './file.js';
import { ScriptError, stepsOf, type Step } from './steps.js';
import type { Terminal } from './terminal.js';

interface Told {
  readonly initialConfiguration: readonly string[];
  readonly steps: readonly { readonly configuration: readonly string[]; readonly running: boolean }[];
  readonly endConfiguration: readonly string[];
  /** The id of the top-level final state that ended the session. */
  readonly final: string | null;
  readonly running: boolean;
  /** Enter, exit and log, in exact order. Errors and actions of modules are told by `--follow`. */
  readonly trace: readonly Exclude<Line, { readonly action: string } | { readonly error: string }>[];
}

const SETTLE_MS = 15_000;

/** Answers the exit code: 0, 1 when the document is wrong or its session breaks off, 2 when the input is wrong. */
export const runTrace = async (
  file: string,
  terminal: Pick<Terminal, 'out' | 'err' | 'input' | 'env'>,
): Promise<number> => {
  const text = readDocument(file, terminal);
  if (text === undefined) return 1;
  try {
    const settle = settleMs(terminal.env['SETTLE_MS']);
    const steps = stepsOf(await terminal.input());
    terminal.out(JSON.stringify(await tell(text, file, steps, settle)));
    return 0;
  } catch (error) {
    terminal.err(error instanceof DocumentError ? error.message : `${file}: ${messageOf(error)}`);
    return error instanceof ScriptError ? 2 : 1;
  }
};

const settleMs = (text: string | undefined): number => {
  if (text === undefined || text === '') return SETTLE_MS;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ScriptError(`SETTLE_MS is "${text}": it must be a whole number of milliseconds`);
};

const tell = async (text: string, file: string, steps: readonly Step[], settle: number): Promise<Told> => {
  const trace: Told['trace'][number][] = [];
  const run = await dryRun(text, file, (line) => {
    if (!('action' in line || 'error' in line)) trace.push(line);
  });
  const initialConfiguration = run.look().configuration;
  const told = [];
  for (const step of steps) {
    if ('advance' in step) await run.advance(step.advance);
    else await run.send(step.event, step.data);
    const { configuration, running } = run.look();
    told.push({ configuration, running });
  }
  await run.advance(settle);
  const { configuration: endConfiguration, running, final } = run.look();
  run.stop();
  return { initialConfiguration, steps: told, endConfiguration, final, running, trace };
};
