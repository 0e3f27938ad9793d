/**
 * The document model: what an SCXML text says, as plain data with positions, before any meaning is given to it.
 * Written by `parse/`, judged by `check.ts`, turned into a `Chart` by `compile/`. One model for every dialect:
 * a dialect's reader maps its own attributes onto these fields (an ORS `event="'x'"` becomes `eventexpr`).
 */
import type { Position } from './position.js';

/** Source text of an expression, a location or a script, and where it starts. */
export interface Source {
  readonly text: string;
  readonly at: Position;
}

/** A literal attribute value and where its element starts. */
export type Literal = Source;

/** An element as it stood in the text; kept for extension actions and for XML content. */
export interface XmlElement {
  /** Namespace URI, '' for none. */
  readonly namespace: string;
  /** Local name. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, Literal>>;
  readonly children: readonly (XmlElement | XmlText)[];
  readonly at: Position;
  /** The element serialised as stand-alone XML (namespace declarations in scope included). */
  readonly xml: string;
}

export interface XmlText {
  readonly text: string;
  readonly at: Position;
}

/**
 * What `<content>`, `<data>` or `<assign>` hold between their tags. `xml` is the serialised children, `element` the only one of them.
 * SCXML 5.6, B.2.8.1
 */
export type Inline =
  | { readonly text: string; readonly at: Position }
  | { readonly xml: string; readonly element: XmlElement | undefined; readonly at: Position };

/** SCXML 1.0, or what ORS makes of its working draft of 2009. `parse/dialect.ts` says which a document is. */
export type DialectName = 'standard' | 'ors';

export interface Document {
  readonly at: Position;
  readonly dialect: DialectName;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly datamodel: string;
  readonly binding: 'early' | 'late';
  /** `initial` attribute of `<scxml>`: ids; undefined = first child in document order. SCXML 3.2 */
  readonly initial: Initial | undefined;
  readonly data: readonly Data[];
  /** Top-level `<script>` elements, run in order when the document is loaded. SCXML 5.8 */
  readonly scripts: readonly Script[];
  readonly children: readonly State[];
}

export type StateKind = 'state' | 'parallel' | 'final' | 'history';

export interface State {
  readonly kind: StateKind;
  readonly id: string | undefined;
  readonly at: Position;
  /** `<initial>` or the `initial` attribute; only compound states have one. SCXML 3.3, 3.6 */
  readonly initial: Initial | undefined;
  /** Only for kind 'history'. SCXML 3.10 */
  readonly history: 'shallow' | 'deep' | undefined;
  readonly data: readonly Data[];
  /** One list of actions for each `<onentry>`: an error ends its own block only. SCXML 3.8 */
  readonly onentry: readonly Block[];
  readonly onexit: readonly Block[];
  /** Of a history state: exactly one, its default. */
  readonly transitions: readonly Transition[];
  readonly invokes: readonly Invoke[];
  readonly donedata: DoneData | undefined;
  readonly children: readonly State[];
}

export type Block = readonly Action[];

export interface Initial {
  readonly targets: readonly string[];
  readonly content: Block;
  readonly at: Position;
}

export interface Transition {
  /** Event descriptors, `*` and trailing `.*` still on; empty = eventless. SCXML 3.12.1 */
  readonly events: readonly string[];
  readonly cond: Source | undefined;
  readonly targets: readonly string[];
  readonly type: 'external' | 'internal';
  readonly content: Block;
  readonly at: Position;
}

export interface Data {
  readonly id: string;
  readonly src: string | undefined;
  readonly expr: Source | undefined;
  readonly inline: Inline | undefined;
  readonly at: Position;
}

export interface Param {
  readonly name: string;
  /** `expr` or `location`: both are read as a value. SCXML 5.7 */
  readonly expr: Source | undefined;
  /** Set when it was `location`: an empty `<finalize>` writes to it. SCXML 6.5.2 */
  readonly location?: Source | undefined;
  readonly at: Position;
}

export interface Content {
  readonly expr: Source | undefined;
  readonly inline: Inline | undefined;
  readonly at: Position;
}

export interface DoneData {
  readonly params: readonly Param[];
  readonly content: Content | undefined;
  readonly at: Position;
}

export interface Invoke {
  readonly id: string | undefined;
  readonly idlocation: Source | undefined;
  readonly type: string | undefined;
  readonly typeexpr: Source | undefined;
  readonly src: string | undefined;
  readonly srcexpr: Source | undefined;
  readonly namelist: readonly Source[];
  readonly params: readonly Param[];
  readonly content: Content | undefined;
  readonly autoforward: boolean;
  readonly finalize: Block | undefined;
  readonly at: Position;
}

export type Action = Raise | If | Foreach | Log | Assign | Script | Send | Cancel | Extension;

export interface Raise {
  readonly kind: 'raise';
  readonly event: string;
  /** Empty in standard SCXML; ORS lets `<raise>` carry data. */
  readonly params: readonly Param[];
  readonly at: Position;
}

export interface If {
  readonly kind: 'if';
  /** `<if>`, each `<elseif>`, and `<else>` (cond undefined) in order. */
  readonly branches: readonly { readonly cond: Source | undefined; readonly content: Block; readonly at: Position }[];
  readonly at: Position;
}

export interface Foreach {
  readonly kind: 'foreach';
  readonly array: Source;
  readonly item: Literal;
  readonly index: Literal | undefined;
  readonly content: Block;
  readonly at: Position;
}

export interface Log {
  readonly kind: 'log';
  readonly label: string | undefined;
  readonly expr: Source | undefined;
  /** ORS: 1 reporting, 2 error, 3 warning, 4 debug. */
  readonly level: string | undefined;
  readonly at: Position;
}

export interface Assign {
  readonly kind: 'assign';
  readonly location: Source;
  readonly expr: Source | undefined;
  readonly inline: Inline | undefined;
  readonly at: Position;
}

export interface Script {
  readonly kind: 'script';
  /** Either the text between the tags, or `src` to be loaded with the document. */
  readonly source: Source | undefined;
  readonly src: string | undefined;
  readonly at: Position;
}

export interface Send {
  readonly kind: 'send';
  readonly event: string | undefined;
  readonly eventexpr: Source | undefined;
  readonly target: string | undefined;
  readonly targetexpr: Source | undefined;
  readonly type: string | undefined;
  readonly typeexpr: Source | undefined;
  readonly id: string | undefined;
  readonly idlocation: Source | undefined;
  readonly delay: string | undefined;
  readonly delayexpr: Source | undefined;
  readonly namelist: readonly Source[];
  readonly params: readonly Param[];
  readonly content: Content | undefined;
  readonly at: Position;
}

export interface Cancel {
  readonly kind: 'cancel';
  readonly sendid: string | undefined;
  readonly sendidexpr: Source | undefined;
  readonly at: Position;
}

/** An element of a namespace that is not SCXML's: nothing in it is evaluated here; `Modules` says how to. */
export interface Extension {
  readonly kind: 'extension';
  readonly element: XmlElement;
  readonly at: Position;
}

/** The SCXML namespace. SCXML 3.2 */
export const SCXML_NAMESPACE = 'http://www.w3.org/2005/07/scxml';
