/** How operations say who may ask for them: the roles of `../users/user.ts` as the words of OpenAPI 3.1. */
import type { Code } from '../problems.js';
import { ofBodies, type Operation } from './operation.js';

const operator = { operator: [] };

/** For each right, in the words of `../users/door.ts`. */
export const security = {
  see: [operator, { user: ['Administrator', 'Supervisor', 'CallbackReadOnly'] }],
  change: [operator, { user: ['Administrator', 'Supervisor'] }],
  administer: [operator, { user: ['Administrator'] }],
} as const satisfies Readonly<Record<string, Operation['security']>>;

/** What anybody can meet at a door. */
export const ofDoors: readonly Code[] = [
  ...ofBodies,
  ...(['ADMIN_CLOSED', 'ADMIN_TOKEN_INVALID', 'STORE_UNAVAILABLE'] as const),
  ...(['USER_UNKNOWN', 'USER_LOCKED', 'USER_NOT_ALLOWED', 'USERS_UNREADABLE'] as const),
];
