/**
 * The callbacks of all services over HTTP, for who looks after them: the guide's paths under /genesys/1/admin/callback.
 *
 * | request                                                         | answer                                              |
 * | GET .../queues?target=&start_time=&end_time=&states=&max=       | callbacks by service                                |
 * | GET .../watermarks?service_name=                                | {"total": 1, "services": {"callback-test": 1}}      |
 * | POST .../cancel {"reason", "ids"}                               | {"success": [{"_id"}], "errors": [...]}             |
 * | POST .../ops/delete {"_id", "_customer_number"}                 | the same                                            |
 * | POST .../reportcancelled {"callback_reason"}                    | CSV; 204 when there are none                        |
 */
import { Router } from 'express';
import { admitted } from '../../admin/admitted.js';
import type { Routes } from '../../app.js';
import { bearerOf, passwordOf } from '../../bearer.js';
import { bodyOf } from '../../body.js';
import type { Log } from '../../log.js';
import { answer, answerErrors, headers } from '../responses.js';
import type { Administration } from './administration.js';

const ADMIN = '/genesys/1/admin/callback';

/** The token of operators may be the password of Basic authentication, which the guide wants here. */
export const callbackAdminRoutes = (
  callbacks: Administration,
  token: string | undefined,
  log: Pick<Log, 'error'>,
): Routes => {
  const router = Router();
  router.get(`${ADMIN}/queues`, async ({ query }, response) => {
    answer(response, 200, await callbacks.queues(query));
  });
  router.get(`${ADMIN}/watermarks`, async ({ query }, response) => {
    answer(response, 200, await callbacks.watermarks(query['service_name']));
  });
  router.post(`${ADMIN}/cancel`, async (request, response) => {
    answer(response, 200, await callbacks.cancelAll(bodyOf(request)?.value));
  });
  router.post(`${ADMIN}/ops/delete`, async (request, response) => {
    answer(response, 200, await callbacks.forgetAll(bodyOf(request)?.value));
  });
  router.post(`${ADMIN}/reportcancelled`, async (request, response) => {
    const table = await callbacks.exportCancelled(bodyOf(request)?.value);
    response.status(table === undefined ? 204 : 200).set(headers);
    if (table === undefined) {
      response.end();
      return;
    }
    response.setHeader('Content-Type', 'text/csv;charset=UTF-8');
    response.setHeader('Content-Disposition', 'attachment; filename="report.csv"');
    response.end(table);
  });
  router.use(ADMIN, answerErrors(log));
  // Whoever is not let in does not come to those who answer errors of callbacks.
  const closed = Router();
  closed.use(
    ADMIN,
    admitted(token, (headers) => bearerOf(headers) || passwordOf(headers)),
  );
  closed.use(router);
  const paths = ['GET /queues', 'GET /watermarks', 'POST /cancel', 'POST /ops/delete', 'POST /reportcancelled'];
  return { router: closed, paths: paths.map((path) => path.replace('/', `${ADMIN}/`)) };
};
