/** Serves the description: as JSON, as a page, and as the help of ORS. All three are made once. */
import { Router } from 'express';
import type { Routes } from '../app.js';
import type { ModuleTable } from '../host/module.js';
import { description } from './description.js';
import { helpOf } from './help.js';
import { pageOf } from './page.js';

/** Nothing but the page itself. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const documentationRoutes = (modules: readonly ModuleTable[]): Routes => {
  const router = Router();
  const page = pageOf(description, modules);
  const help = helpOf(description, modules);
  router.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  router.get('/docs', (_request, response) => {
    response.set('Content-Security-Policy', POLICY).type('html').send(page);
  });
  router.get(/^\/+(?:genesys\/+1\/+)?ors\/+help\/*$/, (_request, response) => {
    response.type('text/plain').send(help);
  });
  return { router, paths: ['GET /openapi.json', 'GET /docs', 'GET /ors/help'] };
};
