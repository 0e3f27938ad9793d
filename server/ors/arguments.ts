/** Attribute values of actions, as the strategy computed them: anything. These take what is meant, or nothing. */
import type { Data } from '../../engine/event.js';
import { fromData } from '../../engine/datamodel/data.js';

export const asText = (value: Data | undefined): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
};

/** Also of text that holds one: parameters from forms and configurations are text. */
export const asNumber = (value: Data | undefined): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const asBoolean = (value: Data | undefined): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
};

export const asObject = (value: Data | undefined): Readonly<Record<string, unknown>> => {
  const plain = fromData(value);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as Record<string, unknown>) : {};
};
