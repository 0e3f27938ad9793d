/**
 * Transaction lists for operators, under `/ringback/lists`.
 *
 * | request                                        | answer                                                         |
 * | GET /ringback/lists                            | {"lists": {list: {section: {key: value}}}}                     |
 * | PUT /ringback/lists/<list>/<section>/<key>     | {} when it is saved and callbacks are told; {"value": text}    |
 * | DELETE /ringback/lists/<list>/<section>/<key>  | the same                                                       |
 * `admitted.ts` lets in.
 */
import { Router, type Request } from 'express';
import type { Routes } from '../app.js';
import { bodyOf } from '../body.js';
import { problem } from '../problems.js';
import { admitted } from './admitted.js';
import { mistakeInValue } from './list-values.js';
import { isListName, LONGEST, ownPrefix, type Lists } from './lists.js';

const LISTS = '/ringback/lists';
const ITEM = `${LISTS}/:list/:section/:key`;

export const listRoutes = (lists: Pick<Lists, 'all' | 'set' | 'remove'>, token: string | undefined): Routes => {
  const router = Router();
  router.use(LISTS, admitted(token));
  router.get(LISTS, (_request, response) => {
    response.json({ lists: lists.all });
  });
  router.put(ITEM, async (request, response) => {
    const { list, section, key } = request.params;
    for (const name of [list, section, key]) requireName(name);
    const value = valueIn(request);
    requireValue(list, value);
    await lists.set(list, section, key, value);
    response.json({});
  });
  router.delete(ITEM, async ({ params: { list, section, key } }, response) => {
    await lists.remove(list, section, key);
    response.json({});
  });
  return {
    router,
    paths: [`GET ${LISTS}`, `PUT ${LISTS}/<list>/<section>/<key>`, `DELETE ${LISTS}/<list>/<section>/<key>`],
  };
};

const requireName = (name: string): void => {
  if (!isListName(name))
    throw problem(
      'PARAMETER_INVALID',
      name.slice(0, 64),
      `a name of at most ${LONGEST} characters without ${ownPrefix}`,
    );
};

const requireValue = (list: string, value: string): void => {
  const mistake = mistakeInValue(list, value);
  if (mistake !== undefined) throw problem('PARAMETER_INVALID', 'value', `a value of ${list}: ${mistake}`);
};

const valueIn = (request: Request): string => {
  const { value } = (bodyOf(request)?.value ?? {}) as { readonly value?: unknown };
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string' && value.length <= LONGEST) return value;
  throw problem('PARAMETER_INVALID', 'value', `a text of at most ${LONGEST} characters`);
};
