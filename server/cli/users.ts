/**
 * `ringback user add|remove|list|password`: who may look at callbacks and change them. A running server hears of it with the next
 * request. `../users/users-file.ts` has the file.
 *
 * 1. A password comes from standard input, where no other process sees it, and is nowhere shown.
 */
import { mkdirSync } from 'node:fs';
import { hashed, LONGEST, SHORTEST } from '../users/password.js';
import { roles, type Role } from '../users/user.js';
import { isName, readUsers, usersFileIn, writeUsers, type KnownUser } from '../users/users-file.js';
import { messageOf } from '../problems.js';
import type { Terminal } from './terminal.js';

export interface UserOptions {
  readonly data: string;
  readonly role?: readonly string[];
  readonly services?: string;
}

type Users = readonly KnownUser[];
/** What becomes of the users; throws an Error that says why nothing does. */
type Change = (users: Users) => Users | Promise<Users>;

/** Answers the exit code: 1, and why, when nothing was changed. */
async function changed({ err }: Pick<Terminal, 'err'>, { data }: UserOptions, change: Change): Promise<number> {
  const file = usersFileIn(data);
  try {
    const next = await change(readUsers(file));
    mkdirSync(data, { recursive: true, mode: 0o700 });
    writeUsers(file, next);
    return 0;
  } catch (error) {
    err(`nothing was changed: ${messageOf(error)}`);
    return 1;
  }
}

export const runUserAdd = (name: string, terminal: Terminal, options: UserOptions): Promise<number> =>
  changed(terminal, options, async (users) => {
    if (!isName(name)) throw new Error('a name has 1 to 64 characters, no blanks and no colon');
    if (users.some((user) => user.name === name)) throw new Error(`there is a user ${name}`);
    const user = { name, roles: rolesOf(options.role), services: servicesOf(options.services) };
    return [...users, { ...user, password: await passwordFrom(terminal) }];
  });

export const runUserRemove = (name: string, terminal: Terminal, options: UserOptions): Promise<number> =>
  changed(terminal, options, (users) => {
    requireUser(users, name);
    return users.filter((user) => user.name !== name);
  });

export const runUserPassword = (name: string, terminal: Terminal, options: UserOptions): Promise<number> =>
  changed(terminal, options, async (users) => {
    requireUser(users, name);
    const password = await passwordFrom(terminal);
    return users.map((user) => (user.name === name ? { ...user, password } : user));
  });

export function runUserList({ out, err }: Pick<Terminal, 'out' | 'err'>, { data }: UserOptions): number {
  try {
    for (const { name, roles: own, services } of readUsers(usersFileIn(data)))
      out([name, own.join(','), services.join(',') || 'all services'].join('\t'));
    return 0;
  } catch (error) {
    err(messageOf(error));
    return 1;
  }
}

function requireUser(users: Users, name: string): void {
  if (!users.some((user) => user.name === name)) throw new Error(`there is no user ${name}: "ringback user list"`);
}

const rolesOf = (given: readonly string[] = []): Role[] =>
  given.map((name) => {
    const role = roles.find((one) => one === name);
    if (!role) throw new Error(`${name} is no role: ${roles.join(', ')}`);
    return role;
  });

const servicesOf = (text = ''): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** 1. The first line. */
async function passwordFrom(terminal: Terminal): Promise<string> {
  if (terminal.prompt) terminal.err('The password, then the end of input (Ctrl+D):');
  const [password = ''] = (await terminal.input()).split(/\r?\n/);
  if (password.length >= SHORTEST && password.length <= LONGEST) return hashed(password);
  throw new Error(`a password has ${SHORTEST} to ${LONGEST} characters, from standard input`);
}
