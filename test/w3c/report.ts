/** The suite's result as README.md shows it: a row a section of the REC. `conformance.ts` writes it, a test holds it. */
import { ways } from '../support/run-document.js';
import { bySection, type Assertion } from './sections.js';

const opening = '<!-- conformance -->';
const closing = '<!-- /conformance -->';

/** `failures`: what does not hold, by id, with the reason. */
export const report = (assertions: readonly Assertion[], failures: ReadonlyMap<string, string>): string => {
  const count = (some: readonly Assertion[]): string =>
    some.length === 0 ? '' : `${some.filter(({ id }) => !failures.has(id)).length}/${some.length}`;
  const row = (name: string, some: readonly Assertion[]): string[] => [
    name,
    count(some.filter(({ mandatory }) => mandatory)),
    count(some.filter(({ mandatory }) => !mandatory)),
  ];
  const rows = [...bySection(assertions)].map(([section, some]) => row(section, some));
  const missed = assertions.filter(({ id }) => failures.has(id));
  return [
    `Each assertion is judged ${Object.keys(ways).length} times: ${Object.keys(ways).join('; ')}.`,
    table([['section of the REC', 'mandatory', 'optional'], ...rows, row('all', assertions)]),
    ...missed.map(({ id, mandatory }) => `${id} (${mandatory ? 'mandatory' : 'optional'}): ${failures.get(id) ?? ''}`),
  ].join('\n\n');
};

const table = (rows: readonly (readonly string[])[]): string => {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
};

const between = new RegExp(`(?<=${opening}\n\n).*(?=\n\n${closing})`, 's');

/** What stands between the marks. */
export const reported = (readme: string): string | undefined => between.exec(readme)?.[0];

export const withReport = (readme: string, text: string): string => {
  if (!between.test(readme)) throw new Error(`README.md has no ${opening} ... ${closing} to write the result between`);
  return readme.replace(between, () => text);
};
