/** A sketch (`sketch.ts`) as the text of a legal document: numbers become references to states that may stand there. */
import { failing, type ChartSketch, type Content, type History, type Sketch, type Transition } from './sketch.js';

interface Placed {
  readonly id: string;
  readonly sketch: Sketch;
  readonly parent: Placed | undefined;
  readonly children: Placed[];
  readonly histories: { readonly id: string; readonly history: History; readonly parent: Placed }[];
}

type Target = Placed | Placed['histories'][number];

const isPlaced = (target: Target): target is Placed => 'sketch' in target;

const place = (root: Sketch): Placed => {
  let states = 0;
  let histories = 0;
  const put = (sketch: Sketch, parent: Placed | undefined): Placed => {
    const placed: Placed = { id: `s${states++}`, sketch, parent, children: [], histories: [] };
    placed.histories.push(...sketch.histories.map((history) => ({ id: `h${histories++}`, history, parent: placed })));
    placed.children.push(...sketch.children.map((child) => put(child, placed)));
    return placed;
  };
  return put(root, undefined);
};

const descendants = ({ children }: Placed): Placed[] => children.flatMap((child) => [child, ...descendants(child)]);
const withHistories = (states: readonly Placed[]): Target[] => states.flatMap((state) => [state, ...state.histories]);
const lineage = (state: Placed): Placed[] => [state, ...(state.parent ? lineage(state.parent) : [])];

/** Both can be active at once, and neither holds the other: their least common ancestor is a parallel. */
const orthogonal = (one: Target, other: Target): boolean => {
  const [a, b] = [one, other].map((target) => (isPlaced(target) ? target : target.parent)) as [Placed, Placed];
  const above = lineage(a);
  const meeting = lineage(b).find((state) => above.includes(state));
  return meeting?.sketch.kind === 'parallel' && meeting !== a && meeting !== b;
};

/** One target for each pick that still goes with those before it. */
const choose = (picks: readonly number[], candidates: readonly Target[]): string => {
  const chosen: Target[] = [];
  for (const pick of picks) {
    const fitting = candidates.filter((target) => chosen.every((other) => orthogonal(target, other)));
    const target = fitting[pick % fitting.length];
    if (target) chosen.push(target);
  }
  return chosen.map(({ id }) => id).join(' ');
};

/** The histories that one may lead to: those that stand after it, so that they do not go round. */
const later = (id: string, states: readonly Placed[]): Target[] =>
  states.flatMap(({ histories }) => histories).filter((other) => Number(other.id.slice(1)) > Number(id.slice(1)));

/** Shows the events that nothing else takes. */
const heard = '<transition event="*"><log label="heard" expr="_event.name"/></transition>';

/** The text of the document, one element of a state a line. */
export const write = ({ late, root: sketch }: ChartSketch): string => {
  const root = place(sketch);
  const all = descendants(root);
  const counters: string[] = [];
  let labels = 0;

  const filled = (text: string): string =>
    text
      .replace(/@(\d+)@/g, (_, pick: string) => all[Number(pick) % all.length]?.id ?? '')
      .replace(/label="#"/g, () => `label="${labels++}"`)
      .replace(/ > /g, ' &gt; ');
  const block = (content: readonly Content[]) => filled(content.join(''));
  const element = (name: string, attributes: string, content: readonly Content[]) =>
    `<${name}${attributes}>${block(content)}</${name}>`;

  /** Bounds what could go on for ever (1); there a condition that fails would raise error.execution without end. */
  const bounded = ({ events, cond }: Transition): { cond: string[]; burn: Content[] } => {
    const asked = cond === undefined ? [] : [cond];
    if (events !== undefined && !/\*|done|error/.test(events)) return { cond: asked, burn: [] };
    const last = asked.filter((text) => text !== failing);
    if (events !== undefined)
      return {
        cond: ['fuel !== 0', ...last],
        burn: ['<assign location="fuel" expr="Math.max(0, fuel - 1)"/>'],
      };
    const counter = `c${counters.length}`;
    counters.push(counter);
    return { cond: [`${counter} !== 2`, ...last], burn: [`<assign location="${counter}" expr="${counter} + 1"/>`] };
  };

  const writeTransition = (transition: Transition): string => {
    const { events, picks, internal, content } = transition;
    const { cond, burn } = bounded(transition);
    const targets = choose(picks, withHistories(all));
    const attributes = [
      events === undefined ? '' : ` event="${filled(events)}"`,
      cond.length === 0 ? '' : ` cond="${filled(cond.join(' &amp;&amp; '))}"`,
      targets === '' ? '' : ` target="${targets}"`,
      internal ? ' type="internal"' : '',
    ];
    return element('transition', attributes.join(''), [...burn, ...content]);
  };

  const writeHistory = ({ id, history, parent }: Placed['histories'][number]): string => {
    const below = history.deep ? descendants(parent) : parent.children;
    const targets = choose(history.picks, [...below, ...later(id, [parent, ...(history.deep ? below : [])])]);
    const transition = element('transition', ` target="${targets}"`, history.content);
    return `<history id="${id}" type="${history.deep ? 'deep' : 'shallow'}">${transition}</history>`;
  };

  const initialOf = (state: Placed): { attribute: string; element: string } => {
    const { initial, picks, initialContent, kind } = state.sketch;
    if (initial === 'first' || kind === 'parallel' || state.children.length === 0)
      return { attribute: '', element: '' };
    const targets = choose(picks, withHistories(descendants(state)));
    return initial === 'attribute' || state === root
      ? { attribute: ` initial="${targets}"`, element: '' }
      : {
          attribute: '',
          element: `<initial>${element('transition', ` target="${targets}"`, initialContent)}</initial>`,
        };
  };

  const writeState = (state: Placed, index: number): string => {
    const { id, sketch } = state;
    const { kind, onentry, onexit, transitions, data } = sketch;
    const initial = initialOf(state);
    const lines = [
      ...(data && kind !== 'final' ? [`<datamodel><data id="late${index % 2}" expr="n + 1"/></datamodel>`] : []),
      initial.element,
      ...onentry.map((content) => element('onentry', '', content)),
      ...onexit.map((content) => element('onexit', '', content)),
      ...(kind === 'final' ? ['<donedata><param name="n" expr="n"/></donedata>'] : transitions.map(writeTransition)),
      ...(state.parent === root && kind !== 'final' ? [heard] : []),
      ...state.histories.map(writeHistory),
      ...state.children.map(writeState),
    ];
    return `<${kind} id="${id}"${initial.attribute}>\n${lines.filter((line) => line !== '').join('\n')}\n</${kind}>`;
  };

  const states = root.children.map(writeState).join('\n');
  const data = ['n', ...counters].map((id) => `<data id="${id}" expr="0"/>`).join('');
  return (
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="fuzz"` +
    `${late ? ' binding="late"' : ''}${initialOf(root).attribute}>\n` +
    `<datamodel>${data}<data id="fuel" expr="15"/><data id="seen" expr="[]"/><data id="last"/>` +
    `<data id="late0"/><data id="late1"/></datamodel>\n${states}\n</scxml>`
  );
};
