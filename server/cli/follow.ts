/**
 * `ringback trace --follow FILE`: one session on a virtual clock (`dry-run.ts`), moved on by commands from standard input; after each
 * it prints what happened and where the session is. A command that fails says why on standard error and ends nothing.
 */
import { DocumentError } from '../../engine/position.js';
import { parseJson } from '../json.js';
import { dryRun, type DryRun, type Line } from './dry-run.js';
import { readDocument } from './file.js';
import type { Terminal } from './terminal.js';
import { messageOf } from '../problems.js';

type Output = Pick<Terminal, 'out' | 'err' | 'lines' | 'prompt'>;

interface Command {
  readonly usage: string;
  readonly does: string;
  /** Answers false to end. Throws what is wrong with the command. */
  run(run: DryRun, rest: string, out: Terminal['out']): Promise<boolean> | boolean;
}

/** Answers the exit code: 0, or 1 when the document cannot be run. */
export const runFollow = async (file: string, terminal: Output): Promise<number> => {
  const text = readDocument(file, terminal);
  if (text === undefined) return 1;
  try {
    const run = await dryRun(text, file, (line) => terminal.out(words(line)));
    terminal.out(place(run));
    if (terminal.prompt) terminal.out('help lists the commands');
    await follow(run, terminal);
    run.stop();
    return 0;
  } catch (error) {
    terminal.err(error instanceof DocumentError ? error.message : `${file}: ${messageOf(error)}`);
    return 1;
  }
};

const follow = async (run: DryRun, { out, err, lines, prompt }: Output): Promise<void> => {
  prompt?.();
  for await (const line of lines()) {
    try {
      if (!(await obey(run, line.trim(), out))) return;
    } catch (error) {
      err(messageOf(error));
    }
    prompt?.();
  }
};

const obey = async (run: DryRun, line: string, out: Terminal['out']): Promise<boolean> => {
  if (line === '') return true;
  const [name = ''] = line.split(/\s/, 1);
  const command = commands.get(name);
  if (!command) throw new Error(`there is no command "${name}": help lists them`);
  return command.run(run, line.slice(name.length).trim(), out);
};

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'event',
    {
      usage: 'event NAME [JSON]',
      does: 'sends an event, with data',
      async run(run, rest, out) {
        const [name = ''] = rest.split(/\s/, 1);
        if (name === '') throw new Error('event needs a name: event NAME [JSON]');
        const data = rest.slice(name.length).trim();
        if (!run.look().running) throw new Error(`the session is over: it ${place(run)}`);
        await run.send(name, data === '' ? undefined : parseJson(data));
        out(place(run));
        return true;
      },
    },
  ],
  [
    'advance',
    {
      usage: 'advance MS',
      does: 'lets milliseconds pass; timers that are due fire',
      async run(run, rest, out) {
        if (!/^\d{1,15}$/.test(rest)) throw new Error(`advance needs a whole number of milliseconds, not "${rest}"`);
        await run.advance(Number(rest));
        out(place(run));
        return true;
      },
    },
  ],
  ['state', { usage: 'state', does: 'says where the session is', run: (run, _, out) => say(out, [place(run)]) }],
  [
    'data',
    {
      usage: 'data',
      does: 'lists the variables',
      run: (run, _, out) =>
        say(
          out,
          Object.entries(run.variables()).map(([name, value]) => `${name} = ${shown(value)}`),
        ),
    },
  ],
  [
    'help',
    {
      usage: 'help',
      does: 'lists the commands',
      run: (_run, _rest, out) =>
        say(
          out,
          [...commands.values()].map(({ usage, does }) => `${usage.padEnd(18)} ${does}`),
        ),
    },
  ],
  ['quit', { usage: 'quit', does: 'ends; so does the end of the input', run: () => false }],
]);

const say = (out: Terminal['out'], lines: readonly string[]): true => {
  for (const line of lines) out(line);
  return true;
};

const shown = (value: unknown): string => {
  try {
    return value === undefined ? 'undefined' : JSON.stringify(value);
  } catch {
    return '(a value that contains itself)';
  }
};

const words = (line: Line): string => {
  if ('enter' in line) return `enter ${line.enter}`;
  if ('exit' in line) return `exit ${line.exit}`;
  if ('log' in line) return `log ${line.log === null ? '' : `${line.log}: `}${JSON.stringify(line.value)}`;
  if ('error' in line) return errorWords(line);
  const { action, requestid, attributes, params } = line;
  const more = Object.keys(params ?? {}).length > 0 ? ` params ${JSON.stringify(params)}` : '';
  return `action ${action} requestid ${requestid} ${JSON.stringify(attributes)}${more}`;
};

/** `error error.execution at 3:12: n is not defined`. */
const errorWords = ({ error, reason, at }: Extract<Line, { readonly error: string }>): string => {
  const where = at ? ` at ${String(at.line)}:${String(at.column)}` : '';
  return `error ${error}${where}${reason === null ? '' : `: ${reason}`}`;
};

const place = (run: DryRun): string => {
  const { configuration, running } = run.look();
  const states = configuration.length > 0 ? configuration.join(', ') : 'a state without an id';
  return `${running ? 'is in' : 'has ended in'} ${states} at ${run.now()} ms`;
};
