/**
 * Services for operators, and what they can be made of.
 *
 * | request                          | answer                                                                              |
 * | GET /ringback/templates          | {"templates": [Template, ...]}, with all their options                              |
 * | GET /ringback/scenarios          | {"scenarios": [Scenario, ...]}, with the values that each sets                      |
 * | GET /ringback/services           | {"services": {name: {"template", "options", "missing"}}}                            |
 * | POST /ringback/services          | the service; {"name", "scenario" or "template" or "like": name, "options": {}}      |
 * | GET /ringback/services/<name>    | the service; `missing`: options without which nothing starts                        |
 * | PUT /ringback/services/<name>    | the service, made or replaced; {"template", "options"}                              |
 * | PATCH /ringback/services/<name>  | the service; {"options": {option: value, or null to take it away}}                  |
 * | DELETE /ringback/services/<name> | {}; with ?force=true also while it has callbacks                                    |
 * `../admin/admitted.ts` lets in.
 */
import { isObject } from '../json.js';
import { Router, type Request, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { bodyOf } from '../body.js';
import type { Catalogue } from '../gms/services/catalogue.js';
import { openOf } from '../gms/services/scenarios.js';
import { problem } from '../problems.js';
import type { Definition } from './configuration.js';
import type { Configured } from './configured.js';
import { changed, created } from './creation.js';

const SERVICES = '/ringback/services';
const SERVICE = `${SERVICES}/:name`;
const TEMPLATES = '/ringback/templates';
const SCENARIOS = '/ringback/scenarios';

type Served = Pick<Configured, 'configuration' | 'set' | 'remove'>;

export const serviceRoutes = (configured: Served, catalogue: () => Catalogue, admit: RequestHandler): Routes => {
  const view = ({ template, options }: Definition) => {
    const known = catalogue().templates.get(template);
    return { template, options, missing: known ? openOf(known, options) : [] };
  };
  const found = (services: Served['configuration']['services'], name: string): Definition => {
    const definition = Object.hasOwn(services, name) ? services[name] : undefined;
    if (!definition) throw problem('SERVICE_NOT_FOUND', name);
    return definition;
  };
  const router = Router();
  router.use([SERVICES, TEMPLATES, SCENARIOS], admit);
  router.get(TEMPLATES, (_request, response) => {
    const templates = [...catalogue().templates.values()].map(({ name, description, builtin = false, options }) => {
      return { name, description, builtin, options: [...options.values()] };
    });
    response.json({ templates });
  });
  router.get(SCENARIOS, (_request, response) => {
    response.json({ scenarios: [...catalogue().scenarios.values()] });
  });
  router.get(SERVICES, (_request, response) => {
    const { services } = configured.configuration;
    const views = Object.entries(services).map(([name, definition]) => [name, view(definition)] as const);
    response.json({ services: Object.fromEntries(views) });
  });
  router.post(SERVICES, async (request, response) => {
    const { name, ...asked } = bodyIn(request);
    if (typeof name !== 'string') throw problem('PARAMETER_MISSING', 'name', 'what the service is called');
    const definition = await configured.set(name, (services) => {
      if (Object.hasOwn(services, name)) throw problem('SERVICE_EXISTS', name);
      return created(asked, catalogue(), services);
    });
    response.status(201).json(view(definition));
  });
  router.get(SERVICE, ({ params: { name } }, response) => {
    response.json(view(found(configured.configuration.services, name)));
  });
  router.put(SERVICE, async (request, response) => {
    const { template, options = {} } = bodyIn(request);
    const definition = { template, options } as Definition;
    response.json(view(await configured.set(request.params.name, () => definition)));
  });
  router.patch(SERVICE, async (request, response) => {
    const { name } = request.params;
    const { options } = bodyIn(request);
    if (!isObject(options)) throw problem('PARAMETER_INVALID', 'options', 'an object of values by option');
    const definition = await configured.set(name, (services) => {
      const { template, options: before } = found(services, name);
      return { template, options: changed(before, options) };
    });
    response.json(view(definition));
  });
  router.delete(SERVICE, async ({ params: { name }, query }, response) => {
    await configured.remove(name, query['force'] === 'true');
    response.json({});
  });
  const methods = ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} ${SERVICES}/<name>`);
  return {
    router,
    paths: [`GET ${TEMPLATES}`, `GET ${SCENARIOS}`, `GET ${SERVICES}`, `POST ${SERVICES}`, ...methods],
  };
};

const bodyIn = (request: Request): Readonly<Record<string, unknown>> => {
  const value = bodyOf(request)?.value;
  return isObject(value) ? value : {};
};
