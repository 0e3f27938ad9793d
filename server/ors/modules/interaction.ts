/**
 * The interaction module (`ixn`): `createcall`, `redirect`, `terminate`. Events: `voice.createcall.done`, `interaction.added`,
 * `interaction.deleted`, `interaction.redirect.done`, `interaction.terminate.done` and their `error.` forms, each with
 * `requestid`. What ORS leaves to hints, and the fields we add, are said beside the action.
 *
 * 1. A customer is dialled once for an action: before it is done again the network is asked what became of it.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Data } from '../../../engine/event.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { OfferOutcome, RouterPort } from '../../routing/port.js';
import type {
  Address,
  CreateCallRequest,
  CreateCallResult,
  InteractionId,
  NotConnected,
  Refusal,
  RouteRequest,
  RouteResult,
  TelephonyEvent,
  TelephonyPort,
  UserData,
} from '../../voice/port.js';
import { CallState } from '../../voice/port.js';
import { asBoolean, asNumber, asObject, asText } from '../arguments.js';
import type { Interactions } from '../interactions.js';

export interface InteractionServices {
  readonly voice: TelephonyPort;
  readonly router: RouterPort;
  readonly interactions: Interactions;
}

/** SIP Server's default and the recommended maximum. The guide, `_ixn_createcall_timeout`. */
const ringSeconds = 32;
/** The guide, `_call_timeguard_timeout`. */
const timeGuardMs = 15_000;

export const interactionTable = {
  namespace: 'www.genesyslab.com/modules/interaction',
  actions: {
    /**
     * `timeout`: seconds of ringing. `type="predictive"`: with progress detection. `hints`: `prefix`, `timeguard` (ms),
     * `keepOnMachine`, `extensions.CPNDigits`. The done event also has `callstate`; so has the error event, and `lost`
     * ('dialling' or 'ringing') when the call went down with the process that had dialled it: how far it had come.
     */
    createcall: {
      attributes: { from: 'value', to: 'value', type: 'literal', udata: 'value', hints: 'value', timeout: 'value' },
      required: ['from', 'to'],
    },
    /**
     * `to`: a DN (`number@switch`), or the `resource` of queue.submit.done, whose reservation the outcome confirms.
     * `hints.confirm` false: do not wait for the answer; `hints.udata` is attached before it rings. The error event also has
     * `reason`: why there was no answer.
     */
    redirect: {
      attributes: {
        interactionid: 'value',
        from: 'value',
        to: 'value',
        type: 'value',
        hints: 'value',
        timeout: 'value',
      },
      required: ['interactionid', 'to'],
    },
    terminate: { attributes: { interactionid: 'value', reason: 'value' }, required: ['interactionid'] },
  },
} as const satisfies ModuleTable;

export const interactionModule = (services: InteractionServices): Module => ({
  namespace: interactionTable.namespace,
  actions: {
    createcall: {
      ...interactionTable.actions.createcall,
      error: 'error.voice.createcall',
      perform: (effect, context) => createCall(effect, context, services),
    },
    redirect: {
      ...interactionTable.actions.redirect,
      error: 'error.interaction.redirect',
      perform: (effect, context) => redirect(effect, context, services),
    },
    terminate: {
      ...interactionTable.actions.terminate,
      error: 'error.interaction.terminate',
      perform: (effect, context) => terminate(effect, context, services),
    },
  },
  opened: () => services.interactions.open(),
  ended: async (sessionid) => {
    await Promise.all(services.interactions.release(sessionid).map((ixn) => services.voice.release(ixn)));
  },
});

const createCall = async (
  { attributes, requestid }: ModuleEffect,
  context: ActionContext,
  services: InteractionServices,
): Promise<void> => {
  const { voice, interactions } = services;
  const to = asText(attributes['to']) ?? '';
  const { result, end } = await dial(callRequest(to, attributes, context.key), context, services);
  if (!result) return;
  if (!result.connected) {
    context.finish('error.voice.createcall', { requestid, ...failure(result) });
    return;
  }
  // Nobody is there any more who would talk to this customer.
  if (!interactions.add(result.ixn, to, context.sessionid)) await voice.release(result.ixn);
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

const callRequest = (to: string, attributes: ModuleEffect['attributes'], requestId: string): CreateCallRequest => {
  const hints = asObject(attributes['hints']);
  const displayNumber = extensions(hints)['CPNDigits'];
  return {
    requestId,
    from: { kind: 'routePoint', ...splitSwitch(asText(attributes['from']) ?? '') },
    to: { kind: 'number', value: to },
    ...(typeof hints['prefix'] === 'string' && { prefix: hints['prefix'] }),
    ringTimeoutMs: (asNumber(attributes['timeout']) ?? ringSeconds) * 1000,
    ...(attributes['type'] === 'predictive' && {
      cpd: {
        timeGuardMs: asNumber(hints['timeguard'] as Data) ?? timeGuardMs,
        keepOnMachine: hints['keepOnMachine'] !== false,
      },
    }),
    ...(typeof displayNumber === 'string' && { displayNumber }),
    userData: asObject(attributes['udata']) as UserData,
  };
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

const extensions = (hints: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof hints['extensions'] === 'object' && hints['extensions'] !== null
    ? (hints['extensions'] as Record<string, unknown>)
    : {};

const redirect = async (
  { attributes, requestid }: ModuleEffect,
  context: ActionContext,
  { voice, router, interactions }: InteractionServices,
): Promise<void> => {
  const interactionid = asText(attributes['interactionid']) ?? '';
  if (context.again) await interactions.known;
  const ixn = interactions.find(interactionid, context.sessionid);
  const { address, reservation } = destination(attributes['to']);
  const confirm = (outcome: OfferOutcome): void => {
    if (reservation !== undefined) router.confirm(reservation, outcome);
  };
  if (ixn) interactions.handOver(ixn, true);
  const route = async (one: InteractionId): Promise<RouteResult> => {
    try {
      return await voice.route(routeRequest(one, address, attributes, context.key));
    } catch (error) {
      interactions.handOver(one, false);
      confirm('timeout');
      throw error;
    }
  };
  const result = ixn ? await route(ixn) : notOurs(interactionid);
  if (result.ok) {
    confirm('accepted');
    context.finish('interaction.redirect.done', { requestid, interactionid });
    return;
  }
  if (ixn) interactions.handOver(ixn, false);
  const { code, text: description } = result;
  const data = { requestid, interactionid, error: redirectError[code], reason: code, description };
  const heard = context.finish('error.interaction.redirect', data);
  // After the strategy has heard why: this may bring the next agent.
  confirm(offerOutcome(result));
  // Nobody is there any more who would look for one.
  if (ixn && !heard) await voice.release(ixn);
};

const routeRequest = (
  ixn: InteractionId,
  to: Address,
  attributes: ModuleEffect['attributes'],
  requestId: string,
): RouteRequest => {
  const { confirm, udata } = asObject(attributes['hints']);
  return {
    requestId,
    ixn,
    to,
    ringTimeoutMs: (asNumber(attributes['timeout']) ?? ringSeconds) * 1000,
    confirm: asBoolean(confirm as Data) ?? true,
    ...(udata !== undefined && { userData: asObject(udata as Data) as UserData }),
  };
};

const offerOutcome = ({ code }: Refusal): OfferOutcome => {
  if (code === 'rejected') return 'rejected';
  return code === 'no-answer' ? 'no-answer' : 'timeout';
};

/** ORS interface, error.interaction.redirect (8.1.4). */
const redirectError: Record<Refusal['code'], string> = {
  gone: 'invalidstate.null',
  'not-connected': 'invalidstate.ringing',
  held: 'invalidstate.hold',
  'not-held': 'invalidstate',
  treating: 'invalidstate.treating',
  routed: 'invalidstate.routed',
  'no-answer': 'remote',
  busy: 'remote',
  rejected: 'remote',
  unreachable: 'invaliddestination',
  'bad-argument': 'invaliddestination',
};

const destination = (to: Data | undefined): { address: Address; reservation: string | undefined } => {
  const text = asText(to);
  if (text !== undefined) return { address: { kind: 'dn', ...splitSwitch(text) }, reservation: undefined };
  const { dn, switch: on, reservation } = asObject(to);
  return {
    address: { kind: 'dn', value: String(dn), ...(typeof on === 'string' && { switch: on }) },
    reservation: typeof reservation === 'string' ? reservation : undefined,
  };
};

const splitSwitch = (text: string): { value: string; switch?: string } => {
  const at = text.lastIndexOf('@');
  return at < 0 ? { value: text } : { value: text.slice(0, at), switch: text.slice(at + 1) };
};

const terminate = async (
  { attributes, requestid }: ModuleEffect,
  context: ActionContext,
  { voice, interactions }: InteractionServices,
): Promise<void> => {
  const interactionid = asText(attributes['interactionid']) ?? '';
  if (context.again) await interactions.known;
  const ixn = interactions.find(interactionid, context.sessionid);
  const result = ixn ? await voice.release(ixn) : notOurs(interactionid);
  // What was terminated before is gone when it is terminated again.
  if (result.ok || context.again) context.finish('interaction.terminate.done', { requestid, interactionid });
  else
    context.finish('error.interaction.terminate', {
      requestid,
      interactionid,
      error: 'invalidstate.null',
      description: result.text,
    });
};

const notOurs = (interactionid: string): Refusal => ({
  ok: false,
  code: 'gone',
  text: `interaction "${interactionid}" does not belong to this session (any more)`,
});
