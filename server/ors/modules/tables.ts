/** The actions and models of all modules, as the engine reads them: for those who judge documents and have no world to act on. */
import type { Modules } from '../../../engine/modules.js';
import { moduleTable, type ModuleTable } from '../../host/module.js';
import { platformOf } from '../../host/platform.js';
import { callbackTable } from './callback.js';
import { dialogTable } from './dialog.js';
import { interactionTable } from './interaction.js';
import { queueTable } from './queue/elements.js';
import { sessionTable } from './session.js';
import { wsTable } from './ws.js';

export const tables: readonly ModuleTable[] = [
  ...[sessionTable, wsTable, interactionTable, dialogTable],
  ...[queueTable, callbackTable],
];

export const moduleTables: Modules = moduleTable(tables);
/** `_genesys`, without anything to see in it. */
export const platformModels = platformOf(tables);
