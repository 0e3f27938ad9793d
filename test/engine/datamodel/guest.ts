/** A session for tests: name all sources first, then use them by their text. `kernels.ts` opens it on each kernel. */
import { fromData } from '../../../engine/datamodel/data.js';
import {
  ExpressionError,
  type ChunkKind,
  type Datamodel,
  type Program,
  type Scope,
} from '../../../engine/datamodel/datamodel.js';
import type { XmlTree } from '../../../engine/datamodel/ecmascript/xml.js';
import type { Problem } from '../../../engine/position.js';

export const at = { line: 1, column: 1 };

export const system = {
  sessionid: 'session-1',
  name: 'document',
  ioprocessors: {
    scxml: { location: '#_scxml_session-1' },
    'http://www.w3.org/TR/scxml/#SCXMLEventProcessor': { location: '#_scxml_session-1' },
  },
  x: { version: 1, nested: { deep: true } },
  seed: 7,
};

/** Enough of XML for these tests: elements, attributes in double quotes, text. */
export const parseXml = (xml: string): XmlTree => {
  const stack: { name: string; attributes: Record<string, string>; children: (XmlTree | string)[] }[] = [];
  const top = { name: '', attributes: {}, children: [] as (XmlTree | string)[] };
  stack.push(top);
  for (const [, close, name, attributes = '', empty, text] of xml.matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g)) {
    const parent = stack.at(-1) ?? top;
    if (text !== undefined) parent.children.push(text);
    else if (close) stack.pop();
    else {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      );
      const element = { name: name ?? '', attributes: Object.fromEntries(pairs), children: [] };
      parent.children.push(element);
      if (!empty) stack.push(element);
    }
  }
  const [root] = top.children;
  if (top.children.length !== 1 || typeof root !== 'object') throw new Error(`not one element: ${xml}`);
  return root;
};

export interface Texts {
  readonly scripts?: readonly string[];
  readonly values?: readonly string[];
  readonly conditions?: readonly string[];
  readonly locations?: readonly string[];
}

export class Guest {
  readonly problems: readonly Problem[];
  readonly program: Program;
  scope: Scope;
  readonly #chunk: (kind: ChunkKind, text: string) => number;

  constructor(texts: Texts, datamodel: Datamodel, seed = system.seed) {
    const builder = datamodel.builder();
    const kinds = {
      script: texts.scripts,
      value: texts.values,
      condition: texts.conditions,
      location: texts.locations,
    };
    const known = new Map<string, number>();
    for (const [kind, list = []] of Object.entries(kinds)) {
      for (const text of list) known.set(`${kind} ${text}`, builder.add(kind as ChunkKind, text, at));
    }
    this.#chunk = (kind, text) => {
      const chunk = known.get(`${kind} ${text}`);
      if (chunk === undefined) throw new Error(`the test did not name the ${kind} ${text}`);
      return chunk;
    };
    this.problems = builder.problems;
    this.program = builder.build();
    this.scope = this.program.open({ ...system, seed });
    this.scope.begin(0);
  }

  run(text: string): void {
    this.scope.run(this.#chunk('script', text));
  }
  value(text: string): unknown {
    return fromData(this.scope.value(this.#chunk('value', text)));
  }
  condition(text: string): boolean {
    return this.scope.condition(this.#chunk('condition', text));
  }
  assign(location: string, value: string): void {
    this.scope.assign(this.#chunk('location', location), this.#chunk('value', value));
  }
  chunk(kind: ChunkKind, text: string): number {
    return this.#chunk(kind, text);
  }
  /** Through JSON text, as a store does it. */
  reopen(): void {
    this.scope = this.program.restore(JSON.parse(this.scope.save()) as never, system);
    this.scope.begin(0);
  }
}

/** The message of the ExpressionError that `work` throws. */
export const failureOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw new Error('a guest failure must be an ExpressionError', { cause: error });
  }
  throw new Error('nothing was thrown');
};
