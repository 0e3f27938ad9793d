/** What `<ixn:createcall>` asks of the network, read from its attributes, or what is wrong with them. `create-call.ts` asks. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type {
  Address,
  CpdOptions,
  CreateCallRequest,
  InteractionId,
  TelephonyPort,
  UserData,
} from '../../../voice/port.js';
import { asNumber, asObject, asText } from '../../arguments.js';
import { deviceOf } from './destination.js';
import { displayNumberIn, reservationIn } from './hints.js';
import { ringSeconds } from './services.js';

/** The guide, `_call_timeguard_timeout`. */
const timeGuardMs = 15_000;

/** ORS interface. All but `predictive`, which asks for progress detection, are priorities that a network may heed. */
const callTypes: readonly unknown[] = ['regular', 'agent', 'supervisor', 'priority', 'agentpriority', 'predictive'];

/** Nobody is asked. */
export interface Unasked {
  readonly error: 'invalidsource' | 'invaliddestination' | 'unknown';
  readonly description: string;
}

export const unasked = (error: Unasked['error'], description: string): Unasked => ({ error, description });

/** What the network does not know is taken for a route point: it says what is wrong with it. */
const originIn = (given: Data | undefined, voice: Pick<TelephonyPort, 'deviceAt'>): Address | undefined => {
  const device = deviceOf(given);
  const kind = device && voice.deviceAt(device.value);
  return device && { kind: kind === 'dn' || kind === 'trunkGroup' ? kind : 'routePoint', ...device };
};

export const requestOf = (
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
