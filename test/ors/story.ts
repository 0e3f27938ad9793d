/**
 * A document of the corpus with what happens around it, as data: `corpus/<name>.scxml` beside `corpus/<name>.json`.
 * `run.ts` plays it, `trace.ts` writes down what is seen.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PhoneState } from '../../server/routing/port.js';
import type { CentreData } from '../../server/voice/simulated/centre.js';
import type { InboundCall } from '../../server/voice/simulated/origin.js';

/** What somebody outside does, so many seconds after the beginning. `to`: the how-manieth session; default the first. */
export type Deed = { readonly at: number } & (
  | { readonly start: Readonly<Record<string, unknown>>; readonly src?: string }
  | { readonly event: string; readonly data?: object; readonly to?: number }
  | { readonly request: string; readonly data?: object; readonly to?: number }
  | { readonly terminate: true; readonly to?: number }
  | { readonly query: true; readonly to?: number }
  /** Somebody calls the route point. */
  | { readonly call: Omit<InboundCall, 'parent'>; readonly parent?: number }
  /** Somebody begins a chat, which counts as a call; writes in it; leaves it. */
  | { readonly chat: { readonly customer: string; readonly entryPoint: string } }
  | { readonly say: string; readonly into: number }
  | { readonly leave: number }
  /** An agent puts the how-manieth call into another one. */
  | { readonly merge: number; readonly into: number }
  | { readonly agent: string; readonly is: Extract<PhoneState, 'Ready' | 'NotReady' | 'LoggedOut'> }
);

/** What the web server answers; each is given once, the last stays. */
export interface WebAnswer {
  readonly status?: number;
  readonly body?: unknown;
  /** Or a file of the corpus. */
  readonly file?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Story {
  /** What of ORS the document is about. */
  readonly about: string;
  readonly centre?: Partial<CentreData>;
  /** By `GET /path`. */
  readonly web?: Readonly<Record<string, readonly WebAnswer[]>>;
  /** `Orchestration.application` by route point; `$HERE` is the folder of the documents, `$WEB` the web server. */
  readonly routePoints?: Readonly<Record<string, string>>;
  /** Script objects that those name. */
  readonly scripts?: object;
  readonly deeds: readonly Deed[];
  /** Seconds until everything is over. */
  readonly seconds: number;
  /** Everything that is seen, in its order. */
  readonly trace: readonly string[];
}

export const folder = join(import.meta.dirname, 'corpus');

export const documents = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

export const storyOf = (name: string): Story => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Story;
