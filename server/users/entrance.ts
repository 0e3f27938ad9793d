/** Who may come in, put together from the data folder: `users.ts` knows them, `door.ts` asks, `audit.ts` writes down. */
import { Router } from 'express';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { auditFile, auditInMemory, type Audit } from './audit.js';
import { CALLBACK, callers, PLACES } from './door.js';
import { lockout } from './lockout.js';
import { usersFileIn, usersNow, type KnownUser } from './users-file.js';
import { users } from './users.js';

export interface People {
  readonly known: () => readonly KnownUser[];
  readonly audit: Audit;
}

/** `folder`: that of the data; without one there are no users, and what is audited is forgotten with the process. */
export const peopleIn = (folder: string | undefined): People =>
  folder === undefined
    ? { known: () => [], audit: auditInMemory() }
    : { known: usersNow(usersFileIn(folder)), audit: auditFile(join(folder, 'audit.jsonl')) };

export const entrance = (
  { known, audit }: People,
  clock: Pick<Clock, 'now' | 'elapsed'>,
  token: string | undefined,
): Router => {
  const refused = (user: string, address: string, why: string): void => {
    audit
      .write({ at: new Date(clock.now()).toISOString(), user, address, did: `refused: ${why}` })
      .catch(() => undefined);
  };
  const router = Router();
  const coming = callers(users({ known, lockout: lockout(clock), clock, refused }), audit, clock, token);
  router.use(PLACES, coming);
  router.put(CALLBACK, coming);
  return router;
};
