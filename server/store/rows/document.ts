/** A document as a row. */
import type { DocumentRecord } from '../port.js';

export type DocumentRow = readonly [hash: string, uri: string, text: string, author: string | null, resources: string];

export const documentRow = ({ hash, uri, text, author, resources }: DocumentRecord): DocumentRow => [
  hash,
  uri,
  text,
  author ?? null,
  JSON.stringify(resources),
];

export const documentOf = ([hash, uri, text, author, resources]: DocumentRow): DocumentRecord => ({
  hash,
  uri,
  text,
  author: author ?? undefined,
  resources: JSON.parse(resources) as Record<string, string>,
});
