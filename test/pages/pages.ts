/**
 * strategies/README.md: a page for each shipped strategy, and one for each part that several include, all of it from the documents and
 * templates/callback.json. Its sentences are those of the documents' opening comments. `npm run docs` writes it.
 */
import { format } from 'prettier';
import type { Node } from '../../engine/check/outline.js';
import { mermaid } from '../../server/cli/mermaid.js';
import { excerpt } from './excerpt.js';
import { doneBy, everything, givenBy, heardBy, invokedBy, ownEvents, raisedBy, sentBy, type Source } from './heard.js';
import { casesOf, inputsOf } from './inputs.js';
import { inShort, prose } from './prose.js';
import { includedBy, partOf, partsOf, resource, strategies, type Strategy } from './read.js';

const code = (text: string): string => `\`${text}\``;
const list = (texts: readonly string[]): string => texts.map(code).join(', ');
const titleOf = (path: string): string => path.replace(/^parts\//, '');
const anchor = (title: string): string => `[${title}](#${title.replaceAll(/[^\w -]/g, '').replaceAll(' ', '-')})`;
const cell = (text: string): string => (text === '' ? '' : code(text.replaceAll('|', '\\|')));

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const sources: readonly Source[] = [
  'Requests',
  'From modules',
  'From outside',
  'From the platform',
  'From its legs and timers',
];

const others = new Set(strategies.flatMap(({ chart }) => [...ownEvents(chart.nodes)]));

const eventsOf = (nodes: readonly Node[], { chart }: Strategy): string => {
  const heard = heardBy(nodes, ownEvents(chart.nodes), others);
  const line = (name: string, texts: readonly string[]): string =>
    texts.length > 0 ? `- ${name}: ${list(texts)}` : '';
  const lines = (all: readonly string[]): string => all.filter((text) => text !== '').join('\n');
  const heardLines = lines(sources.map((source) => line(source, heard.get(source) ?? [])));
  const toldLines = lines([
    line('Actions', doneBy(nodes)),
    line('To its legs', raisedBy(nodes)),
    line('To other sessions', sentBy(nodes)),
    line('In the end', givenBy(nodes)),
  ]);
  return [heardLines && `Hears:\n\n${heardLines}`, toldLines && `Does and tells:\n\n${toldLines}`]
    .filter((text) => text !== '')
    .join('\n\n');
};

const chartOf = ({ chart }: Strategy, heads: readonly Node[]): string =>
  `\`\`\`mermaid\n${mermaid(excerpt(chart, heads))}\n\`\`\``;

/** Legs of a parallel that stand in the strategy itself; otherwise all of it. */
const ownHeads = ({ chart }: Strategy): readonly Node[] => {
  const [top] = chart.root.children;
  if (top?.kind !== 'parallel') return chart.root.children;
  return top.children.filter((leg) => partOf(leg) === undefined);
};

const madeOf = (strategy: Strategy): string => {
  const rows = includedBy(strategy).map((path) => [anchor(titleOf(path)), inShort(resource(path))]);
  const invoked = invokedBy(strategy.chart.nodes).map((src) => [code(src), 'a session of its own, which it invokes']);
  return table(['Made of', 'which is'], [...rows, ...invoked]);
};

const page = (strategy: Strategy): string => {
  const { name, text, chart } = strategy;
  const cases = casesOf(name);
  return [
    `## ${name}`,
    prose(text),
    cases === undefined ? '' : `Executes callbacks where ${cases}.`,
    table(
      ['Input', 'type', 'default'],
      inputsOf(strategy).map((input) => [code(input.name), input.type, cell(input.standard)]),
    ),
    eventsOf(chart.nodes, strategy),
    madeOf(strategy),
    chartOf(strategy, ownHeads(strategy)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
};

/** Each part with states, with the first strategy that includes it. */
const parts = new Map(
  strategies.flatMap((strategy) => [...partsOf(strategy)].map(([path, head]) => [path, { strategy, head }] as const)),
);
const includers = (path: string): string[] =>
  strategies.filter((strategy) => includedBy(strategy).includes(path)).map(({ name }) => anchor(name));

const partPage = (path: string): string => {
  const part = parts.get(path);
  return [
    `### ${titleOf(path)}`,
    prose(resource(path)),
    `Included by ${includers(path).join(', ')}.`,
    ...(part ? [eventsOf(everything(part.head), part.strategy), chartOf(part.strategy, [part.head])] : []),
  ].join('\n\n');
};

export const pages = (): Promise<string> => {
  const paths = [...new Set(strategies.flatMap(includedBy))].sort();
  const text = [
    '# Strategies',
    'Made of the documents and templates by `npm run docs`. A chart shows the states of a document itself; a part that it includes is ' +
      'one state there, and has its own chart below.',
    table(
      ['Strategy', 'what it is'],
      strategies.map(({ name, text: document }) => [anchor(name), inShort(document)]),
    ),
    ...strategies.map(page),
    '## Parts',
    ...paths.map(partPage),
  ].join('\n\n');
  return format(text, { parser: 'markdown', printWidth: 120 });
};
