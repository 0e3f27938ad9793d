/** How many of a list an operator wants: `limit` of the query. */
import type { Request } from 'express';
import { problem } from '../problems.js';

const USUAL = 100;
const MOST = 1000;

export const limitOf = ({ query }: Pick<Request, 'query'>): number => {
  const { limit = String(USUAL) } = query;
  const number = typeof limit === 'string' && /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (number >= 1 && number <= MOST) return number;
  throw problem('PARAMETER_INVALID', 'limit', `a whole number from 1 to ${MOST}`);
};
