/** What operators configure (`../configuration/routes-services.ts`, `routes.ts`). */
import type { Code } from '../problems.js';
import { ofDoors, security as doors } from './doors.js';
import { json, object, param, problems, ref, type Operation, type Paths, type Schema } from './operation.js';

const security = doors.administer;
const ofAdmin: readonly Code[] = ofDoors;
const ofChanges: readonly Code[] = [...ofAdmin, 'CONFIGURATION_INVALID', 'STORE_UNAVAILABLE'];
const name = param('name', 'path', 'Of the service', { type: 'string' });
const force = param('force', 'query', 'true: also services that have callbacks', { type: 'string' });

const operation = (
  operationId: string,
  summary: string,
  said: string,
  answer: string,
  codes: readonly Code[],
  more: Partial<Operation> = {},
): Operation => ({
  ...{ operationId, tags: ['operators'], summary, security, ...more },
  responses: {
    [operationId === 'createService' ? '201' : '200']: { description: said, content: json(ref(answer)) },
    ...problems(codes),
  },
});
const bodyOf = (schema: string) => ({ required: true, content: json(ref(schema)) });
const parameters = [name];

export const configurationPaths: Paths = {
  '/ringback/templates': {
    get: operation('listTemplates', 'What services can be made of', 'With all options', 'Templates', ofAdmin),
  },
  '/ringback/scenarios': {
    get: operation('listScenarios', 'What services are usually made of', 'With their values', 'Scenarios', ofAdmin),
  },
  '/ringback/services': {
    get: operation('listServices', 'The configured services', 'By name', 'Services', ofAdmin),
    post: operation(
      'createService',
      'Makes a service of a template, a scenario, or like another one',
      'It is saved, and takes requests',
      'Service',
      [...ofChanges, 'PARAMETER_MISSING', 'PARAMETER_INVALID', 'SERVICE_EXISTS'],
      { requestBody: bodyOf('NewService') },
    ),
  },
  '/ringback/services/{name}': {
    get: operation('getService', 'Shows a service', 'The service', 'Service', [...ofAdmin, 'SERVICE_NOT_FOUND'], {
      parameters,
    }),
    put: operation('putService', 'Makes or replaces a service', 'It is saved', 'Service', ofChanges, {
      parameters,
      requestBody: bodyOf('ServiceDefinition'),
    }),
    patch: operation(
      'changeService',
      'Changes options of a service; null takes a value away',
      'It is saved; sessions keep the options that they were started with',
      'Service',
      [...ofChanges, 'PARAMETER_INVALID', 'SERVICE_NOT_FOUND'],
      { parameters, requestBody: bodyOf('ServiceChange') },
    ),
    delete: operation(
      'removeService',
      'Takes a service out',
      'It is saved',
      'Done',
      [...ofChanges, 'SERVICE_NOT_FOUND', 'SERVICE_IN_USE'],
      { parameters: [name, force] },
    ),
  },
  '/ringback/configuration': {
    get: operation('getConfiguration', 'All services and lists', 'The configuration', 'Configuration', ofAdmin),
    put: operation(
      'applyConfiguration',
      'Makes services and lists as they are said to be, all or nothing',
      'It is saved; what that has changed',
      'Changes',
      [...ofChanges, 'SERVICE_IN_USE'],
      {
        parameters: [param('check', 'query', 'true: nothing is changed', { type: 'string' }), force],
        requestBody: bodyOf('Configuration'),
      },
    ),
  },
};

const string: Schema = { type: 'string' };
const options: Schema = { type: 'object', description: 'Values by option' };
const many = (items: Schema): Schema => ({ type: 'array', items });
const byName = (schema: Schema): Schema => ({ type: 'object', additionalProperties: schema });
const definition = object({ template: string, 'options?': options });

export const configurationSchemas: Readonly<Record<string, Schema>> = {
  Service: object({ template: string, options, missing: { ...many(string), description: 'Without a value yet' } }),
  Services: object({ services: byName(ref('Service')) }),
  ServiceDefinition: definition,
  ServiceChange: object({ options }),
  NewService: object({ name: string, 'template?': string, 'scenario?': string, 'like?': string, 'options?': options }),
  Templates: object({
    templates: many(
      object({ name: string, description: string, builtin: { type: 'boolean' }, options: many(options) }),
    ),
  }),
  Scenarios: object({
    scenarios: many(object({ name: string, title: string, description: string, template: string, options })),
  }),
  Configuration: object({ 'services?': byName(definition), 'lists?': byName(byName(byName(string))) }),
  Changes: object({ changes: many(object({ path: many(string), 'before?': {}, 'after?': {} })) }),
};
