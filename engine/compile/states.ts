/**
 * The tree of chart states. Laid out first (`layOut`), filled after (`fill`): a transition may point at any state of the document.
 */
import type { ChartState, ChartStateKind, ChartTransition, Content } from '../chart.js';
import type { Block, Document, Initial, State, Transition } from '../document.js';
import type { Position } from '../position.js';
import { donedataValue } from './arguments.js';
import { add, type Compiler } from './compiler.js';
import { compileBlock } from './content.js';
import { compileBinding } from './data.js';
import { compileInvoke } from './invoke.js';

type Draft = { -readonly [K in keyof ChartState]: ChartState[K] } & { children: ChartState[]; histories: ChartState[] };

interface Drafted {
  readonly draft: Draft;
  /** undefined for the root. */
  readonly state: State | undefined;
}

export interface States {
  readonly states: readonly ChartState[];
  readonly root: ChartState;
  readonly byId: ReadonlyMap<string, ChartState>;
}

export const compileStates = (document: Document, compiler: Compiler): States => {
  const drafts: Drafted[] = [];
  const root = layOut({ kind: 'scxml', id: undefined, at: document.at }, undefined, drafts);
  for (const child of document.children) layOutState(child, root, drafts);
  root.last = drafts.length - 1;
  const byId = new Map(drafts.map(({ draft }) => [draft.id, draft as ChartState]));
  const filler = new Filler(byId, compiler, document.binding === 'late');
  root.initial = filler.initial(root, document.initial, document.at);
  for (const { draft, state } of drafts) if (state) filler.fill(draft, state);
  return { states: drafts.map(({ draft }) => draft), root, byId };
};

const layOutState = (state: State, parent: Draft, drafts: Drafted[]): void => {
  const draft = layOut({ kind: kindOf(state), id: state.id, at: state.at }, parent, drafts, state);
  (draft.kind === 'history' ? parent.histories : parent.children).push(draft);
  for (const child of state.children) layOutState(child, draft, drafts);
  draft.last = drafts.length - 1;
};

const kindOf = (state: State): ChartStateKind => {
  if (state.kind !== 'state') return state.kind;
  return state.children.some((child) => child.kind !== 'history') ? 'compound' : 'atomic';
};

const layOut = (
  { kind, id, at }: { kind: ChartStateKind; id: string | undefined; at: Position },
  parent: Draft | undefined,
  drafts: Drafted[],
  state?: State,
): Draft => {
  const order = drafts.length;
  const draft: Draft = {
    kind,
    order,
    last: order,
    depth: parent ? parent.depth + 1 : 0,
    // With a blank, which an id cannot have: no state of the document is called so.
    id: id ?? `# ${String(order)}`,
    named: id !== undefined,
    at,
    parent,
    children: [],
    histories: [],
    deep: state?.history === 'deep',
    initial: undefined,
    transitions: [],
    onentry: [],
    onexit: [],
    invokes: [],
    bindData: undefined,
    donedata: undefined,
  };
  drafts.push({ draft, state });
  return draft;
};

const blocks = (list: readonly Block[], compiler: Compiler): Content[] =>
  list.flatMap((block) => compileBlock(block, compiler) ?? []);

class Filler {
  #transitions = 0;

  constructor(
    private readonly byId: ReadonlyMap<string, ChartState>,
    private readonly document: Compiler,
    private readonly late: boolean,
  ) {}

  fill(draft: Draft, state: State): void {
    const compiler = this.#compiler(draft);
    draft.onentry = blocks(state.onentry, compiler);
    draft.onexit = blocks(state.onexit, compiler);
    draft.invokes = state.invokes.map((invoke, index) => compileInvoke(invoke, index, () => draft, compiler));
    if (this.late) draft.bindData = compileBinding(state.data, compiler, compiler.semantics.paramsEverywhere);
    draft.donedata = state.donedata && donedataValue(compiler, state.donedata);
    const transitions = state.transitions.map((transition) => this.#transition(draft, transition));
    if (draft.kind === 'history') [draft.initial] = transitions;
    else draft.transitions = transitions;
    if (draft.kind === 'compound') draft.initial = this.initial(draft, state.initial, state.at);
  }

  /** The first child in document order where the document names none. SCXML 3.2, 3.3 */
  initial(source: ChartState, initial: Initial | undefined, at: Position): ChartTransition {
    return {
      order: this.#transitions++,
      source,
      events: [],
      eventless: true,
      cond: undefined,
      targets: initial ? this.#targets(initial.targets) : source.children.slice(0, 1),
      internal: false,
      content: compileBlock(initial?.content ?? [], this.#compiler(source)),
      at: initial?.at ?? at,
    };
  }

  #transition(source: ChartState, transition: Transition): ChartTransition {
    const { cond, at } = transition;
    const chunk = cond && add(this.document, 'condition', cond);
    const place = { element: 'transition', at };
    return {
      order: this.#transitions++,
      source,
      events: transition.events.map((descriptor) => descriptor.replace(/(\.\*|\.)+$/, '')),
      eventless: transition.events.length === 0,
      cond: chunk === undefined ? undefined : (session) => session.test(chunk, place),
      targets: this.#targets(transition.targets),
      internal: transition.type === 'internal',
      content: compileBlock(transition.content, this.#compiler(source)),
      at,
    };
  }

  #compiler({ id }: ChartState): Compiler {
    return { ...this.document, stateid: id };
  }

  #targets(ids: readonly string[]): ChartState[] {
    return ids.flatMap((id) => this.byId.get(id) ?? []);
  }
}
