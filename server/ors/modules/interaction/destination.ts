/** Where a call goes, or from where: a DN as text, `number@switch`, or a resource object, as in queue.submit.done. */
import type { Data } from '../../../../engine/event.js';
import type { Address } from '../../../voice/port.js';
import { asObject, asText } from '../../arguments.js';

interface Device {
  readonly value: string;
  readonly switch?: string;
}

/** undefined: no DN. */
export const deviceOf = (given: Data | undefined): Device | undefined => {
  const text = asText(given);
  if (text !== undefined) return splitSwitch(text);
  const { dn, switch: on } = asObject(given);
  const value = asText(dn as Data | undefined);
  return value === undefined ? undefined : { value, ...(typeof on === 'string' && { switch: on }) };
};

interface Destination {
  readonly address: Address;
  /** The target that a queue has selected: it is told how the offer went. */
  readonly reservation: string | undefined;
}

export const destinationOf = (to: Data | undefined): Destination | undefined => {
  const device = deviceOf(to);
  return device && { address: { kind: 'dn', ...device }, reservation: reservedIn(to) };
};

/** Of a resource object that a queue has selected. */
export const reservedIn = (given: Data | undefined): string | undefined => {
  const { reservation } = asObject(given);
  return typeof reservation === 'string' ? reservation : undefined;
};

const splitSwitch = (text: string): Device => {
  const at = text.lastIndexOf('@');
  return at < 0 ? { value: text } : { value: text.slice(0, at), switch: text.slice(at + 1) };
};
