/** `namelist`, `<param>` and `<content>`: the data that events, invocations and donedata carry. SCXML 5.6, 5.7 */
import type { Running } from '../chart.js';
import type { Content as ContentElement, Param, Source } from '../document.js';
import { fromData, toData } from '../datamodel/data.js';
import type { Data } from '../event.js';
import { located, type Place } from '../failure.js';
import { add, type Compiler } from './compiler.js';
import { inlineData } from './inline.js';

export type Values = Record<string, Data | undefined>;
/** In document order; a name may come twice. */
export type Pairs = readonly (readonly [name: string, value: Data | undefined])[];
export type Evaluate<T> = (session: Running) => T;

/** An element's attribute that is either literal or an expression: one of the two, or undefined. */
export const literalOr = (
  compiler: Compiler,
  literal: string | undefined,
  expr: Source | undefined,
): Evaluate<string | undefined> => {
  if (!expr) return () => literal;
  const chunk = add(compiler, 'value', expr);
  return (session) => {
    const value = session.scope.value(chunk);
    return value === undefined ? undefined : asText(value);
  };
};

const asText = (value: Data): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A location that cannot be read fails the whole element (SCXML 6.2.3, 6.4.2): the error goes to the caller. */
export const namelistPairs = (compiler: Compiler, namelist: readonly Source[]): Evaluate<Pairs> => {
  const names = namelist.map((source) => ({ name: source.text, chunk: add(compiler, 'value', source) }));
  return (session) => names.map(({ name, chunk }) => [name, session.scope.value(chunk)]);
};

/** A parameter that cannot be evaluated is left out, and error.execution. SCXML 5.7 */
export const paramPairs = (compiler: Compiler, params: readonly Param[]): Evaluate<Pairs> => {
  const compiled = params.map(({ name, expr, at }) => ({
    name,
    chunk: expr && add(compiler, 'value', expr),
    place: { element: 'param', at },
  }));
  return (session) => {
    const pairs: [string, Data | undefined][] = [];
    for (const { name, chunk, place } of compiled) {
      try {
        pairs.push([name, chunk === undefined ? undefined : session.scope.value(chunk)]);
      } catch (error) {
        session.fail(located(error, place));
      }
    }
    return pairs;
  };
};

/** Of parameters with the same name the last counts. */
export const paramValues = (compiler: Compiler, params: readonly Param[]): Evaluate<Values> => {
  const pairs = paramPairs(compiler, params);
  return (session) => Object.fromEntries(pairs(session));
};

/** The value of `<content>`; undefined element, undefined function. */
export const contentValue = (
  compiler: Compiler,
  content: ContentElement | undefined,
): Evaluate<Data | undefined> | undefined => {
  if (!content) return undefined;
  if (content.expr) {
    const chunk = add(compiler, 'value', content.expr);
    return (session) => session.scope.value(chunk);
  }
  const data = content.inline && inlineData(content.inline);
  return () => data;
};

/** `<donedata>`: content, or parameters; a failing content is empty, and error.execution. SCXML 5.5, 5.6.2 */
export const donedataValue = (
  compiler: Compiler,
  donedata: { readonly params: readonly Param[]; readonly content: ContentElement | undefined },
): Evaluate<Data | undefined> => {
  const content = contentValue(compiler, donedata.content);
  if (!content) {
    const params = paramValues(compiler, donedata.params);
    return (session) => toObject(params(session));
  }
  const place: Place = { element: 'content', at: donedata.content?.at ?? { line: 1, column: 1 } };
  return (session) => {
    try {
      return content(session);
    } catch (error) {
      session.fail(located(error, place));
      return undefined;
    }
  };
};

/** Values as event data: undefined when there are none; an undefined value keeps its key. */
export const toObject = (values: Readonly<Values>): Data | undefined => {
  const entries = Object.entries(values);
  if (entries.length === 0) return undefined;
  // Each value counts its objects (`$ref`) from 0: as parts of one value they are counted anew.
  return toData(Object.fromEntries(entries.map(([key, value]) => [key, fromData(value)])));
};

export const asUndefined = (value: Data | undefined): Data => (value === undefined ? { $undefined: 1 } : value);
