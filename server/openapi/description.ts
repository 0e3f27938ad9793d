/**
 * The OpenAPI 3.1 description of all that this server answers, in one value; `routes.ts` serves it, `page.ts` and `help.ts` make it
 * readable. `test/server/openapi/` holds it and the routes together, in both directions, and all answers that tests get to it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../root.js';
import { agentPaths } from './agents.js';
import { callbackAdministrationPaths } from './callback-administration.js';
import { callbackPaths } from './callbacks.js';
import { configurationPaths } from './configuration.js';
import type { Paths, Schema } from './operation.js';
import { operatorPaths } from './operators.js';
import { schemas } from './schemas.js';
import { sessionPaths } from './sessions.js';
import { waitingPaths } from './waiting.js';

export interface Description {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Paths;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { readonly version: string };

export const description: Description = {
  openapi: '3.1.0',
  info: {
    title: 'Ringback',
    version,
    description:
      'Sessions of SCXML strategies over HTTP, as ORS has them, and callback services, as GMS has them. Several slashes in the path ' +
      'of a session are one. An error is a Problem, or a CallbackError of the callback services.',
  },
  servers: [{ url: '/' }],
  tags: [
    { name: 'sessions', description: 'Sessions of strategies: the ORS interface' },
    { name: 'callbacks', description: 'Callback services: the GMS interface' },
    { name: 'waiting', description: 'Waiting times and statistics: the interfaces of URS and GMS' },
    { name: 'agents', description: 'Desktops of agents' },
    { name: 'operators', description: 'Health, metrics and dead letters' },
    { name: 'documentation', description: 'This' },
  ],
  paths: {
    ...sessionPaths,
    ...callbackPaths,
    ...callbackAdministrationPaths,
    ...waitingPaths,
    ...agentPaths,
    ...operatorPaths,
    ...configurationPaths,
  },
  components: {
    schemas,
    securitySchemes: {
      operator: { type: 'http', scheme: 'bearer' },
      basic: { type: 'http', scheme: 'basic' },
      user: { type: 'http', scheme: 'basic' },
      agent: { type: 'http', scheme: 'bearer' },
      peer: { type: 'http', scheme: 'bearer' },
    },
  },
};
