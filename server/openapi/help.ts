/** The text of /ors/help: what can be asked, and what strategies hear of the modules. */
import type { ModuleTable } from '../host/module.js';
import type { Description } from './description.js';
import { modulesText } from './modules.js';

export const helpOf = ({ info, paths }: Description, modules: readonly ModuleTable[]): string => {
  const asked = Object.entries(paths).flatMap(([path, { servers: _servers, ...methods }]) =>
    Object.entries(methods).map(
      ([method, { summary }]) => `${method.toUpperCase().padEnd(6)} ${path}\n       ${summary}`,
    ),
  );
  return [`${info.title} ${info.version}`, '', ...asked, '', modulesText(modules)].join('\n');
};
