/**
 * What may stand where: for each SCXML element its attributes and child elements, as the Recommendation lists them.
 * `reading.ts` holds a document to it; the readers take what is left.
 */

export interface ElementGrammar {
  readonly attributes: readonly string[];
  readonly children: readonly string[];
  /** True where executable content stands: there, elements of other namespaces are actions. SCXML 4.10 */
  readonly actions?: boolean;
}

const actions = ['raise', 'if', 'foreach', 'log', 'assign', 'script', 'send', 'cancel'];
const states = ['state', 'parallel', 'history'];
const handlers = ['onentry', 'onexit', 'transition'];
const block = (attributes: string[] = [], more: string[] = []): ElementGrammar => ({
  attributes,
  children: [...actions, ...more],
  actions: true,
});
const leaf = (...attributes: string[]): ElementGrammar => ({ attributes, children: [] });

/** By local name. The comment is the section of the Recommendation. */
export const grammar: ReadonlyMap<string, ElementGrammar> = new Map(
  Object.entries({
    // 3.2
    scxml: {
      attributes: ['initial', 'name', 'version', 'datamodel', 'binding'],
      children: ['state', 'parallel', 'final', 'datamodel', 'script'],
    },
    // 3.3
    state: {
      attributes: ['id', 'initial'],
      children: [...handlers, 'initial', ...states, 'final', 'datamodel', 'invoke'],
    },
    // 3.4; `check` says why initial is wrong here
    parallel: { attributes: ['id', 'initial'], children: [...handlers, ...states, 'datamodel', 'invoke'] },
    // 3.5
    transition: block(['event', 'cond', 'target', 'type']),
    // 3.6
    initial: { attributes: [], children: ['transition'] },
    // 3.7
    final: { attributes: ['id'], children: ['onentry', 'onexit', 'donedata'] },
    // 3.8, 3.9
    onentry: block(),
    onexit: block(),
    // 3.10
    history: { attributes: ['id', 'type'], children: ['transition'] },
    // 4.2 to 4.7
    raise: leaf('event'),
    if: block(['cond'], ['elseif', 'else']),
    elseif: leaf('cond'),
    else: leaf(),
    foreach: block(['array', 'item', 'index']),
    log: leaf('label', 'expr'),
    // 5.2 to 5.8
    datamodel: { attributes: [], children: ['data'] },
    data: leaf('id', 'src', 'expr'),
    assign: leaf('location', 'expr', 'attr', 'type'),
    donedata: { attributes: [], children: ['content', 'param'] },
    content: leaf('expr'),
    param: leaf('name', 'expr', 'location'),
    script: leaf('src'),
    // 6.2, 6.3
    send: {
      attributes: [
        ...['event', 'eventexpr', 'target', 'targetexpr', 'type', 'typeexpr'],
        ...['id', 'idlocation', 'delay', 'delayexpr', 'namelist'],
      ],
      children: ['content', 'param'],
    },
    cancel: leaf('sendid', 'sendidexpr'),
    // 6.4, 6.5
    invoke: {
      attributes: [...['type', 'typeexpr', 'src', 'srcexpr', 'id', 'idlocation'], ...['namelist', 'autoforward']],
      children: ['content', 'param', 'finalize'],
    },
    finalize: block(),
  } satisfies Record<string, ElementGrammar>),
);

/** The elements that may hold this one. */
export const parentsOf = (name: string, grammar: ReadonlyMap<string, ElementGrammar>): string[] =>
  [...grammar].filter(([, { children }]) => children.includes(name)).map(([parent]) => parent);
