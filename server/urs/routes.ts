/** URS's web interface, as far as callbacks need it: `lvq.ts` at the URLs of the guide ("Query URS"), and its help. */
import { Router, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import type { Admit } from '../rate-limit.js';
import { help } from './help.js';
import type { Lvq } from './lvq.js';

const LVQ = '/urs/call/:call/lvq';
const HELP = '/urs/help/call/lvq';

export const ursRoutes = (lvq: Lvq, admit: Admit): Routes => {
  const router = Router();
  const answer: RequestHandler = (request, response) => {
    const { params, originalUrl } = request;
    admit(request, response);
    const { call = '', name } = params as { readonly call?: string; readonly name?: string };
    const query = new URL(originalUrl, 'http://here').searchParams;
    const named = name === undefined ? query : new URLSearchParams([['name', name], ...query]);
    response.set('Cache-Control', 'no-store').json(lvq(call, named));
  };
  router.get(LVQ, answer);
  router.get(`${LVQ}/:name`, answer);
  router.get(HELP, (_request, response) => {
    response.type('text/plain').send(help);
  });
  return { router, paths: ['GET /urs/call/max/lvq?name=', `GET ${HELP}`] };
};
