/** The configuration of a server, opened: what operators have changed in services and lists before counts. For `../ringback.ts`. */
import { admitted } from '../admin/admitted.js';
import { Lists } from '../admin/lists.js';
import type { Routes } from '../app.js';
import type { ServerConfig } from '../config.js';
import type { Services } from '../gms/services.js';
import { catalogue } from '../gms/services/catalogue.js';
import type { Log } from '../log.js';
import type { Tenants } from '../ors/tenants.js';
import type { Store } from '../store/port.js';
import { Configured } from './configured.js';
import { configurationRoutes } from './routes.js';
import { serviceRoutes } from './routes-services.js';

interface OpenedNeeds {
  /** Of the files. */
  readonly services: Services;
  readonly tenants: Tenants;
  readonly store: Store;
  readonly config: Pick<ServerConfig, 'adminToken'>;
  readonly log: Pick<Log, 'info' | 'error'>;
}

export const openConfiguration = async ({ services, tenants, store, config, log }: OpenedNeeds) => {
  const { adminToken: token } = config;
  const lists = new Lists(tenants, store);
  await lists.open();
  const configured = new Configured({ services, lists, store, catalogue, log });
  await configured.open();
  const routes: readonly Routes[] = [
    serviceRoutes(configured, catalogue, admitted(token)),
    configurationRoutes(configured, admitted(token)),
  ];
  return { lists, services: configured.services, routes };
};
