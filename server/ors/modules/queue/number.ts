/** Numbers in attributes of the queue module. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import { asNumber } from '../../arguments.js';
import { Refusal } from './refusal.js';

/** Throws Refusal. */
export const numberIn = (attributes: ModuleEffect['attributes'], name: string): number | undefined => {
  const given = attributes[name];
  if (given === undefined || given === null || given === '') return undefined;
  const number = asNumber(given);
  if (number === undefined) throw new Refusal('invalidattribute', `${name} is no number`);
  return number;
};

/** In milliseconds. Throws Refusal. */
export const seconds = (attributes: ModuleEffect['attributes'], name: string): number | undefined => {
  const number = numberIn(attributes, name);
  if (number !== undefined && number < 0)
    throw new Refusal('invalidattribute', `${name} is a number of seconds, 0 or more`);
  return number === undefined ? undefined : number * 1000;
};
