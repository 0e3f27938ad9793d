/**
 * The grammar of the ORS dialect: SCXML's (`grammar.ts`), and what ORS has beyond it. Attributes that only say something to tools
 * and reports (`_type`, `_desc`, `_es_store`) or to a persistence that is always on here (`_persist`) are accepted.
 */
import { grammar, type ElementGrammar } from './grammar.js';

interface More {
  readonly attributes?: readonly string[];
  readonly children?: readonly string[];
}

const state: More = { attributes: ['_type', '_persist', '_es_store', '_desc'] };

const more: Readonly<Record<string, More>> = {
  scxml: { attributes: ['profile', '_type', '_persist', '_desc'] },
  state,
  parallel: state,
  final: state,
  history: state,
  data: { attributes: ['_type', '_desc'] },
  script: { attributes: ['type'] },
  log: { attributes: ['level'] },
  raise: { children: ['param'] },
  send: { attributes: ['sendid', 'targettype'] },
  cancel: { attributes: ['id'] },
  content: { attributes: ['_expr'] },
};

const extended = (element: ElementGrammar, { attributes = [], children = [] }: More): ElementGrammar => ({
  ...element,
  attributes: [...element.attributes, ...attributes],
  children: [...element.children, ...children],
});

export const orsGrammar: ReadonlyMap<string, ElementGrammar> = new Map(
  [...grammar].map(([name, element]) => [name, extended(element, more[name] ?? {})]),
);
