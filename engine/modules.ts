/**
 * How extension actions are read: namespace -> element -> which attributes are value expressions, which are locations and
 * which are literal. The engine evaluates by this table and makes a ModuleEffect; what that does is not the engine's business.
 */
export type AttributeForm = 'value' | 'literal';

export interface ModuleAction {
  /** Attributes by name; one that is not listed is a problem of the document. `requestid` (a location) is always allowed. */
  readonly attributes: Readonly<Record<string, AttributeForm>>;
  readonly required?: readonly string[];
  /** `<param name expr>` children allowed. */
  readonly params?: boolean;
  /** `<content expr>` (or `_expr`) child allowed. */
  readonly content?: boolean;
  /** Other child elements (any namespace), by local name. */
  readonly children?: Readonly<Record<string, ModuleElement>>;
}

export interface ModuleElement {
  readonly attributes: Readonly<Record<string, AttributeForm>>;
  readonly children?: Readonly<Record<string, ModuleElement>>;
}

/** By namespace URI, without `http://` (ORS documents write both), then by local name. */
export type Modules = Readonly<Record<string, Readonly<Record<string, ModuleAction>>>>;

/** ORS documents write module namespaces with and without the scheme: one key for both. */
export const namespaceKey = (namespace: string): string => namespace.replace(/^https?:\/\//, '');
