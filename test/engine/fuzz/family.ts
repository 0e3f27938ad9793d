/**
 * Random charts (`sketch.ts`, `document.ts`) that invoke each other: a chart, its children and theirs, as one text. Nested documents,
 * targets of `<send>` and what fails in `<donedata>` are put into the written text, where numbers say.
 *
 * 1. An invocation costs its chart fuel, and what is left is all that the child has: nothing goes to and fro for ever.
 */
import fc from 'fast-check';
import { write } from './document.js';
import { charts, type ChartSketch, type Sketch } from './sketch.js';

interface Invoking {
  readonly at: number;
  readonly attributes: string;
  readonly params: string;
  readonly finalize: string;
}

export interface Family {
  readonly chart: ChartSketch;
  readonly invokes: readonly { readonly invoking: Invoking; readonly child: Family }[];
  readonly targets: readonly string[];
  readonly donedata: readonly string[];
}

const invoking = fc.record({
  at: fc.nat(4),
  attributes: fc.constantFrom('', '', '', ' autoforward="true"', ' autoforward="true"', ' type="urn:unknown"'),
  params: fc.constantFrom(
    ...['', '<param name="n" location="n"/>', '<param name="n" expr="n + 1"/><param name="unknown" expr="1"/>'],
    '<param name="n" expr="no.where"/>',
  ),
  finalize: fc.constantFrom(
    ...['', '<finalize/>', '<finalize><assign location="n" expr="(n + _event.data.n) % 17"/></finalize>'],
    '<finalize><log label="finalize" expr="_event.name"/><assign location="no.where" expr="1"/><log label="not reached"/></finalize>',
  ),
});

const targets = fc.array(
  fc.constantFrom('', '', ' target="#_parent"', ' target="#_parent"', ' target="#_i0"', ' target="#_i1"'),
  { minLength: 1, maxLength: 6 },
);

const donedata = fc.array(
  fc.constantFrom(
    '<donedata><param name="n" expr="no.where"/><param name="m" expr="n"/></donedata>',
    '<donedata><content expr="n"/></donedata>',
    '<donedata><content expr="no.where"/></donedata>',
    '<donedata><content>all is well</content></donedata>',
  ),
  { maxLength: 3 },
);

const alone = { chart: charts, targets, donedata, invokes: fc.constant([]) };

const familyOf = (child: fc.Arbitrary<Family>): fc.Arbitrary<Family> =>
  fc.record({ ...alone, invokes: fc.array(fc.record({ invoking, child }), { minLength: 1, maxLength: 2 }) });

const childless = fc.record<Family>(alone);
const parents = familyOf(childless);

export const families: fc.Arbitrary<Family> = fc.oneof(
  { weight: 3, arbitrary: childless },
  { weight: 4, arbitrary: parents },
  { weight: 1, arbitrary: familyOf(parents) },
);

/** Who invokes or is invoked is small: it is read anew for every invocation. */
const small = ({ late, root }: ChartSketch): ChartSketch => {
  const cut = (sketch: Sketch): Sketch => ({
    ...sketch,
    children: [...sketch.children.slice(0, 1), ...sketch.children.slice(1).slice(-1)].map(cut),
    transitions: sketch.transitions.slice(0, 2),
  });
  return { late, root: cut(root) };
};

const replaced = (text: string, pattern: RegExp, by: (found: string, index: number) => string): string => {
  let index = 0;
  return text.replace(pattern, (found: string) => by(found, index++));
};

/** What the oracle cannot know, and an error's data, which the platform chooses (SCXML 5.10.2), are made the same for all. */
const comparable = (text: string): string =>
  text
    .replaceAll('Math.random()', '0.5')
    .replaceAll('_event.data"', `/^error/.test(_event.name) ? 'why' : _event.data"`);

const writeInvoke = ({ attributes, params, finalize }: Invoking, id: string, document: string): string =>
  `<invoke id="${id}"${attributes}><param name="fuel" expr="fuel = Math.max(0, fuel - 2)"/>${params}` +
  `${finalize}<content>${document}</content></invoke>`;

/** The text of the document, its children in it. */
export const writeFamily = ({ chart, invokes, targets, donedata }: Family, invoked = false): string => {
  const alone = comparable(write(invoked || invokes.length > 0 ? small(chart) : chart));
  const sending = replaced(
    alone,
    /<send event="[\w.]+"(?! target)/g,
    (found, index) => found + (targets[index % targets.length] ?? ''),
  );
  const ending = replaced(sending, /<donedata>.*?<\/donedata>/g, (found, index) => donedata[index] ?? found);
  const states = /<(state|parallel) id="\w+"[^>]*>/g;
  const count = ending.match(states)?.length ?? 0;
  return replaced(ending, states, (found, index) =>
    invokes.reduce(
      (text, { invoking, child }, number) =>
        count > 0 && invoking.at % count === index
          ? `${text}\n${writeInvoke(invoking, `i${number}`, writeFamily(child, true))}`
          : text,
      found,
    ),
  );
};
