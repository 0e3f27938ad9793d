/** All that is for operators, each in its file; `../ringback.ts` has the parts that they show. */
import type { Agents } from '../agents/agents.js';
import { centreRoutes } from '../agents/routes-centre.js';
import type { Routes } from '../app.js';
import { exceptions, PATTERNS } from '../gms/guards/exceptions.js';
import { patternRoutes } from '../gms/guards/routes-patterns.js';
import type { Recorder } from '../reporting/recorder.js';
import { reportingRoutes } from '../reporting/routes.js';
import type { People } from '../users/entrance.js';
import { auditRoutes } from '../users/routes-audit.js';
import type { DeadLetters } from './dead-letters.js';
import type { Lists } from './lists.js';
import { listRoutes } from './routes-lists.js';
import { adminRoutes } from './routes.js';

export interface Shown {
  readonly agents: Agents;
  readonly lists: Lists;
  readonly letters: DeadLetters;
  readonly told: Recorder;
  readonly people: People;
}

/** `token`: what operators show. */
export const operatorRoutes = (
  { agents, lists, letters, told, people }: Shown,
  token: string | undefined,
): Routes[] => [
  centreRoutes(agents, token),
  listRoutes(lists, token),
  patternRoutes(
    exceptions(() => lists.named(PATTERNS)),
    token,
  ),
  adminRoutes(letters, token),
  reportingRoutes(told, token),
  auditRoutes(people.audit, token),
];
