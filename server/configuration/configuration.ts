/**
 * What operators configure, as data: services, and transaction lists, which hold resources, patterns and switches. `configured.ts` has it
 * in a server, `folder.ts` in a folder, `difference.ts` compares the two.
 */

/** A service: the name of its template, and values by option. */
export interface Definition {
  readonly template: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Section, key. */
type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Configuration {
  readonly services: Readonly<Record<string, Definition>>;
  readonly lists: Readonly<Record<string, Sections>>;
}

/** Where in a configuration: `['services', 'Billing', 'options', '_ttl']`. */
export type Path = readonly string[];

export interface Mistake {
  readonly path: Path;
  /** What is wrong, and what is allowed. */
  readonly message: string;
  /** It can be used as it is, and somebody should know. */
  readonly isWarning?: true;
}
