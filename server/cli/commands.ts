/** The commands and their options. `cli.ts` gives them the process; each is carried out by the file of its name. */
import { Command, Option } from 'commander';
import { runBackup, type BackupOptions } from './backup.js';
import { centreCommands } from './centre/commands.js';
import { configCommands } from './config/commands.js';
import { checkFormats, runCheck } from './check.js';
import { dataOption } from './data.js';
import { runFollow } from './follow.js';
import { graphFormats, runGraph } from './graph.js';
import { runRestore } from './restore.js';
import type { Terminal } from './terminal.js';
import { roles } from '../users/user.js';
import { runTrace } from './trace.js';
import { runUserAdd, runUserList, runUserPassword, runUserRemove, type UserOptions } from './users.js';
import { runVerify, verifyFormats, type VerifyOptions } from './verify.js';

const formats = (choices: readonly string[]): Option =>
  new Option('--format <form>', 'what to print').choices(choices).default(choices[0]);

/** `exit` takes the exit code of the command that was given. */
export const commandLine = (terminal: Terminal, exit: (code: number) => void): Command => {
  const program = new Command('ringback').description(
    'Checks, dry-runs and draws SCXML strategies; shows the contact centre of a server, configures it, and keeps its data.',
  );

  program
    .command('check')
    .description('print every problem of the documents as file:line:col: message')
    .argument('<file...>', 'SCXML documents')
    .addOption(formats(checkFormats))
    .addHelpText(
      'after',
      '\nWarnings are marked, and documents of the ORS dialect have a note that says so. Exit code: 1 if a document has an error or cannot be read, else 0.' +
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
  centreCommands(program, terminal, exit);
  configCommands(program, terminal, exit);
  dataCommands(program, terminal, exit);
  userCommands(program, terminal, exit);
  return program;
};

/** For operators: who may look at callbacks and change them. */
const userCommands = (program: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const user = program.command('user').description('who may look at callbacks and change them, over HTTP');
  user
    .command('add')
    .description('a new user, whose password comes from standard input')
    .argument('<name>', 'without blanks and colons')
    .addOption(new Option('--role <role...>', 'what the user may').choices(roles).makeOptionMandatory())
    .option('--services <names>', 'services, or groups of them, that the user sees, with commas between; all without')
    .addOption(dataOption(terminal))
    .action(async (name: string, options: UserOptions) => {
      exit(await runUserAdd(name, terminal, options));
    });
  user
    .command('remove')
    .description('the user is no more')
    .argument('<name>', 'of a user')
    .addOption(dataOption(terminal))
    .action(async (name: string, options: UserOptions) => {
      exit(await runUserRemove(name, terminal, options));
    });
  user
    .command('password')
    .description('another password, from standard input')
    .argument('<name>', 'of a user')
    .addOption(dataOption(terminal))
    .action(async (name: string, options: UserOptions) => {
      exit(await runUserPassword(name, terminal, options));
    });
  user
    .command('list')
    .description('a line a user: name, roles, services')
    .addOption(dataOption(terminal))
    .action((options: UserOptions) => {
      exit(runUserList(terminal, options));
    });
};

/** For operators: the data of a server. */
const dataCommands = (program: Command, terminal: Terminal, exit: (code: number) => void): void => {
  program
    .command('backup')
    .description('copy all data into one file, while the server runs')
    .argument('<file>', 'what the copy is called')
    .addOption(dataOption(terminal))
    .option('--force', 'write over the file')
    .action(async (file: string, options: BackupOptions) => {
      exit(await runBackup(file, terminal, options));
    });

  program
    .command('restore')
    .description('put a copy in the place of the data, while no server runs')
    .argument('<file>', 'a copy that backup has made')
    .addOption(dataOption(terminal))
    .option('--force', 'in the place of data that are there: they are gone then')
    .action(async (file: string, options: BackupOptions) => {
      exit(await runRestore(file, terminal, options));
    });

  program
    .command('verify')
    .description('look whether the data are sound and fit together, while the server runs or not')
    .addOption(dataOption(terminal))
    .addOption(formats(verifyFormats))
    .addHelpText(
      'after',
      '\nExit code: 1 if something is wrong, with a line that says where, what and what to do; else 0.',
    )
    .action(async (options: VerifyOptions) => {
      exit(await runVerify(terminal, options));
    });
};
