/**
 * `ringback verify`: whether the store is sound, and everything in it fits together. One line a finding, that says where, what and
 * what to do; or, with `--format json`, `{ findings, counts }`. The server may run meanwhile.
 */
import { messageOf } from '../problems.js';
import { databaseIn } from '../store/sqlite/connection.js';
import { openContents, type Contents } from '../store/sqlite/contents.js';
import type { Terminal } from './terminal.js';
import { knownOf, type Finding } from './verify/finding.js';
import { judgeRecords } from './verify/records.js';
import { judgeSessions } from './verify/sessions.js';

export const verifyFormats = ['text', 'json'] as const;

export interface VerifyOptions {
  readonly data: string;
  readonly format?: (typeof verifyFormats)[number];
}

/** Answers the exit code: 1 when something is wrong, or the store cannot be read; else 0. */
export const runVerify = async (
  { out, err }: Pick<Terminal, 'out' | 'err'>,
  { data, format = 'text' }: VerifyOptions,
): Promise<number> => {
  let contents: Contents | undefined;
  try {
    contents = openContents(databaseIn(data));
    const findings = await findingsIn(contents, databaseIn(data));
    const counts = contents.counts();
    if (format === 'json') out(JSON.stringify({ findings, counts }, undefined, 2));
    else for (const line of linesOf(findings, counts)) out(line);
    return findings.length > 0 ? 1 : 0;
  } catch (error) {
    err(`${data} cannot be verified: ${messageOf(error)}`);
    return 1;
  } finally {
    contents?.close();
  }
};

/** When the file is damaged, what its records say is no evidence. */
const findingsIn = async (contents: Contents, file: string): Promise<Finding[]> => {
  const damage = contents.damage();
  if (damage.length > 0)
    return damage.map((what) => ({ where: file, what, todo: 'stop the server and restore a backup' }));
  return [...judgeRecords(contents, knownOf(contents)), ...(await judgeSessions(contents))];
};

const linesOf = (findings: readonly Finding[], counts: ReturnType<Contents['counts']>): string[] => {
  if (findings.length > 0) return findings.map(({ where, what, todo }) => `${where}: ${what}: ${todo}`);
  const { sessions, active, documents, outbox, dead, requests, interactions, callbacks } = counts;
  return [
    `sound: ${sessions} sessions (${active} active), ${documents} documents, ${callbacks} callbacks, ${outbox} outbox entries, ` +
      `${dead} dead letters, ${requests} requests, ${interactions} interactions`,
  ];
};
