/**
 * `<ixn:createcall>`: dials a customer or an agent, and makes the call the session's.
 *
 * 1. Somebody is dialled once for an action: before it is done again the network is asked what became of it. Nor has it failed while
 *    that is under way: should the adapter break, it is asked again, some times.
 * 2. An agent whom a queue has selected is told how the offer went, once: it is accepted when he answers, whatever the customer does.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { OfferOutcome } from '../../../routing/port.js';
import {
  CallState,
  type CreateCallRequest,
  type CreateCallResult,
  type NotConnected,
  type TelephonyEvent,
} from '../../../voice/port.js';
import type { Dialled as Told } from '../../interactions.js';
import { requestOf, unasked, type Unasked } from './call-request.js';
import { reservedIn } from './destination.js';
import { notOurs, type InteractionServices, type Perform } from './services.js';

export const createCall: Perform = async (effect, context, services) => {
  const { requestid } = effect;
  const request = requestOf(effect, context.key, services.voice);
  const confirm = confirming(effect, services.router);
  const how = await dialled(request, context, services, confirm);
  if (how === 'under way') {
    context.retry(ASKED_AGAIN_MS);
    return;
  }
  const { result, party, end } = how;
  if (result && 'ixn' in result) {
    confirm('accepted');
    await connected(request as CreateCallRequest, result, effect, context, services);
    if (end) services.interactions.report(end);
    return;
  }
  if (result) {
    const why = 'error' in result ? result : failure(result);
    context.finish('error.voice.createcall', { requestid, ...why, ...(party && { party }) });
  }
  // After the strategy has heard why: this may bring the next agent.
  confirm(outcomeOf(result));
};

const connected = async (
  { to, ...request }: CreateCallRequest,
  { ixn, state }: Extract<CreateCallResult, { connected: true }>,
  { requestid }: ModuleEffect,
  context: ActionContext,
  { voice, interactions }: InteractionServices,
): Promise<void> => {
  // Nobody is there any more who would talk to this customer.
  if (!interactions.add(ixn, to.value, context.sessionid)) {
    await voice.release(ixn);
    return;
  }
  // The agent has it, as one that was routed to him.
  if (isAgentFirst({ to, ...request })) interactions.handOver(ixn, true);
  context.finish('voice.createcall.done', { requestid, interactionid: ixn, callstate: state });
};

type Confirm = (outcome: OfferOutcome) => void;

/** 2: what is confirmed already stays so. */
const confirming = ({ attributes }: ModuleEffect, router: InteractionServices['router']): Confirm => {
  const reservations = [attributes['from'], attributes['to']].flatMap((given) => reservedIn(given) ?? []);
  return (outcome) => {
    for (const reservation of reservations) router.confirm(reservation, outcome);
  };
};

const outcomeOf = (result: NotConnected | Unasked | undefined): OfferOutcome => {
  if (!result || 'error' in result) return 'timeout';
  if (result.state === CallState.NoAnswer) return 'no-answer';
  return result.state === CallState.RemoteRelease ? 'rejected' : 'timeout';
};

/** An agent's phone rings before the customer's; one who consults is there already. */
const isAgentFirst = ({ from, to, parent }: CreateCallRequest): boolean =>
  from.kind === 'dn' && to.kind === 'number' && parent === undefined;

interface Dialled {
  /** Undefined: it was not dialled, since nobody would talk to the customer. */
  readonly result?: CreateCallResult | Unasked;
  /** Who could not be had. */
  readonly party?: 'agent' | 'customer' | undefined;
  /** It is over already. */
  readonly end?: TelephonyEvent | undefined;
}

const ASKED_AGAIN_MS = 1_000;
const MOST_ASKED = 5;

const dialled = async (
  request: CreateCallRequest | Unasked,
  context: ActionContext,
  services: InteractionServices,
  confirm: Confirm,
): Promise<Dialled | 'under way'> => {
  if ('error' in request) return { result: request };
  try {
    return await dial(request, context, services, confirm);
  } catch (error) {
    const status = context.attempts < MOST_ASKED && (await services.voice.status(context.key).catch(() => undefined));
    if (status && status.state === 'live') return 'under way';
    confirm('timeout');
    throw error;
  }
};

/** 1 */
const dial = async (
  request: CreateCallRequest,
  context: ActionContext,
  { voice, interactions }: InteractionServices,
  confirm: Confirm,
): Promise<Dialled> => {
  const { key, sessionid } = context;
  const again = context.again || context.attempts > 0;
  const status = again ? await voice.status(key) : ({ state: 'unknown' } as const);
  if (status.state === 'over') return { result: status.result };
  const not = status.state === 'unknown' && (await notToBeDialled(request, context, interactions));
  if (not) return not;
  interactions.dialling(key, sessionid, () => {
    confirm('accepted');
  });
  let told: Told | undefined;
  const result = await voice.createCall(request).finally(() => {
    told = interactions.dialled(key);
  });
  return { result, end: told?.end, ...(!again && isAgentFirst(request) && { party: missing(told) }) };
};

const notToBeDialled = async (
  { parent }: CreateCallRequest,
  { sessionid, again, isActive }: ActionContext,
  interactions: InteractionServices['interactions'],
): Promise<Dialled | undefined> => {
  if (!isActive()) return {};
  if (parent === undefined) return undefined;
  if (again) await interactions.known;
  if (interactions.find(parent, sessionid)) return undefined;
  return { result: unasked('invalidsource', notOurs(parent).text) };
};

const missing = (told: Told | undefined): Dialled['party'] => {
  if (!told?.isCalled) return undefined;
  return told.agentAnswered ? 'customer' : 'agent';
};

/** ORS's `error` has few words; `callstate` says what happened. */
const failure = ({ state, cause, lost }: NotConnected): Record<string, Data> => ({
  error: errorWords[state] ?? 'unknown',
  callstate: state,
  description: cause.text,
  ...(lost !== undefined && { lost }),
});

const errorWords: Partial<Record<number, string>> = {
  [CallState.NoAnswer]: 'timeout',
  [CallState.SitInvalidNum]: 'invaliddestination',
  [CallState.SitVacant]: 'invaliddestination',
};
