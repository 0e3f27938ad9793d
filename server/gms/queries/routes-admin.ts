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
import { Router, type Request } from 'express';
import type { Routes } from '../../app.js';
import { secretOf } from '../../bearer.js';
import { bodyOf } from '../../body.js';
import type { Log } from '../../log.js';
import { door, userOf } from '../../users/door.js';
import { answer, answerErrors, headers } from '../responses.js';
import type { Administrations } from './administration.js';

const ADMIN = '/genesys/1/admin/callback';

/** Who may only look, may have a table. */
const rightOf = ({ method, path }: Request) => (method === 'GET' || path === '/reportcancelled' ? 'see' : 'change');

/** Users are shown their services only. The token of operators may be the password of Basic authentication, which the guide wants here. */
export const callbackAdminRoutes = (
  callbacks: Administrations,
  token: string | undefined,
  log: Pick<Log, 'error'>,
): Routes => {
  const router = Router();
  router.get(`${ADMIN}/queues`, async ({ query }, response) => {
    answer(response, 200, await callbacks.shownTo(userOf(response)).queues(query));
  });
  router.get(`${ADMIN}/watermarks`, async ({ query }, response) => {
    answer(response, 200, await callbacks.shownTo(userOf(response)).watermarks(query['service_name']));
  });
  router.post(`${ADMIN}/cancel`, async (request, response) => {
    answer(response, 200, await callbacks.shownTo(userOf(response)).cancelAll(bodyOf(request)?.value));
  });
  router.post(`${ADMIN}/ops/delete`, async (request, response) => {
    answer(response, 200, await callbacks.shownTo(userOf(response)).forgetAll(bodyOf(request)?.value));
  });
  router.post(`${ADMIN}/reportcancelled`, async (request, response) => {
    const table = await callbacks.shownTo(userOf(response)).exportCancelled(bodyOf(request)?.value);
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
  const doors = { see: door(token, 'see', secretOf), change: door(token, 'change', secretOf) };
  closed.use(ADMIN, (request, response, next) => doors[rightOf(request)](request, response, next));
  closed.use(router);
  const paths = ['GET /queues', 'GET /watermarks', 'POST /cancel', 'POST /ops/delete', 'POST /reportcancelled'];
  return { router: closed, paths: paths.map((path) => path.replace('/', `${ADMIN}/`)) };
};
