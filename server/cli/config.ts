/**
 * `ringback config export|check|diff|apply DIR` and `ringback import FILE`: the configuration of a server as a folder of YAML.
 * `../configuration/` knows what is right, and what is different; a server is asked over HTTP (`../configuration/routes.ts`).
 */
import { readFile } from 'node:fs/promises';
import type { Configuration } from '../configuration/configuration.js';
import { differences, type Change } from '../configuration/difference.js';
import { readFolder, writeFolder } from '../configuration/folder.js';
import { imported } from '../configuration/imported.js';
import { mistakesIn } from '../configuration/mistakes.js';
import { catalogue } from '../gms/services/catalogue.js';
import { messageOf } from '../problems.js';
import { addressOf, ask, CentreError, type Asked } from './centre/ask.js';
import { plain } from './centre/plain.js';
import { supervisor } from './centre/tokens.js';
import type { Terminal } from './terminal.js';

type Here = Pick<Terminal, 'out' | 'err' | 'env'>;

export interface ConfigOptions {
  readonly url: string;
  readonly force?: boolean;
}

const CONFIGURATION = '/ringback/configuration';

/** Answers the exit code, as all of these: 0, or 1 and why. */
export const runExport = (folder: string, here: Here, options: ConfigOptions): Promise<number> =>
  told(here, async () => {
    const { services, lists } = await ofServer(here, options);
    writeFolder(folder, { services, lists }, true);
    here.out(`${folder}: ${Object.keys(services).length} services, ${Object.keys(lists).length} lists`);
    return 0;
  });

export const runConfigCheck = (folder: string, here: Here): Promise<number> =>
  told(here, () => {
    const configuration = checked(folder, here);
    if (configuration) here.out(`${folder}: ${Object.keys(configuration.services).length} services, no mistake`);
    return configuration ? 0 : 1;
  });

/** 1 also where there are differences. */
export const runDiff = (folder: string, here: Here, options: ConfigOptions): Promise<number> =>
  told(here, async () => {
    const configuration = checked(folder, here);
    if (!configuration) return 1;
    const changes = differences(await ofServer(here, options), configuration);
    for (const change of changes) here.out(lineOf(change));
    return changes.length > 0 ? 1 : 0;
  });

export const runApply = (folder: string, here: Here, options: ConfigOptions): Promise<number> =>
  told(here, async () => {
    const configuration = checked(folder, here);
    if (!configuration) return 1;
    const query = options.force === true ? '?force=true' : '';
    const asked = askedOf(here, options, `${CONFIGURATION}${query}`);
    const said = (await ask({ ...asked, method: 'PUT', body: configuration })) as { readonly changes: Change[] };
    for (const change of said.changes) here.out(lineOf(change));
    here.out(`${said.changes.length} changes`);
    return 0;
  });

/** 1 also where something is left out. */
export const runImport = (file: string, here: Here, { into }: { readonly into: string }): Promise<number> =>
  told(here, async () => {
    const { services, options, left } = imported(await readFile(file, 'utf8'), catalogue().templates);
    for (const { line, message } of left) here.out(plain(`${file}:${line}: ${message}`));
    writeFolder(into, { services, lists: {} }, false);
    here.out(`${into}: ${Object.keys(services).length} services, ${options} options; not taken: ${left.length}`);
    return left.length > 0 ? 1 : 0;
  });

const told = async ({ err }: Here, work: () => number | Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    err(plain(messageOf(error)));
    return 1;
  }
};

const askedOf = ({ env }: Here, { url }: ConfigOptions, path: string): Asked => ({
  ...{ url: addressOf(url), path, token: supervisor(env) },
});

const ofServer = async (here: Here, options: ConfigOptions): Promise<Configuration> => {
  const said = (await ask(askedOf(here, options, CONFIGURATION))) as Partial<Configuration>;
  if (said.services && said.lists) return said as Configuration;
  throw new CentreError(`${options.url} has no configuration as this version of Ringback shows it`);
};

/** Every mistake is told, with its place; undefined when one is more than a warning. */
const checked = (folder: string, { out }: Pick<Here, 'out'>): Configuration | undefined => {
  const { given, unread, placeOf } = readFolder(folder);
  const found = mistakesIn(given, catalogue().templates).map(({ path, message, isWarning = false }) => {
    return { ...placeOf(path), message, isWarning };
  });
  for (const { file, line, message } of unread) out(plain(`${file}:${line}: ${message}`));
  for (const { file, line, message, isWarning } of found)
    out(plain(`${file}:${line}: ${isWarning ? 'warning: ' : ''}${message}`));
  return unread.length + found.filter(({ isWarning }) => !isWarning).length > 0 ? undefined : (given as Configuration);
};

const lineOf = ({ path, before, after }: Change): string => {
  const where = path.join('/');
  if (before === undefined) return plain(`+ ${where}: ${JSON.stringify(after)}`);
  if (after === undefined) return plain(`- ${where}: ${JSON.stringify(before)}`);
  return plain(`~ ${where}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
};
