/** Ids of states and names of variables. SCXML 3.14, 5.3, B.2 */
import type { Data } from '../document.js';
import { lineOf } from '../position.js';
import type { Outline } from './outline.js';
import { exclusive, type Report } from './report.js';

const ncName = /^[\p{L}_][\p{L}\p{N}\p{M}._\-·]*$/u;
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u;
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if import in instanceof new null return super switch this throw true try typeof var void while with'
  ).split(' '),
);

export const judgeIds = ({ nodes, byId }: Outline, to: Report): void => {
  for (const node of nodes) {
    const { id, at } = node;
    if (id === undefined) continue;
    const first = byId.get(id);
    if (first && first !== node)
      to.error(at, `id "${id}" is already that of the state at ${lineOf(first.at)}: rename one`);
    if (!/^\S+$/.test(id)) to.error(at, `id "${id}" can be no target: an id is one word`);
    else if (!ncName.test(id))
      to.warn(at, `id "${id}" is no XML name: start with a letter or _, go on with letters, digits . - _`);
  }
};

/** All variables of the document, in its order. */
export const dataOf = ({ document, nodes }: Outline): Data[] =>
  [document, ...nodes.flatMap(({ state }) => state ?? [])].flatMap(({ data }) => data);

export const isEcmascriptName = (id: string): boolean => identifier.test(id) && !reserved.has(id);

export const judgeData = (chart: Outline, to: Report): void => {
  const seen = new Map<string, Data>();
  for (const data of dataOf(chart)) {
    const { id, src, expr, inline, at } = data;
    exclusive(to, at, 'data', { src, expr, content: inline });
    const first = seen.get(id);
    if (first)
      to.warn(at, `variable "${id}" is also declared at ${lineOf(first.at)}: all states share one set of variables`);
    else seen.set(id, data);
    if (chart.document.datamodel === 'ecmascript' && !isEcmascriptName(id)) {
      to.error(at, `"${id}" is no name for an ECMAScript variable`);
    }
  }
};
