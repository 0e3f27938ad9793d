/** The actions and models of all modules, as the engine reads them: for those who judge documents and have no world to act on. */
import type { Modules } from '../../../engine/modules.js';
import { moduleTable, type ModuleTable } from '../../host/module.js';
import { platformOf } from '../../host/platform.js';
import { callbackTable } from './callback/elements.js';
import { dialogTable } from './dialog.js';
import { interactionTable } from './interaction.js';
import { queueTable } from './queue/elements.js';
import { resourceTable } from './resource.js';
import { sessionTable } from './session.js';
import { statisticTable } from './statistic.js';
import { wsTable } from './ws.js';

export const tables: readonly ModuleTable[] = [
  ...[sessionTable, wsTable, interactionTable, dialogTable],
  ...[queueTable, statisticTable, resourceTable, callbackTable],
];

export const moduleTables: Modules = moduleTable(tables);
/** `_genesys`, without anything to see in it. */
export const platformModels = platformOf(tables);
