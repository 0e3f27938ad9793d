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
  readonly values: Values;
  readonly finalize: string;
  readonly form: Form;
}

/** What the child is given, and how its chart pays for it: a namelist excludes parameters, so the type costs something there. */
interface Values {
  readonly attributes: string;
  readonly params: string;
}

type Form = 'content' | 'text' | 'src' | 'srcexpr' | 'nowhere' | 'unreadable';

export interface Family {
  readonly chart: ChartSketch;
  readonly invokes: readonly { readonly invoking: Invoking; readonly child: Family }[];
  readonly targets: readonly string[];
  readonly donedata: readonly string[];
}

const cost = 'fuel = Math.max(0, fuel - 2)';
const given = (params: string): Values => ({
  attributes: '',
  params: `<param name="fuel" expr="${cost}"/>${params}`,
});
const listed = (namelist: string): Values => ({
  attributes: ` typeexpr="(${cost}, 'scxml')" namelist="fuel ${namelist}"`,
  params: '',
});

const invoking = fc.record({
  at: fc.nat(4),
  attributes: fc.constantFrom('', '', ' autoforward="true"', ' autoforward="true"', ' idlocation="last"'),
  values: fc.constantFrom(
    ...['', '', ' type="urn:unknown"', ' type="scxml"'].map((type) => ({ ...given(''), attributes: type })),
    ...['<param name="n" location="n"/>', '<param name="n" expr="n + 1"/><param name="unknown" expr="1"/>'].map(given),
    ...['<param name="n" expr="no.where"/>', '<param name="n" location="no.where"/>'].map(given),
    ...['n', 'n seen', 'n no.where'].map(listed),
  ),
  finalize: fc.constantFrom(
    ...[
      '',
      '<finalize/>',
      '<finalize/>',
      '<finalize><assign location="n" expr="(n + Object(_event.data).n) % 17"/></finalize>',
    ],
    '<finalize><log label="finalize" expr="_event.name"/><assign location="no.where" expr="1"/><log label="not reached"/></finalize>',
  ),
  form: fc.constantFrom<Form[]>('content', 'content', 'content', 'text', 'src', 'srcexpr', 'nowhere', 'unreadable'),
});

/** Of messages that have none of their own. */
const targets = fc.array(
  fc.constantFrom(
    ...['', '', ' target="#_parent"', ' target="#_parent"', ' target="#_i0"', ' target="#_i1"', ' target="nowhere"'],
    ...[' targetexpr="_ioprocessors.scxml.location"', ` targetexpr="'#_scxml_' + _sessionid"`],
    ...[' targetexpr="_event.origin || \'nowhere\'"', ' targetexpr="_event.origin || \'#_parent\'"'],
    ...[' target="#_scxml_nobody"', ` targetexpr="'#_' + last"`, ' targetexpr="no.where"'],
  ),
  { minLength: 1, maxLength: 6 },
);

const donedata = fc.array(
  fc.constantFrom(
    '<donedata><param name="n" expr="no.where"/><param name="m" expr="n"/></donedata>',
    '<donedata><param name="n" location="no.where"/><param name="m" location="seen"/></donedata>',
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

const encoded = (document: string): string => encodeURIComponent(document).replaceAll("'", '%27');

/** What `src` names, for whoever runs a family: the document itself. */
export const resource = (src: string): string | undefined =>
  src.startsWith('data:,') ? decodeURIComponent(src.slice('data:,'.length)) : undefined;

const sources: Readonly<Record<Form, (document: string) => { attribute: string; element: string }>> = {
  content: (document) => ({ attribute: '', element: `<content>${document}</content>` }),
  text: (document) => ({ attribute: '', element: `<content expr="decodeURIComponent('${encoded(document)}')"/>` }),
  src: (document) => ({ attribute: ` src="data:,${encoded(document)}"`, element: '' }),
  srcexpr: (document) => ({ attribute: ` srcexpr="'data:,${encoded(document)}'"`, element: '' }),
  nowhere: () => ({ attribute: ' src="nowhere"', element: '' }),
  unreadable: () => ({ attribute: '', element: '<content>no document</content>' }),
};

const writeInvoke = ({ attributes, values, finalize, form }: Invoking, id: string, document: string): string => {
  const { attribute, element } = sources[form](document);
  const named = attributes.includes('idlocation') ? '' : ` id="${id}"`;
  return `<invoke${named}${attributes}${values.attributes}${attribute}>${values.params}${finalize}${element}</invoke>`;
};

/** The text of the document, its children in it. */
export const writeFamily = ({ chart, invokes, targets, donedata }: Family, invoked = false): string => {
  const alone = comparable(write(invoked || invokes.length > 0 ? small(chart) : chart));
  const sending = replaced(
    alone,
    /<send event(expr)?="[^"]+"(?! target)/g,
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
