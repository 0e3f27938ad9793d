/**
 * Events that a document sends to itself and no transition of it waits for. Only names that are written down count; that a
 * transition waits for what nobody here sends says nothing, for events come from outside.
 */
import type { Action, Raise, Send } from '../document.js';
import { SCXML_PROCESSOR } from '../event.js';
import { actionsOf } from './actions.js';
import type { Outline } from './outline.js';
import { didYouMean } from '../parse/suggest.js';
import type { Report } from './report.js';
import { plainDescriptor } from './shadows.js';

export const judgeRaised = (chart: Outline, to: Report): void => {
  const transitions = chart.nodes.flatMap(({ transitions }) => transitions);
  const awaited = new Set(transitions.flatMap(({ events }) => events.map(plainDescriptor)));
  if (awaited.has('*')) return;
  // An invoked session may wait for what is forwarded to it. SCXML 6.4.1
  const forwards = chart.nodes.some(({ state }) => state?.invokes.some(({ autoforward }) => autoforward));
  for (const action of actionsOf(chart)) {
    if (!isRaise(action) && (forwards || !isToSelf(action))) continue;
    const { event = '', at } = action;
    if (!/^\S+$/.test(event) || isAwaited(event, awaited)) continue;
    to.warn(at, `no transition waits for event "${event}"${didYouMean(event, awaited)}`);
  }
};

const isRaise = (action: Action): action is Raise =>
  action.kind === 'raise' || (action.kind === 'send' && action.target === '#_internal' && isPlain(action));

const isToSelf = (action: Action): action is Send =>
  action.kind === 'send' && action.target === undefined && isPlain(action);

const isPlain = ({ event, targetexpr, type, typeexpr }: Send): boolean =>
  event !== undefined &&
  !targetexpr &&
  !typeexpr &&
  (type === undefined || type === 'scxml' || type === SCXML_PROCESSOR);

const isAwaited = (event: string, awaited: ReadonlySet<string>): boolean => {
  const parts = event.split('.');
  return parts.some((_, index) => awaited.has(parts.slice(0, index + 1).join('.')));
};
