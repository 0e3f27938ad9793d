/**
 * Who hears that a session has ended, and how: its invoker (SCXML 6.4), or the session that started it with `<session:start>`.
 * The latter are nobody's children: they go on when it ends, and it hears of their end by `done.start.<session id>`. Who started
 * a session is in its `_x.starter`, and so in all that is saved of it. Neighbours: `steps.ts` writes it down, `effects.ts` tells.
 */
import type { SessionInput } from '../../engine/chart.js';
import type { Effect, SendEffect } from '../../engine/effect.js';
import type { SavedSession } from '../../engine/step/save.js';
import { SCXML_PROCESSOR, type Data, type ScxmlEvent } from '../../engine/event.js';
import type { Session } from '../../engine/step/session.js';
import type { SessionRecord } from '../store/port.js';
import type { Origin } from './live.js';

/** `finished` in a final state, `terminated` from outside, or `error`: it broke a limit, or could not begin. */
type EndReason = 'finished' | 'terminated' | 'error';

const starterOf = ({ x }: Pick<SessionInput, 'x'>): string | undefined => {
  const { starter } = (x ?? {}) as { readonly starter?: Data };
  return typeof starter === 'string' ? starter : undefined;
};

/** `params`: its donedata; `document`: the name of its document. The manual has done.scxml, the original's logs done.start. */
export const startedOver = (
  sessionid: string,
  reason: EndReason,
  params: Data | undefined,
  document = '',
): ScxmlEvent => ({
  name: `done.start.${sessionid}`,
  alias: document === '' ? 'done.scxml' : `done.scxml.${document}`,
  type: 'platform',
  data: { sessionid, reason, ...(params !== undefined && { params }) },
});

/** Nobody hears it when that one is over. */
const sentTo = (target: string, event: ScxmlEvent): SendEffect => ({
  type: 'send',
  sendid: '',
  processor: SCXML_PROCESSOR,
  target,
  delay: 0,
  event,
  body: false,
});

const toStarter = (starter: string, event: ScxmlEvent): SendEffect => sentTo(`#_scxml_${starter}`, event);

/** Who hears that a session has ended: its invoker, or who started it. */
export const endOf = (
  effect: Extract<Effect, { type: 'done' }>,
  { sessionid, invoker }: Origin,
  { input, chart }: Pick<Session, 'input' | 'chart'>,
): Effect | undefined => {
  if (invoker) return effect;
  const starter = starterOf(input);
  if (starter === undefined) return undefined;
  const reason = effect.cancelled ? 'terminated' : 'finished';
  return toStarter(starter, startedOver(sessionid, reason, effect.output, chart.name));
};

export const failedOf = (origin: Origin, record: SessionRecord | undefined): Effect | undefined => {
  if (origin.invoker) return toldOf(origin);
  const starter = record && starterOf((JSON.parse(record.state) as SavedSession).input);
  return starter === undefined ? undefined : toStarter(starter, startedOver(origin.sessionid, 'error', undefined));
};

/** The invoker of a session that failed hears of it as of one that could not be reached. */
const toldOf = ({ invoker, sessionid }: Origin): SendEffect => {
  const data = { reason: `the invoked session ${sessionid} has failed` };
  return sentTo('#_parent', { name: 'error.communication', type: 'platform', invokeid: invoker?.invokeid, data });
};
