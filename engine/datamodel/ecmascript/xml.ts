/** Data on its way into a guest: JSON in which each `$xml` text has its parsed tree beside it, for a guest cannot parse XML. */
import type { Data } from '../../event.js';
import { tagOf } from '../data.js';

export interface XmlTree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlTree | string)[];
}

/** Throws for text that is not one well-formed element. */
export type ParseXml = (xml: string) => XmlTree;

export const guestJson = (data: Data, parseXml: ParseXml): string => {
  const json = JSON.stringify(data);
  return json.includes('"$xml"') ? JSON.stringify(withTrees(data, parseXml)) : json;
};

const withTrees = (data: Data, parseXml: ParseXml): unknown => {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return (data as readonly Data[]).map((item) => withTrees(item, parseXml));
  const fields = data as Readonly<Record<string, Data>>;
  const { $xml } = fields;
  if (tagOf(fields) === '$xml' && typeof $xml === 'string') return { $xml: [$xml, parseXml($xml)] };
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, withTrees(value, parseXml)]));
};
