/** `_genesys`, put together of the models of all modules: as the engine takes them, and what a session sees. */
import type { PlatformModel, View } from '../../engine/platform.js';
import type { Log } from '../log.js';
import type { Module, ModuleTable } from './module.js';

/** As the engine takes them. */
export const platformOf = (modules: readonly ModuleTable[]): readonly PlatformModel[] =>
  modules.flatMap(({ namespace, model }) => {
    if (!model) return [];
    const { root, functions = {}, library } = model;
    return [{ root, namespace, functions: Object.keys(functions), library }];
  });

/** What a session sees of the module with this root. A model that fails shows nothing, and a line of the log. */
export const viewOf = (modules: readonly Module[], log: Log) => {
  const models = new Map(modules.flatMap(({ model }) => (model ? [[model.root, model]] : [])));
  return (sessionid: string, root: string): ReturnType<View> => {
    try {
      return models.get(root)?.view(sessionid);
    } catch (err) {
      log.error({ sessionid, err }, `_genesys.${root} cannot be shown`);
      return undefined;
    }
  };
};
