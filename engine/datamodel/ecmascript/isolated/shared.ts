/** What the sessions of a document share on the isolated kernel: its sources, and what is known of them. */
import type { ProgramSources } from '../program.js';
import type { ParseXml } from '../xml.js';

export interface Shared extends ProgramSources {
  readonly readsEvent: readonly boolean[];
  /** By any of them. */
  readonly eventIsRead: boolean;
  readonly readsView: readonly boolean[];
  /** Of `_genesys`, if it is read. */
  readonly roots: readonly string[];
  /** Some source can make a big integer: see `watchdog.ts`. */
  readonly bigints: boolean;
  readonly parseXml: ParseXml;
  readonly fuel: number;
  readonly state: number;
  readonly breached: (() => void) | undefined;
}
