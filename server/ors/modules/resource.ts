/** The resource module: no actions and no events, only `_genesys.resource`. */
import type { Module, ModuleTable } from '../../host/module.js';
import type { RouterPort } from '../../routing/port.js';
import { resourceModelTable } from '../model/resource.js';

export const resourceTable = {
  namespace: 'www.genesyslab.com/modules/resource',
  actions: {},
  events: {},
  model: resourceModelTable([]),
} as const satisfies ModuleTable;

const nothing = {};

export const resourceModule = ({ agents }: Pick<RouterPort, 'agents'>): Module => ({
  ...resourceTable,
  model: { ...resourceModelTable(agents), view: () => nothing },
});
