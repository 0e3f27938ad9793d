/**
 * `<ixn:createcall>`: dials a customer, and makes the call the session's.
 *
 * 1. A customer is dialled once for an action: before it is done again the network is asked what became of it.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import {
  CallState,
  type Address,
  type CpdOptions,
  type CreateCallRequest,
  type CreateCallResult,
  type InteractionId,
  type NotConnected,
  type TelephonyEvent,
  type TelephonyPort,
  type UserData,
} from '../../../voice/port.js';
import { asNumber, asObject, asText } from '../../arguments.js';
import { deviceOf } from './destination.js';
import { displayNumberIn, reservationIn } from './hints.js';
import { ringSeconds, type InteractionServices, type Perform } from './services.js';

/** The guide, `_call_timeguard_timeout`. */
const timeGuardMs = 15_000;

/** ORS interface. All but `predictive`, which asks for progress detection, are priorities that a network may heed. */
const callTypes: readonly unknown[] = ['regular', 'agent', 'supervisor', 'priority', 'agentpriority', 'predictive'];

export const createCall: Perform = async (effect, context, services) => {
  const { requestid } = effect;
  const request = requestOf(effect, context.key, services.voice);
  if ('error' in request) {
    context.finish('error.voice.createcall', { requestid, ...request });
    return;
  }
  const { result, end } = await dial(request, context, services);
  if (!result) return;
  if (!result.connected) {
    context.finish('error.voice.createcall', { requestid, ...failure(result) });
    return;
  }
  const { voice, interactions } = services;
  // Nobody is there any more who would talk to this customer.
  if (!interactions.add(result.ixn, request.to.value, context.sessionid)) await voice.release(result.ixn);
  else context.finish('voice.createcall.done', { requestid, interactionid: result.ixn, callstate: result.state });
  if (end) interactions.report(end);
};

interface Dialled {
  /** Undefined: it was not dialled, since nobody would talk to the customer. */
  readonly result?: CreateCallResult;
  /** It is over already. */
  readonly end?: TelephonyEvent | undefined;
}

/** 1 */
const dial = async (
  request: CreateCallRequest,
  { key, sessionid, again, isActive }: ActionContext,
  { voice, interactions }: InteractionServices,
): Promise<Dialled> => {
  const status = again ? await voice.status(key) : ({ state: 'unknown' } as const);
  if (status.state === 'over') return { result: status.result };
  if (status.state === 'unknown' && !isActive()) return {};
  interactions.dialling(key, sessionid);
  let end: TelephonyEvent | undefined;
  const result = await voice.createCall(request).finally(() => {
    end = interactions.dialled(key);
  });
  return { result, end };
};

interface Unasked {
  readonly error: 'invalidsource' | 'invaliddestination' | 'unknown';
  readonly description: string;
}

const unasked = (error: Unasked['error'], description: string): Unasked => ({ error, description });

/** What the network does not know is taken for a route point: it says what is wrong with it. */
const originIn = (given: Data | undefined, voice: Pick<TelephonyPort, 'deviceAt'>): Address | undefined => {
  const device = deviceOf(given);
  const kind = device && voice.deviceAt(device.value);
  return device && { kind: kind === 'dn' || kind === 'trunkGroup' ? kind : 'routePoint', ...device };
};

const requestOf = (
  { attributes }: ModuleEffect,
  requestId: string,
  voice: Pick<TelephonyPort, 'deviceAt'>,
): CreateCallRequest | Unasked => {
  const from = originIn(attributes['from'], voice);
  const to = calledIn(attributes['to']);
  const type = attributes['type'] ?? 'regular';
  if (!from) return unasked('invalidsource', 'from is no DN: text, or a resource object with dn');
  if (!to) return unasked('invaliddestination', 'to is no number: text, or a resource object with dn');
  if (!callTypes.includes(type)) return unasked('unknown', `type is none of ${callTypes.join(', ')}`);
  const hints = asObject(attributes['hints']);
  const displayNumber = displayNumberIn(hints);
  return {
    requestId,
    from,
    to,
    ...aboutIn(hints),
    ...(typeof hints['prefix'] === 'string' && { prefix: hints['prefix'] }),
    ringTimeoutMs: (asNumber(attributes['timeout']) ?? ringSeconds) * 1000,
    ...(type === 'predictive' && { cpd: detectionIn(hints) }),
    ...(displayNumber !== undefined && { displayNumber }),
    userData: asObject(attributes['udata']) as UserData,
  };
};

/** `parent`: the call about which somebody is asked; what agents are reserved by. */
const aboutIn = (hints: Readonly<Record<string, unknown>>): Pick<CreateCallRequest, 'parent' | 'reservation'> => {
  const parent = asText(hints['parent'] as Data | undefined);
  const reservation = reservationIn(hints);
  return {
    ...(parent !== undefined && { parent: parent as InteractionId }),
    ...(reservation && { reservation }),
  };
};

/** A number, also as `tel:` URI, or the DN of a resource. */
const calledIn = (given: Data | undefined): Address | undefined => {
  const text = asText(given);
  if (text !== undefined) return { kind: 'number', value: text.replace(/^tel:/i, '') };
  const device = deviceOf(given);
  return device && { kind: 'dn', ...device };
};

const detectionIn = ({ timeguard, keepOnMachine }: Readonly<Record<string, unknown>>): CpdOptions => ({
  timeGuardMs: asNumber(timeguard as Data | undefined) ?? timeGuardMs,
  keepOnMachine: keepOnMachine !== false,
});

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
