/**
 * GMS's Stat Service API over HTTP. How many agents there are is not for everybody: the door is that of operators, and as GMS's
 * clients show who they are by Basic authentication, the token may be its password.
 *
 * | request                                                     | answer              |
 * | POST /genesys/1/statistic {objectId, objectType, metric}    | {"value": 3}        |
 */
import { Router } from 'express';
import { admitted } from '../admin/admitted.js';
import type { Routes } from '../app.js';
import { secretOf } from '../bearer.js';
import { bodyOf } from '../body.js';
import type { Log } from '../log.js';
import type { Admit } from '../rate-limit.js';
import { answering } from './answering.js';
import type { PeekStatistic } from './statistic.js';

const STATISTIC = '/genesys/1/statistic';

interface StatisticRoutesNeeds {
  readonly peek: PeekStatistic;
  readonly token: string | undefined;
  readonly admit: Admit;
  readonly log: Pick<Log, 'error'>;
}

export const statisticRoutes = ({ peek, token, admit, log }: StatisticRoutesNeeds): Routes => {
  const router = Router();
  router.post(
    STATISTIC,
    admitted(token, secretOf),
    answering(admit, log)((request) => peek(bodyOf(request)?.value)),
  );
  return { router, paths: [`POST ${STATISTIC}`] };
};
