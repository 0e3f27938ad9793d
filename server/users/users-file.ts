/**
 * The users in a file of the data folder, `{"users": [{"name","roles","services","password"}]}`: `ringback user` writes it, the server
 * reads it again when it has changed. `password.ts` has the form of the hashes.
 *
 * 1. It is replaced whole: who reads it sees the users before or after a change. Its owner only can read it.
 * 2. A file that is not as it should be lets nobody in.
 */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../problems.js';
import { isHash } from './password.js';
import { roles, type Role, type User } from './user.js';

export interface KnownUser extends User {
  readonly password: string;
}

export const usersFileIn = (folder: string): string => join(folder, 'users.json');

const NAME = /^[^\s:\p{Cc}]{1,64}$/u;

/** No colon, which ends it in Basic authentication. */
export const isName = (name: string): boolean => NAME.test(name);

/** Throws an Error that says what is wrong with the file; without one there are none. */
export function readUsers(file: string): readonly KnownUser[] {
  const text = textOf(file);
  if (text === undefined) return [];
  const { users } = parsed(file, text) as { readonly users?: unknown };
  if (!Array.isArray(users) || !users.every(isUser)) throw new Error(`${file} is no list of users: mend or remove it`);
  return users;
}

/** 1 */
export function writeUsers(file: string, users: readonly KnownUser[]): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ users }, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(next, file);
}

/** Those of the file as it is now. Throws as `readUsers` does. */
export function usersNow(file: string): () => readonly KnownUser[] {
  let seen = '';
  let known: readonly KnownUser[] = [];
  return () => {
    const now = stampOf(file);
    if (now === seen) return known;
    known = readUsers(file);
    seen = now;
    return known;
  };
}

const stampOf = (file: string): string => {
  const { mtimeMs, ino, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return [mtimeMs, ino, size].join(' ');
};

function textOf(file: string): string | undefined {
  if (!statSync(file, { throwIfNoEntry: false })) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file}: the users cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function parsed(file: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new Error(`${file} is no JSON: ${messageOf(error)}`, { cause: error });
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const isUser = (value: unknown): value is KnownUser => {
  const { name, roles: given, services, password } = (value ?? {}) as Partial<Record<keyof KnownUser, unknown>>;
  const isNamed = typeof name === 'string' && isName(name);
  const hasRoles = isTexts(given) && given.every((role) => roles.includes(role as Role));
  return isNamed && hasRoles && isTexts(services) && typeof password === 'string' && isHash(password);
};
