/**
 * The oracle's datamodel: one `node:vm` context for each session, whose globals are the variables. For documents of tests only:
 * it isolates nothing. What crosses between sessions is the source text of values. SCXML B.2
 */
import { createContext, runInContext, type Context } from 'node:vm';
import type { Inline } from '../../../engine/document.js';
import type { OracleEvent } from './event.js';

const readOnly = ['_event', '_sessionid', '_name', '_ioprocessors', '_x'];
/** Some write a semicolon behind an expression. */
const bare = (expression: string): string => expression.replace(/;\s*$/, '');
const rootOf = (location: string): string => /^\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(location)?.[1] ?? '';

export class Evaluator {
  readonly #context: Context = createContext({});

  constructor(inState: (id: string) => boolean, now: () => number) {
    const install = this.evaluate(
      '(function (In, now) { globalThis.In = function (id) { return In(id) }; Date.now = function () { return now() } })',
    ) as (inState: (id: string) => boolean, now: () => number) => void;
    install(inState, now);
  }

  evaluate(expression: string): unknown {
    return runInContext(`'use strict'; (${bare(expression)}\n)`, this.#context) as unknown;
  }

  condition(expression: string): boolean {
    return this.evaluate(`!!(${bare(expression)}\n)`) === true;
  }

  run(script: string): void {
    runInContext(script, this.#context);
  }

  /** SCXML 5.4: a location that is not there, or a system variable, cannot be assigned to. */
  assign(location: string, expression: string): void {
    const root = rootOf(location);
    if (root === '' || readOnly.includes(root)) throw new Error(`${location} cannot be assigned to`);
    this.evaluate(root);
    runInContext(`'use strict'; ${location} = (${bare(expression)}\n); 0`, this.#context);
  }

  declare(id: string, expression: string): void {
    if (rootOf(id) !== id || readOnly.includes(id)) throw new Error(`${id} cannot be declared`);
    // What is not a legal name does not parse.
    runInContext(`var ${id} = (${bare(expression)}\n); 0`, this.#context);
  }

  declared(id: string): boolean {
    return this.evaluate(`${JSON.stringify(id)} in globalThis`) === true;
  }

  /** The value, as an expression. */
  value(expression: string): string {
    return sourceOf(this.evaluate(expression));
  }

  setEvent({ data, ...fields }: OracleEvent): void {
    const blank = { sendid: undefined, origin: undefined, origintype: undefined, invokeid: undefined };
    const written = Object.entries({ ...blank, ...fields }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    runInContext(`var _event = { ${written.join(', ')}, data: ${data} };`, this.#context);
  }
}

/** A value as an expression that gives it again. */
export const sourceOf = (value: unknown): string => {
  if (typeof value === 'function') throw new Error('a function cannot leave the session');
  if (Array.isArray(value)) return `[${value.map(sourceOf).join()}]`;
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const fields = Object.entries(value).map(([key, field]) => `[${JSON.stringify(key)}]:${sourceOf(field)}`);
  return `({${fields.join()}})`;
};

/** What stands between tags, as an expression: JSON, or text with its blanks made one. SCXML B.2.8.1 */
export const literal = (inline: Inline | undefined): string => {
  if (inline === undefined) return 'undefined';
  if ('xml' in inline) return JSON.stringify(inline.xml);
  try {
    return JSON.stringify(JSON.parse(inline.text));
  } catch {
    return JSON.stringify(inline.text.trim().replace(/\s+/g, ' '));
  }
};
