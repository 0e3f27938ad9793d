/**
 * The charts of the benchmark. Each is one description from which the SCXML text and, where it has no data, an equivalent
 * XState machine are written: `events` is a cycle that leads back to where it began.
 */
import { assign } from 'xstate';

export interface Benchmark {
  readonly name: string;
  readonly scxml: string;
  /** The same chart by hand for XState; undefined where XState 5 cannot say it, or is not meant to be measured. */
  readonly machine?: object;
  readonly events: readonly string[];
  /** States, without the root. */
  readonly states: number;
}

interface Node {
  readonly id: string;
  readonly parallel?: boolean;
  readonly on?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

const open = (datamodel: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="${datamodel}">`;

const text = ({ id, parallel, on = {}, children = [] }: Node): string => {
  const tag = parallel ? 'parallel' : 'state';
  const transitions = Object.entries(on).map(([event, target]) => `<transition event="${event}" target="${target}"/>`);
  return `<${tag} id="${id}">${transitions.join('')}${children.map(text).join('')}</${tag}>`;
};

const machineOf = ({ id, parallel, on = {}, children = [] }: Node): object => ({
  id,
  ...(parallel && { type: 'parallel' }),
  ...(Object.keys(on).length > 0 && {
    on: Object.fromEntries(Object.entries(on).map(([event, target]) => [event, `#${target}`])),
  }),
  ...(children.length > 0 && {
    ...(!parallel && { initial: children[0]?.id }),
    states: Object.fromEntries(children.map((child) => [child.id, machineOf(child)])),
  }),
});

const count = ({ children = [] }: Node): number => children.reduce((sum, child) => sum + 1 + count(child), 0);

const benchmark = (name: string, children: readonly Node[], events: readonly string[], byHand = true): Benchmark => {
  const root: Node = { id: 'root', children };
  return {
    name,
    scxml: `${open('ecmascript')}${children.map(text).join('')}</scxml>`,
    ...(byHand && { machine: machineOf(root) }),
    events,
    states: count(root),
  };
};

const toggle = (suffix: string): Node[] => [
  { id: `a${suffix}`, on: { E: `b${suffix}` } },
  { id: `b${suffix}`, on: { E: `a${suffix}` } },
];

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

const regions = (n: number): Node => ({
  id: 'p',
  parallel: true,
  children: range(n).map((i) => ({ id: `r${i}`, children: toggle(`_${i}`) })),
});

/** A chain of compound states around `inner`, outermost first. */
const nest = (prefix: string, depth: number, inner: readonly Node[]): Node[] =>
  range(depth).reduceRight<Node[]>((children, level) => [{ id: `${prefix}${level}`, children }], [...inner]);

const counted = (rest: number, target: string): object => ({
  target,
  guard: ({ context }: { context: { n: number } }) => context.n % 2 === rest,
  actions: assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 }),
});

const counter: Benchmark = {
  name: 'counter, condition and assign',
  scxml: `${open('ecmascript')}<datamodel><data id="n" expr="0"/></datamodel>
    <state id="a"><transition event="E" cond="n % 2 == 0" target="b"><assign location="n" expr="n + 1"/></transition></state>
    <state id="b"><transition event="E" cond="n % 2 == 1" target="a"><assign location="n" expr="n + 1"/></transition></state></scxml>`,
  machine: {
    context: { n: 0 },
    initial: 'a',
    states: { a: { on: { E: counted(0, 'b') } }, b: { on: { E: counted(1, 'a') } } },
  },
  events: ['E'],
  states: 2,
};

/** The life of a callback: queue and call side by side, with retries, offers to agents, and a wrap-up. */
const callback: Benchmark = benchmark(
  'callback, 40 states',
  [
    {
      id: 'service',
      on: { cancel: 'service' },
      children: [
        { id: 'accepted', on: { start: 'work' } },
        {
          id: 'work',
          parallel: true,
          on: { over: 'accepted' },
          children: [
            {
              id: 'call',
              children: [
                { id: 'idle', on: { dial: 'dialling' } },
                {
                  id: 'dialling',
                  on: { busy: 'pause', human: 'up' },
                  children: [{ id: 'seizing', on: { ringing: 'alerting' } }, { id: 'alerting' }, { id: 'overlap' }],
                },
                { id: 'pause', on: { due: 'dialling' }, children: [{ id: 'short' }, { id: 'long' }] },
                {
                  id: 'up',
                  on: { hangup: 'idle' },
                  children: [
                    { id: 'greeting', on: { played: 'music' } },
                    { id: 'music', on: { answered: 'talking' } },
                    { id: 'talking', children: [{ id: 'active' }, { id: 'held' }] },
                  ],
                },
              ],
            },
            {
              id: 'queue',
              children: [
                { id: 'outside', on: { played: 'waiting' } },
                {
                  id: 'waiting',
                  on: { offered: 'offer' },
                  children: [{ id: 'far' }, { id: 'near' }],
                },
                {
                  id: 'offer',
                  on: { rejected: 'waiting', answered: 'served' },
                  children: [{ id: 'ring' }, { id: 'preview' }],
                },
                { id: 'served', on: { hangup: 'outside' } },
              ],
            },
            {
              id: 'report',
              children: [
                { id: 'quiet', on: { dial: 'noting' } },
                { id: 'noting', on: { hangup: 'quiet' }, children: [{ id: 'first' }, { id: 'again' }] },
              ],
            },
            {
              id: 'watch',
              children: [
                { id: 'fresh', on: { due: 'late' } },
                { id: 'late', on: { hangup: 'fresh' } },
              ],
            },
          ],
        },
        { id: 'closing', children: [{ id: 'disposition' }, { id: 'erasing' }, { id: 'archived' }] },
      ],
    },
  ],
  [
    'start',
    'dial',
    'ringing',
    'busy',
    'due',
    'ringing',
    'human',
    'played',
    'offered',
    'rejected',
    'offered',
    'answered',
    'hangup',
    'over',
  ],
);

/** N regions whose states each have N transitions on the event; the last is enabled, and all N regions conflict. */
const transitions = (n: number): Benchmark => {
  const blocked = `<transition event="E" cond="In('mark')" target="mark"/>`.repeat(n - 1);
  const states = range(n).map(
    (i) => `<state id="r${i}"><state id="s${i}">${blocked}<transition event="E" target="mark"/></state></state>`,
  );
  return {
    name: `Transitions-${n}`,
    scxml: `${open('ecmascript')}<state id="mark"><transition event="E" target="p"/></state><parallel id="p">${states.join('')}</parallel></scxml>`,
    events: ['E', 'E'],
    states: 2 * n + 2,
  };
};

/** N regions of depth N: the innermost state of each goes to the outermost, which exits and enters the whole region. */
const lcca = (n: number): Benchmark => {
  const region = (i: number): string =>
    range(n).reduceRight(
      (inner, level) =>
        `<state id="s${i}_${level}">${level === n - 1 ? `<transition event="E" target="s${i}_0"/>` : ''}${inner}</state>`,
      '',
    );
  return {
    name: `LCCA-${n}`,
    scxml: `${open('ecmascript')}<parallel id="p">${range(n)
      .map((i) => `<state id="r${i}">${region(i)}</state>`)
      .join('')}</parallel></scxml>`,
    events: ['E'],
    states: n * n + n + 1,
  };
};

const flat = (n: number): Benchmark =>
  benchmark(
    `${n} flat states`,
    range(n).map((i) => ({ id: `s${i}`, on: { E: `s${(i + 1) % n}` } })),
    ['E'],
    false,
  );

/** The five that the targets speak of come first. */
export const benchmarks: readonly Benchmark[] = [
  benchmark('toggle', toggle(''), ['E']),
  benchmark('hierarchy, 3 levels', nest('h', 2, toggle('')), ['E']),
  benchmark('4 regions', [regions(4)], ['E']),
  counter,
  callback,
  benchmark('100 regions', [regions(100)], ['E'], false),
  benchmark('200 deep', nest('d', 200, toggle('')), ['E'], false),
  flat(5000),
  ...[4, 16, 64, 256].map(transitions),
  ...[4, 16, 64, 256].map(lcca),
];
