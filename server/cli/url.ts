/** Where the server is that a command asks: the one that this environment is for (`../config.ts`). */
import { Option } from 'commander';
import type { Terminal } from './terminal.js';

const addressIn = ({ RINGBACK_EXTERNAL_URL: url, PORT: port }: Terminal['env']): string =>
  [url, `http://127.0.0.1:${port ?? ''}`].find((each) => each && !each.endsWith(':')) ?? 'http://127.0.0.1:8080';

export const urlOption = ({ env }: Pick<Terminal, 'env'>): Option =>
  new Option('--url <url>', 'where the server is (RINGBACK_EXTERNAL_URL, PORT)').default(addressIn(env));
