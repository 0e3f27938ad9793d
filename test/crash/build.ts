/**
 * The server as it ships, built once into a folder of its own: what changes in the source meanwhile is not run, and a process
 * starts as fast as it does for users. Types are checked elsewhere.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

export interface Build {
  readonly main: string;
  readonly cli: string;
}

/** Links to the packages, copies everything else. */
const build = async (folder: string): Promise<Build> => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')];
  const quick = ['--noCheck', '--declaration', 'false', '--sourceMap', 'false'];
  await promisify(execFile)(process.execPath, [compiler, ...project, ...quick]);
  for (const name of ['package.json', 'strategies', 'templates'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { main: join(folder, 'dist/server/main.js'), cli: join(folder, 'dist/server/cli.js') };
};

let built: Promise<Build> | undefined;

/** The same for all who ask in one process; it goes with the process. */
export const theBuild = (): Promise<Build> => {
  if (built) return built;
  const folder = mkdtempSync(join(tmpdir(), 'ringback-build-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (built = build(folder));
};
