/** The text of /ors/help: what can be asked, and what strategies hear of the modules. */
import type { ModuleTable } from '../host/module.js';
import type { Description } from './description.js';

export const helpOf = ({ info, paths }: Description, modules: readonly ModuleTable[]): string => {
  const asked = Object.entries(paths).flatMap(([path, { servers: _servers, ...methods }]) =>
    Object.entries(methods).map(
      ([method, { summary }]) => `${method.toUpperCase().padEnd(6)} ${path}\n       ${summary}`,
    ),
  );
  const acted = modules.flatMap(({ namespace, actions, events = {} }) => [
    '',
    `${namespace}: ${Object.keys(actions).join(', ')}`,
    ...Object.entries(events).map(([name, fields]) => `  ${name}: ${fields.join(', ')}`),
  ]);
  return [
    `${info.title} ${info.version}`,
    '',
    ...asked,
    '',
    'Actions of strategies, and the events that come of them with their fields (one with ? is not always there):',
    ...acted,
    '',
  ].join('\n');
};
