/**
 * The callback services over HTTP, at the URLs of the guide: translates requests into calls of `callbacks.ts` and its answers
 * and errors into the guide's bodies and headers (`responses.ts`). Bodies are read by `../body.ts`.
 */
import { Router } from 'express';
import { bodyOf } from '../body.js';
import type { Log } from '../log.js';
import { secretOf } from '../bearer.js';
import { CALLBACK, door, userOf } from '../users/door.js';
import { isShown } from '../users/user.js';
import { keyOf, markRepeat } from '../idempotency.js';
import type { CallbackService } from './callbacks.js';
import { saysState } from './changing.js';
import { callbackError } from './errors.js';
import type { Services } from './services.js';
import { answer, answerErrors, headers } from './responses.js';

const SERVICES = '/genesys/1/service/callback';
const SERVICE = `${SERVICES}/:name`;
const CALLBACK_2 = '/genesys/2/service/callback/:name/:id';

/** For the list of paths that a lost client is given. */
const paths = [
  `POST ${SERVICE}`,
  `GET ${CALLBACK}`,
  `GET ${CALLBACK_2}`,
  `PUT ${CALLBACK}`,
  `DELETE ${CALLBACK}`,
  `GET ${SERVICE}?_customer_number=`,
  `GET ${SERVICES}?_customer_number=`,
];

/** Anybody may ask for a callback, move and cancel one that he knows the id of. `token`: who says its state shows it, or is a user. */
export function callbackRoutes(
  callbacks: CallbackService,
  services: Services,
  token: string | undefined,
  log: Pick<Log, 'error'>,
) {
  const router = Router();
  router.post(SERVICE, async (request, response) => {
    const { name } = request.params;
    const body = bodyOf(request)?.value ?? {};
    answer(response, 200, await callbacks.start(name, body, keyOf(request), markRepeat(response), request.headers));
  });
  router.get([CALLBACK, CALLBACK_2], async (request, response) => {
    const { name, id } = request.params as { name: string; id: string };
    answer(response, 200, await callbacks.query(name, id));
  });
  router.put(CALLBACK, async (request, response) => {
    const { name, id } = request.params;
    const body = bodyOf(request)?.value ?? {};
    if (saysState(body) && !isShown(userOf(response), name, services.get(name)))
      throw callbackError('notFound', { id });
    await callbacks.change(name, id, body);
    answer(response, 200, {});
  });
  router.delete(CALLBACK, async (request, response) => {
    const discardOrsFailure = request.query['discard_ors_failure'] === 'true';
    await callbacks.cancel(request.params.name, request.params.id, { discardOrsFailure });
    response.status(200).set(headers).end();
  });
  router.get(SERVICE, async (request, response) => {
    answer(response, 200, await callbacks.queryByProperties(request.params.name, request.query));
  });
  router.get(SERVICES, async (request, response) => {
    answer(response, 200, await callbacks.queryByProperties(undefined, request.query));
  });
  router.use(SERVICES, answerErrors(log));
  router.use('/genesys/2/service/callback', answerErrors(log));
  // Whoever is not let in does not come to those who answer errors of callbacks.
  const closed = Router();
  const change = door(token, 'change', secretOf);
  closed.put(CALLBACK, (request, response, next) => {
    if (saysState(bodyOf(request)?.value)) return change(request, response, next);
    next();
  });
  closed.use(router);
  return { router: closed, paths };
}
