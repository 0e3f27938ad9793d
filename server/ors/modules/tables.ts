/** The actions of all modules, as the engine reads them: for those who judge documents and have no world to act on. */
import type { Modules } from '../../../engine/modules.js';
import { moduleTable } from '../../host/module.js';
import { callbackTable } from './callback.js';
import { dialogTable } from './dialog.js';
import { interactionTable } from './interaction.js';
import { queueTable } from './queue.js';
import { sessionTable } from './session.js';
import { wsTable } from './ws.js';

export const moduleTables: Modules = moduleTable([
  ...[sessionTable, wsTable, interactionTable, dialogTable],
  ...[queueTable, callbackTable],
]);
