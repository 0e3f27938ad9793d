/**
 * Sketches of charts, drawn by fast-check: trees whose references are numbers. `document.ts` writes a sketch as a legal document,
 * whatever the numbers are, so a failing one can shrink freely.
 *
 * 1. Every macrostep ends: what could feed itself (`<raise>`, `<send>`, done.state, wildcards) burns `fuel`, and each eventless
 *    transition has a counter of its own.
 * 2. `@n@` in content stands for the id of some state, `#` for a number of its own.
 */
import fc from 'fast-check';

export type Content = string;

export interface Transition {
  readonly events: string | undefined;
  readonly cond: string | undefined;
  readonly picks: readonly number[];
  readonly internal: boolean;
  readonly content: readonly Content[];
}

export interface History {
  readonly deep: boolean;
  readonly picks: readonly number[];
  readonly content: readonly Content[];
}

export interface Sketch {
  readonly kind: 'state' | 'parallel' | 'final';
  readonly children: readonly Sketch[];
  readonly histories: readonly History[];
  readonly initial: 'first' | 'attribute' | 'element';
  readonly picks: readonly number[];
  readonly initialContent: readonly Content[];
  readonly data: boolean;
  readonly onentry: readonly (readonly Content[])[];
  readonly onexit: readonly (readonly Content[])[];
  readonly transitions: readonly Transition[];
}

export interface ChartSketch {
  readonly late: boolean;
  readonly root: Sketch;
}

export type Move = { readonly send: string } | { readonly advance: number };

/** A condition that cannot be evaluated. */
export const failing = 'no.where';

const burning = (action: string): Content =>
  `<if cond="fuel > 0"><assign location="fuel" expr="fuel - 1"/>${action}</if>`;

const names = fc.constantFrom('a', 'a.b', 'a.b.c', 'b', 'c');
const name = "typeof _event === 'undefined' ? 'none' : _event.name + ' ' + _event.type + ' ' + _event.sendid";
const origin =
  "typeof _event === 'undefined' ? 1 : [_event.origin === '#_scxml_' + _sessionid, _event.origintype, _event.invokeid].join()";
const values = fc.constantFrom(
  ...['n', 'fuel', name, "In('@1@')", "In('@4@') + ' ' + In('@6@')", 'Date.now()', 'Math.floor(Math.random() * 100)'],
  ...["typeof _event === 'undefined' ? 0 : _event.data", "late0 + ' ' + late1", 'seen.join()', 'last', origin],
);
const times = fc.constantFrom(
  ...['', '', '', ' delay="10ms"', ' delay="20ms"', ' delay=".04s"', ' target="#_internal"', ' target="#_internal"'],
  ...[` delayexpr="(n % 3) * 10 + 'ms'"`, ` delayexpr="'.0' + n % 4 + 's'"`, ` delayexpr="'soon'"`],
  ` delayexpr="${failing}"`,
);
const ids = fc.constantFrom(
  ...['', '', ' id="k0"', ' id="k1"', ' idlocation="last"', ' idlocation="last"', ` idlocation="${failing}"`],
);
const cancels = fc.constantFrom(
  ...['sendid="k0"', `sendidexpr="'k' + n % 2"`, 'sendidexpr="last"', 'sendidexpr="_event.sendid"'],
  `sendidexpr="${failing}"`,
);
/** What a `<send>` names, and what stands in it. */
const payloads = fc.constantFrom(
  ...[
    ['', '<param name="n" expr="n"/>'] as const,
    ['', '<param name="n" location="n"/><param name="m" expr="n + 1"/>'],
  ],
  ...[[' namelist="n fuel"', ''] as const, [' namelist="n late0"', '<param name="m" location="seen"/>'] as const],
  ...[[` namelist="n ${failing}"`, '<param name="m" expr="n"/>'] as const, ['', '<content>a b</content>'] as const],
  ...[['', `<param name="n" location="${failing}"/><param name="m" location="n"/>`] as const],
);

const { content } = fc.letrec<{ content: Content; block: readonly Content[] }>((tie) => ({
  block: fc.array(tie('content'), { maxLength: 2 }),
  content: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'content' },
    { weight: 6, arbitrary: values.map((value) => `<log label="#" expr="${value}"/>`) },
    { weight: 3, arbitrary: fc.nat(5).map((k) => `<assign location="n" expr="(n * 3 + ${k}) % 17"/>`) },
    { weight: 1, arbitrary: fc.constant('<script>var half = n / 2; seen.push(half);</script>') },
    { weight: 1, arbitrary: fc.constantFrom('<assign location="no.where" expr="1"/>', '<log expr="fuel.no.where"/>') },
    { weight: 3, arbitrary: names.map((event) => burning(`<raise event="${event}"/>`)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.oneof(
            names.map((event) => `event="${event}"`),
            fc.constant(`eventexpr="'a' + (n % 2 ? '.b' : '')"`),
          ),
          times,
          ids,
          payloads,
        )
        .map(([event, when, id, [list, inside]]) => burning(`<send ${event}${when}${id}${list}>${inside}</send>`)),
    },
    { weight: 1, arbitrary: cancels.map((sendid) => `<cancel ${sendid}/>`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('n % 2 === 0', "In('@2@')", failing), tie('block'), tie('block'))
        .map(([cond, then, other]) => `<if cond="${cond}">${then.join('')}<else/>${other.join('')}</if>`),
    },
    {
      weight: 1,
      arbitrary: tie('block').map(
        (block) =>
          `<foreach array="[1, 2]" item="item" index="at"><log label="#" expr="item + at"/>${block.join('')}</foreach>`,
      ),
    },
  ),
}));

const block = fc.array(content, { maxLength: 2 });
const blocks = fc.array(block, { maxLength: 2, size: 'small' });
const picks = (maxLength: number) => fc.array(fc.nat(60), { maxLength });

const transition = fc.record({
  events: fc.option(
    fc.constantFrom('a', 'a.b', 'a.b.*', 'b', 'c', 'b c', 'c.', '*', 'done', 'done.state.@3@', 'error.*'),
    { nil: undefined, freq: 5 },
  ),
  cond: fc.option(fc.constantFrom('n % 3 !== 1', "In('@2@')", "!In('@5@')", failing), { nil: undefined, freq: 2 }),
  picks: picks(3),
  internal: fc.boolean(),
  content: block,
});

const history = fc.record({
  deep: fc.boolean(),
  picks: fc.array(fc.nat(60), { minLength: 1, maxLength: 2 }),
  content: block,
});

const own = {
  initial: fc.constantFrom('first' as const, 'attribute' as const, 'element' as const),
  picks: fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }),
  initialContent: block,
  data: fc.boolean(),
  onentry: blocks,
  onexit: blocks,
  transitions: fc.array(transition, { maxLength: 3 }),
};
const childless = { children: fc.constant([]), histories: fc.constant([]) };
const histories = fc.array(history, { maxLength: 2 });

const { state } = fc.letrec<{ state: Sketch }>((tie) => ({
  state: fc.oneof(
    { maxDepth: 3, depthSize: 'small', depthIdentifier: 'state' },
    { weight: 3, arbitrary: fc.record({ ...own, ...childless, kind: fc.constant('state' as const) }) },
    {
      weight: 3,
      arbitrary: fc
        .record({
          ...own,
          kind: fc.constant('state' as const),
          children: fc.array(tie('state'), { minLength: 1, maxLength: 3 }),
          histories,
          end: fc.option(fc.record({ ...own, ...childless, kind: fc.constant('final' as const) }), {
            nil: undefined,
            freq: 2,
          }),
        })
        .map(({ end, children, ...rest }) => ({ ...rest, children: end ? [...children, end] : children })),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        ...own,
        kind: fc.constant('parallel' as const),
        children: fc.array(tie('state'), { minLength: 1, maxLength: 3 }),
        histories,
      }),
    },
  ),
}));

/** The root is a state too, of which `document.ts` writes the children and the initial. */
export const charts: fc.Arbitrary<ChartSketch> = fc.record({
  late: fc.boolean(),
  root: fc.record({
    ...own,
    histories: fc.constant([]),
    kind: fc.constant('state' as const),
    children: fc
      .tuple(
        fc.array(state, { minLength: 1, maxLength: 4 }),
        fc.option(fc.record({ ...own, ...childless, kind: fc.constant('final' as const) }), { nil: undefined }),
      )
      .map(([children, end]) => (end ? [...children, end] : children)),
  }),
});

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ send: fc.constantFrom('a', 'a.b', 'a.b.c', 'b', 'c', 'c.d', 'ab', 'x') }) },
    { weight: 1, arbitrary: fc.record({ advance: fc.constantFrom(10, 20, 50) }) },
  ),
  { minLength: 1, maxLength: 12 },
);
