/**
 * The guest's half of the ECMAScript datamodel as one text, compiled once in each realm: it empties and freezes the realm it runs
 * in and answers with `Kernel`. Its parts share one function scope, in the order of this list.
 */
import { calls, callsText } from './calls.js';
import { codecText } from './codec.js';
import { domText } from './dom.js';
import { hardenText } from './harden.js';
import { meterText } from './meter.js';
import { platformText } from './platform.js';
import { sessionText } from './session.js';
import { sourceText } from './source.js';

/** Last of all, for the other parts use what goes here: only intrinsics that nobody outside the kernel can name stay. */
const sealText = String.raw`
const realm = globalThis;
for (const name of ownKeys(realm)) {
  if (name in allowed && name !== 'Function') continue;
  if (getOwnPropertyDescriptor(realm, name).configurable) delete realm[name];
}
Object.freeze(realm);
`;

const exported =
  'meter: $k, refuel, open, enter, exit, bindEvent, define, declare, always, encode, parse, save, show, restore, copy, item, tell, bindView, called';

const textWith = (more: string, names: string): string => `(() => {
"use strict";
${meterText}${hardenText}${codecText}${domText}${sessionText}${platformText}${sourceText}${more}${sealText}
return Object.freeze({ __proto__: null, ${names} });
})()`;

export const kernelText = textWith('', exported);
/** For a host that calls sources through the guest. */
export const isolatedKernelText = textWith(callsText, calls.join(', '));

declare const guest: unique symbol;
/** Something that lives in the guest. The host holds it and hands it back, and never looks inside. */
export interface Guest {
  readonly [guest]: true;
}

/** What a program's text makes of a source. One that is a location takes the source of the value to put there. */
export type GuestFunction = (scope: Guest, source?: GuestFunction) => unknown;

/** What a program's text makes: a function for each source, and its scripts' functions by chunk. */
export interface ProgramTable {
  readonly sources: readonly (GuestFunction | undefined)[];
}

export interface Kernel {
  /** n and held: fuel left; every: how much of it between two looks; now: ms since the epoch; r: state of Math.random. */
  readonly meter: { n: number; held: number; every: number; now: number; r: number };
  refuel(all: number): void;
  open(program: ProgramTable, sessionid: string, name: string, ioprocessors: string, x: string): Guest;
  enter(scope: Guest, id: string): void;
  exit(scope: Guest, id: string): void;
  bindEvent(scope: Guest, json: string | undefined): void;
  /** The roots that have changed, by name. */
  bindView(scope: Guest, json: string): void;
  /** JSON text of a list, `[namespace or null, name, arguments]` each; false for none. */
  called(scope: Guest): string | false;
  define(scope: Guest, id: string, value: unknown): void;
  declare(scope: Guest, id: string): void;
  always(value: unknown): GuestFunction;
  encode(value: unknown): string;
  parse(json: string): unknown;
  /** 'null' when it has more than so many characters. */
  save(scope: Guest, most: number): string;
  show(scope: Guest): string;
  restore(scope: Guest, json: string): void;
  copy(value: unknown): { readonly length: number };
  item(copy: unknown, index: number): unknown;
  tell(thrown: unknown): string;
}
