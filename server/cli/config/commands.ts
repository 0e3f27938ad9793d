/** `ringback config` and the commands below it, and `ringback import`, with their options. `../config.ts` carries them out. */
import type { Command } from 'commander';
import { runApply, runConfigCheck, runDiff, runExport, runImport, type ConfigOptions } from '../config.js';
import type { Terminal } from '../terminal.js';
import { urlOption } from '../url.js';

const HELP =
  '\nA folder has services/NAME.yaml (template, options) and lists/NAME.yaml (section, key, value). Services that it does not have go; of lists' +
  '\nonly those that it has are looked at. The server lets in who has its RINGBACK_ADMIN_TOKEN in the environment.';

export const configCommands = (program: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const config = program
    .command('config')
    .description('the services and lists of a server as a folder of YAML')
    .addHelpText('after', HELP);
  const command = (name: string, description: string): Command =>
    config.command(name).description(description).argument('<folder>', 'of YAML files');

  command('export', 'write what a running server has into the folder')
    .addOption(urlOption(terminal))
    .action(async (folder: string, options: ConfigOptions) => {
      exit(await runExport(folder, terminal, options));
    });
  command('check', 'print every mistake in the folder as file:line: message').action(async (folder: string) => {
    exit(await runConfigCheck(folder, terminal));
  });
  command('diff', 'print what apply would change in a running server; exit code 1 if anything')
    .addOption(urlOption(terminal))
    .action(async (folder: string, options: ConfigOptions) => {
      exit(await runDiff(folder, terminal, options));
    });
  command('apply', 'make a running server as the folder says, all or nothing')
    .addOption(urlOption(terminal))
    .option('--force', 'also where a service goes that has callbacks')
    .action(async (folder: string, options: ConfigOptions) => {
      exit(await runApply(folder, terminal, options));
    });

  program
    .command('import')
    .description('make such a folder of exported GMS option sections: [service.NAME], key=value')
    .argument('<file>', 'the sections')
    .option('--into <folder>', 'what the folder is called', 'configuration')
    .addHelpText(
      'after',
      '\nWhat cannot be taken is printed as file:line: message. Exit code: 1 if there is any, else 0.',
    )
    .action(async (file: string, options: { into: string }) => {
      exit(await runImport(file, terminal, options));
    });
};
