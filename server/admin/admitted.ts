/** The door of what is for operators and administrators only: `routes.ts` and `../agents/routes-centre.ts` stand behind it. */
import type { RequestHandler } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { door } from '../users/door.js';

/** `shownIn`: what is shown as the token; '' is none. */
export const admitted = (
  token: string | undefined,
  shownIn?: (headers: IncomingHttpHeaders) => string,
): RequestHandler => door(token, 'administer', shownIn);
