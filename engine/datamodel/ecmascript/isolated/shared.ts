/** What the sessions of a document share on the isolated kernel: its sources, and what is known of them. */
import type { Moments, ProgramSources } from '../program.js';
import type { ParseXml } from '../xml.js';

export interface Shared extends ProgramSources, Moments {
  /** By any source. */
  readonly eventIsRead: boolean;
  /** Of `_genesys`, if it is read. */
  readonly roots: readonly string[];
  /** Some source can make a big integer: see `watchdog.ts`. */
  readonly bigints: boolean;
  readonly parseXml: ParseXml;
  readonly fuel: number;
  readonly state: number;
  readonly breached: (() => void) | undefined;
}
