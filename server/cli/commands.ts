/** The commands and their options. `cli.ts` gives them the process; each is carried out by the file of its name. */
import { Command, Option } from 'commander';
import { checkFormats, runCheck } from './check.js';
import { runFollow } from './follow.js';
import { graphFormats, runGraph } from './graph.js';
import type { Terminal } from './terminal.js';
import { runTrace } from './trace.js';

const formats = (choices: readonly string[]): Option =>
  new Option('--format <form>', 'what to print').choices(choices).default(choices[0]);

/** `exit` takes the exit code of the command that was given. */
export const commandLine = (terminal: Terminal, exit: (code: number) => void): Command => {
  const program = new Command('ringback').description('Checks, dry-runs and draws SCXML strategies.');

  program
    .command('check')
    .description('print every problem of the documents as file:line:col: message')
    .argument('<file...>', 'SCXML documents')
    .addOption(formats(checkFormats))
    .addHelpText(
      'after',
      '\nWarnings are marked. Exit code: 1 if a document has an error or cannot be read, else 0.' +
        '\n--format json: one array of {"file","line","column","severity","message"}.',
    )
    .action((files: string[], { format }: { format: (typeof checkFormats)[number] }) => {
      exit(runCheck(files, terminal, format));
    });

  program
    .command('trace')
    .description('run a document on a virtual clock, with a JSON list of steps from standard input')
    .argument('<file>', 'an SCXML document')
    .option('--follow', 'step by step: commands from standard input, one a line')
    .addHelpText(
      'after',
      '\nSteps: {"event":"name","data":any} or {"advance":ms}. SETTLE_MS: virtual time after the last.' +
        '\nCommands of --follow: event NAME [JSON], advance MS, state, data, help, quit.' +
        '\nActions of modules are told and not performed: send their events yourself.',
    )
    .action(async (file: string, { follow }: { follow?: boolean }) => {
      exit(await (follow ? runFollow : runTrace)(file, terminal));
    });

  program
    .command('graph')
    .description('print a document as a diagram')
    .argument('<file>', 'an SCXML document')
    .addOption(formats(graphFormats))
    .addHelpText(
      'after',
      '\n--format mermaid: a stateDiagram-v2, for Markdown and https://mermaid.live.' +
        "\n--format xstate: a machine configuration, for XState's createMachine and Stately's tools.",
    )
    .action((file: string, { format }: { format: (typeof graphFormats)[number] }) => {
      exit(runGraph(file, terminal, format));
    });
  return program;
};
