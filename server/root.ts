/** Where the package lies: its strategies and templates are read at run time, from source as from a build. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const above = (folder: string): string => (existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder)));

export const packageRoot = above(import.meta.dirname);
