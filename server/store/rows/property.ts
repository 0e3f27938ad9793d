/** What a callback record is found by: its properties of one value, as rows. */
import type { Data } from '../../../engine/event.js';
import { FINDABLE, type CallbackRecord, type PropertyValue } from '../port.js';

/** In the order in which queries read them. */
export const placeOf = ({ desiredTime, id }: Pick<CallbackRecord, 'desiredTime' | 'id'>): readonly [number, string] => [
  desiredTime,
  id,
];

export const propertiesOf = ({
  customerNumber,
  properties,
}: Pick<CallbackRecord, 'customerNumber' | 'properties'>): PropertyValue[] =>
  [...Object.entries(properties), ['_customer_number', customerNumber ?? null] as const].flatMap(([name, value]) => {
    const text = textOf(value);
    return text === '' || text.length > FINDABLE ? [] : [{ name, value: text }];
  });

const textOf = (value: Data): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};
