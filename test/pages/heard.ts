/** What a strategy or a part of it hears, by whom it comes from, and what it does. */
import { innerBlocks } from '../../engine/check/actions.js';
import type { Node } from '../../engine/check/outline.js';
import type { Action, Block, Extension, Send } from '../../engine/document.js';
import { tables } from '../../server/ors/modules/tables.js';

export type Source = 'Requests' | 'From modules' | 'From the platform' | 'From its legs and timers' | 'From outside';

/** Ids of what the documents say differ from session to session: `done.start.<sessionid>`. */
const ofModules = tables.flatMap(({ events = {} }) => Object.keys(events));
const isOfModule = (event: string): boolean =>
  ofModules.some((name) => name === event || (name.includes('<') && event.startsWith(name.split('<')[0] ?? name)));

const deep = (block: Block): Action[] => block.flatMap((action) => [action, ...innerBlocks(action).flatMap(deep)]);

export const everything = (node: Node): Node[] => [node, ...node.children.flatMap(everything)];

export const actionsIn = (nodes: readonly Node[]): Action[] =>
  nodes
    .flatMap(({ state, initial, transitions }) => [
      ...(initial ? [initial.content] : []),
      ...transitions.map(({ content }) => content),
      ...(state?.onentry ?? []),
      ...(state?.onexit ?? []),
    ])
    .flatMap(deep);

/** Events that it sends to itself, at once or by a timer. */
export const ownEvents = (nodes: readonly Node[]): Set<string> =>
  new Set(
    actionsIn(nodes).flatMap((action) => {
      if (action.kind === 'raise') return [action.event];
      return action.kind === 'send' && isToSelf(action) ? (action.event ?? []) : [];
    }),
  );

const isToSelf = ({ target, targetexpr }: Send): boolean =>
  targetexpr === undefined && (target === undefined || target === '#_internal');

/** The answer goes to who has asked, now or later. */
const isAnswered = (content: Block): boolean => JSON.stringify(content).includes('_event.sendid');

/** What other legs may wait for. */
export const raisedBy = (nodes: readonly Node[]): string[] => [
  ...new Set(
    actionsIn(nodes).flatMap((action) => {
      if (action.kind === 'raise') return [action.event];
      return action.kind === 'send' && action.target === '#_internal' ? (action.event ?? []) : [];
    }),
  ),
];

/** Of `nodes`; `own`: what the strategy sends itself; `others`: what strategies send themselves. */
export const heardBy = (
  nodes: readonly Node[],
  own: ReadonlySet<string>,
  others: ReadonlySet<string>,
): Map<Source, string[]> => {
  const transitions = nodes.flatMap((node) => node.transitions);
  const requests = new Set(transitions.filter(({ content }) => isAnswered(content)).flatMap(({ events }) => events));
  const sourceOf = (event: string): Source => {
    if (isOfModule(event)) return 'From modules';
    if (own.has(event)) return 'From its legs and timers';
    if (/^(error|done)\./.test(event)) return 'From the platform';
    return requests.has(event) ? 'Requests' : 'From outside';
  };
  const heard = new Map<Source, string[]>();
  const events = new Set(transitions.flatMap((transition) => transition.events));
  // What a part waits for that nobody here tells does not come.
  for (const event of [...events].filter((name) => own.has(name) || !others.has(name)))
    heard.set(sourceOf(event), [...(heard.get(sourceOf(event)) ?? []), event]);
  return heard;
};

const moduleName = (namespace: string): string => namespace.split(/[/:]/).at(-1) ?? '';
const said = ({ element: { namespace, name } }: Extension): string => `${moduleName(namespace)}:${name}`;

/** Actions of modules, each once. */
export const doneBy = (nodes: readonly Node[]): string[] => [
  ...new Set(actionsIn(nodes).flatMap((action) => (action.kind === 'extension' ? said(action) : []))),
];

/** Events that it sends away: to another session, or to who has invoked it. */
export const sentBy = (nodes: readonly Node[]): string[] => [
  ...new Set(
    actionsIn(nodes).flatMap((action) => (action.kind === 'send' && !isToSelf(action) ? (action.event ?? []) : [])),
  ),
];

/** What who has invoked or started it is told in the end, and other sessions that it invokes. */
export const givenBy = (nodes: readonly Node[]): string[] =>
  nodes.flatMap(({ state }) => state?.donedata?.params.map(({ name }) => name) ?? []);

export const invokedBy = (nodes: readonly Node[]): string[] => [
  ...new Set(nodes.flatMap(({ state }) => state?.invokes.map(({ src, srcexpr }) => src ?? srcexpr?.text ?? '') ?? [])),
];
