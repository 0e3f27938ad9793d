/**
 * Which patterns of a group a value would match, for operators before a service names the group; `exceptions.ts` has the groups.
 *
 * | request                                        | answer                                                         |
 * | POST /ringback/patterns/<group>/test           | {"matching": [names of patterns]}; {"value": text}             |
 * The value is in the body, since the log has the URL. `../../admin/admitted.ts` lets in.
 */
import { Router, type Request } from 'express';
import { admitted } from '../../admin/admitted.js';
import type { Routes } from '../../app.js';
import { bodyOf } from '../../body.js';
import { messageOf, problem } from '../../problems.js';
import { PATTERNS, type Exceptions } from './exceptions.js';

const GROUPS = '/ringback/patterns';
const LONGEST = 255;

export const patternRoutes = (exceptions: Pick<Exceptions, 'matching'>, token: string | undefined): Routes => {
  const router = Router();
  router.use(GROUPS, admitted(token));
  router.post(`${GROUPS}/:group/test`, (request, response) => {
    response.json({ matching: tested(exceptions, request.params.group, valueIn(request)) });
  });
  return { router, paths: [`POST ${GROUPS}/<group>/test`] };
};

function tested(exceptions: Pick<Exceptions, 'matching'>, group: string, value: string): readonly string[] {
  let matching: readonly string[] | undefined;
  try {
    matching = exceptions.matching(group, value);
  } catch (error) {
    throw problem('PARAMETER_INVALID', 'group', `one that can be used: ${messageOf(error)}`);
  }
  if (matching) return matching;
  throw problem('LIST_ITEM_NOT_FOUND', `${PATTERNS}/${group.slice(0, 64)}`);
}

const valueIn = (request: Request): string => {
  const { value } = (bodyOf(request)?.value ?? {}) as { readonly value?: unknown };
  if (typeof value === 'string' && value.length <= LONGEST) return value;
  throw problem('PARAMETER_INVALID', 'value', `a text of at most ${LONGEST} characters`);
};
