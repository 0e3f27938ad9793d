/** The shipped strategies and what they include, as `pages.ts` tells of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outline, type Node, type Outline } from '../../engine/check/outline.js';
import { parse } from '../../engine/parse/document.js';
import { packageRoot } from '../../server/root.js';

const folder = join(packageRoot, 'strategies');
export const resource = (name: string): string => readFileSync(join(folder, name), 'utf8');

export interface Strategy {
  /** Without `.scxml`. */
  readonly name: string;
  readonly text: string;
  readonly chart: Outline;
}

export const strategies: readonly Strategy[] = readdirSync(folder)
  .filter((file) => file.endsWith('.scxml'))
  .sort()
  .map((file) => {
    const text = resource(file);
    return { name: file.replace(/\.scxml$/, ''), text, chart: outline(parse(text, { resources: resource })) };
  });

/** Paths of what a strategy includes, each once, in the order of the text. */
export const includedBy = ({ text }: Strategy): string[] => [
  ...new Set([...text.matchAll(/<xi:include href="([^"]+)"/g)].map(([, path = '']) => path)),
];

/** The part in which a state is written; undefined for the strategy's own. */
export const partOf = ({ at }: Node): string | undefined => at.included?.uri;

/** The first state of each part that a strategy includes. */
export const partsOf = ({ chart }: Strategy): Map<string, Node> => {
  const heads = new Map<string, Node>();
  for (const node of chart.nodes) {
    const part = partOf(node);
    if (part !== undefined && !heads.has(part)) heads.set(part, node);
  }
  return heads;
};
