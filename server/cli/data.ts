/** Where the data lie that a command is about. */
import { Option } from 'commander';
import type { Terminal } from './terminal.js';

/** The folder is what the command says, else RINGBACK_DATA, else `data`. */
export const dataOption = ({ env }: Pick<Terminal, 'env'>): Option =>
  new Option('--data <folder>', "the server's data (RINGBACK_DATA)").default(env['RINGBACK_DATA'] ?? 'data');
