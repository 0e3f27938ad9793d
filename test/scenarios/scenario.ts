/**
 * Scenarios of callbacks as data: `<strategy>/<what>.json` has some by their titles, each with what is configured and asked, who
 * customer and agents are, what happens when, and everything that must come of it. `deeds.ts` does what a step says,
 * `scenarios.test.ts` plays them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Agent, Given } from '../support/centre.js';
import type { Deed } from './deeds.js';

export interface Scenario {
  /** Of the service, beside those that it must have. */
  readonly options?: Given['options'];
  /** The body of the start; default a customer's number. null: nobody starts a callback but who calls. */
  readonly request?: Readonly<Record<string, unknown>> | null;
  /** The start is answered with these, among others. */
  readonly started?: Readonly<Record<string, string>>;
  readonly customer?: Given['customer'];
  /** Default alice alone at 7001, in the group Billing, who answers. */
  readonly agents?: readonly (Partial<Agent> & Pick<Agent, 'id' | 'dn'>)[];
  readonly applications?: Given['applications'];
  readonly trunkGroups?: Given['trunkGroups'];
  /** Transaction lists. */
  readonly lists?: Given['lists'];
  /** What calls at 8001 and 8002 start. */
  readonly inbound?: Given['inbound'];
  /** What somebody does, in order; then it goes on until nothing happens any more. */
  readonly steps?: readonly Deed[];
  /** All of it: states of the record, calls, what customers hear, `<seconds> <what>`. */
  readonly timeline: readonly string[];
  /** What a query by id answers in the end, among others. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** What a desktop was told last, by the parts that it has, each with keys that it has among others. */
  readonly shown?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Of the status events, in order: the name, or the name with fields that it has among others. */
  readonly events?: readonly (string | readonly [name: string, fields: Readonly<Record<string, unknown>>])[];
  /** What the customer's device was told, each `message` with fields that it has among others. */
  readonly pushes?: readonly Readonly<Record<string, unknown>>[];
  /** Among others, in the last key-value pairs. null: it is not there. */
  readonly pairs?: Readonly<Record<string, unknown>>;
  /** All pairs of reporting that calls have had as user data. */
  readonly attached?: Readonly<Record<string, unknown>>;
}

export interface Titled {
  /** As `user-terminated-delayed/agents`. */
  readonly file: string;
  readonly title: string;
  readonly scenario: Scenario;
}

const folder = import.meta.dirname;

export const scenarios: readonly Titled[] = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  .map(({ parentPath, name }) => join(parentPath, name))
  .sort()
  .flatMap((path) =>
    Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Scenario>>).map(
      ([title, scenario]) => ({ file: relative(folder, path).replace(/\.json$/, ''), title, scenario }),
    ),
  );
