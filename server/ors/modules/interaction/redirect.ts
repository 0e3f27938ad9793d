/**
 * `<ixn:redirect>`: routes a call to a DN or route point, or, to `_STOP_` or with the type RouteTypeReject, ends it. With `detach`
 * the call is nobody's before it is routed, so a route point may start a strategy with it; one that could not be routed is the
 * session's again.
 *
 * 1. The target that a queue has selected is told how the offer went, whatever happens: its reservation is not left behind.
 * 2. A call that could not be routed, and whose session is over by then, is released, by the next process, too.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { OfferOutcome } from '../../../routing/port.js';
import type { Address, InteractionId, Refusal, RouteRequest, RouteResult, UserData } from '../../../voice/port.js';
import { rType } from '../../model/queue.js';
import { asBoolean, asNumber, asObject, asText } from '../../arguments.js';
import { destinationOf } from './destination.js';
import { displayNumberIn, reservationIn } from './hints.js';
import { errorOf, notOurs, ownOf, refusal, ringSeconds, type InteractionServices, type Perform } from './services.js';

/** The destination that ends routing. The guide, RouteTypeReject. */
const STOP = '_STOP_';

export const redirect: Perform = async (effect, context, services) => {
  const { attributes, requestid } = effect;
  const { interactions, router, voice } = services;
  const { interactionid, ixn: own } = await ownOf(effect, context, services);
  const ixn = own ?? interactions.free(interactionid);
  const destination = destinationOf(attributes['to']);
  const confirm = (outcome: OfferOutcome): void => {
    if (destination?.reservation !== undefined) router.confirm(destination.reservation, outcome);
  };
  const result = await routed(ixn, destination?.address, effect, context, services).catch((error: unknown) => {
    if (asksAgain(context)) return undefined;
    confirm('timeout');
    throw error;
  });
  if (!result) {
    context.retry(ASKED_AGAIN_MS);
    return;
  }
  if (result.ok) {
    confirm('accepted');
    context.finish('interaction.redirect.done', { requestid, interactionid });
    return;
  }
  const { code, text: description } = result;
  const data = { requestid, interactionid, error: errorOf[code], reason: code, description };
  const heard = context.finish('error.interaction.redirect', data);
  // After the strategy has heard why: this may bring the next agent.
  confirm(offerOutcome(result));
  // Nobody is there any more who would look for one. (2)
  if (!heard && ixn && (own || (await voice.holder(ixn)) === 'us')) await voice.release(ixn);
};

const ASKED_AGAIN_MS = 1_000;
const MOST_ASKED = 5;

/** The adapter has broken: a session hears of it and looks on, but what becomes of the call of one that is over has to be known. (2) */
const asksAgain = ({ isActive, attempts }: ActionContext): boolean => !isActive() && attempts < MOST_ASKED;

export const routed = async (
  ixn: InteractionId | undefined,
  to: Address | undefined,
  { attributes }: Pick<ModuleEffect, 'attributes'>,
  { key, sessionid, again }: Pick<ActionContext, 'key' | 'sessionid' | 'again'>,
  { voice, interactions }: InteractionServices,
): Promise<RouteResult> => {
  if (to?.value === STOP || asNumber(attributes['type']) === rType.RouteTypeReject)
    return stopped(ixn && (await voice.release(ixn)), attributes, again);
  if (!ixn) return notOurs(asText(attributes['interactionid']) ?? '');
  if (!to) return refusal('bad-argument', 'to is no DN: text, or a resource object with dn');
  const back = await handedOver(ixn, sessionid, asBoolean(attributes['detach']) === true, interactions);
  let result: RouteResult | undefined;
  try {
    result = await voice.route(routeRequest(ixn, to, attributes, key));
    return result;
  } finally {
    if (result?.ok !== true) await back();
  }
};

/** Answers how the session gets the call back. */
const handedOver = async (
  ixn: InteractionId,
  sessionid: string,
  detach: boolean,
  interactions: InteractionServices['interactions'],
): Promise<() => Promise<void> | void> => {
  if (interactions.find(ixn, sessionid) === undefined) return () => undefined;
  if (!detach) {
    interactions.handOver(ixn, true);
    return () => {
      interactions.handOver(ixn, false);
    };
  }
  await interactions.detached(ixn);
  return () => interactions.regain(ixn, sessionid);
};

/** What was ended before is gone when it is ended again. */
const stopped = (
  result: RouteResult | undefined,
  attributes: ModuleEffect['attributes'],
  again: boolean,
): RouteResult => {
  if (again) return { ok: true };
  return result ?? notOurs(asText(attributes['interactionid']) ?? '');
};

const routeRequest = (
  ixn: InteractionId,
  to: Address,
  attributes: ModuleEffect['attributes'],
  requestId: string,
): RouteRequest => {
  const hints = asObject(attributes['hints']);
  const { confirm, udata } = hints;
  const displayNumber = displayNumberIn(hints);
  const reservation = reservationIn(hints);
  return {
    requestId,
    ixn,
    to,
    ringTimeoutMs: (asNumber(attributes['timeout']) ?? ringSeconds) * 1000,
    confirm: asBoolean(confirm as Data) ?? true,
    ...(displayNumber !== undefined && { displayNumber }),
    ...(udata !== undefined && { userData: asObject(udata as Data) as UserData }),
    ...(reservation && { reservation }),
  };
};

export const offerOutcome = ({ code }: Refusal): OfferOutcome => {
  if (code === 'rejected') return 'rejected';
  return code === 'no-answer' ? 'no-answer' : 'timeout';
};
