/** What a strategy is given: its top-level data that nobody in it writes, and those named as options are. */
import { readTemplates } from '../../server/gms/templates.js';
import { packageRoot } from '../../server/root.js';
import { join } from 'node:path';
import { actionsIn } from './heard.js';
import type { Strategy } from './read.js';

export interface Input {
  readonly name: string;
  readonly type: string;
  readonly standard: string;
}

const template = readTemplates(join(packageRoot, 'templates')).get('callback');
/** The strategies of callbacks are given nothing but what is named so. */
const ofCallbacks = [template?.strategy, ...(template?.strategies ?? []).map(({ strategy }) => strategy)];

/** Callbacks that are executed by it: by the values of their options. Undefined: it is not one of a callback's. */
export const casesOf = (strategy: string): string | undefined => {
  const cases = (template?.strategies ?? []).filter((each) => each.strategy === strategy);
  if (cases.length > 0)
    return cases
      .map(({ when }) =>
        Object.entries(when)
          .map(([name, value]) => `\`${name}\` is \`${String(value)}\``)
          .join(' and '),
      )
      .join(', or ');
  return strategy === template?.strategy ? 'no other strategy is' : undefined;
};

/** Locations that the document's own content writes to. */
const written = ({ chart }: Strategy): Set<string> =>
  new Set(
    actionsIn([chart.root, ...chart.nodes]).flatMap((action) => {
      if (action.kind === 'assign') return [action.location.text];
      if (action.kind === 'foreach') return [action.item.text];
      return action.kind === 'extension' ? (action.element.attributes['requestid']?.text ?? []) : [];
    }),
  );

export const inputsOf = (strategy: Strategy): Input[] => {
  const writes = written(strategy);
  const isGiven = (id: string): boolean =>
    id.startsWith('_') || (!ofCallbacks.includes(strategy.name) && !writes.has(id));
  return strategy.chart.document.data
    .filter(({ id }) => isGiven(id))
    .map(({ id, expr }) => {
      const option = template?.options.get(id);
      if (option && ofCallbacks.includes(strategy.name))
        return { name: id, type: option.type, standard: option.default === null ? '' : JSON.stringify(option.default) };
      return { name: id, type: 'parameter', standard: expr?.text ?? '' };
    });
};
