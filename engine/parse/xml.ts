/**
 * XML text -> the calls of a `Sink`, and the plain `XmlTree` that the datamodel shows as a DOM. The only file that knows sax.
 * Its neighbours: `element.ts` is the sink that builds the tree of `document.ts`; `malformed.ts` words sax's complaints.
 *
 * 1. Nothing but DocumentError leaves: one problem, at the place of the first thing that is not well-formed.
 * 2. Every loop is linear in the text, whatever the text: declarations (`<!`) are refused before sax sees them, because it
 *    gathers them in quadratic time, and namespaces are resolved by `element.ts`, because sax copies them for each element.
 * 3. Line ends are `\n` (XML 1.0 2.11). Line breaks in attribute values are kept, against 3.3.3, so that an expression
 *    over several lines keeps its lines in messages.
 */
import sax from 'sax';
import { defaultLimits } from '../limits.js';
import { DocumentError, type Included, type Position } from '../position.js';
import { locator } from './locate.js';
import { firstRefused, wordComplaint } from './malformed.js';

export interface XmlLimits {
  /** Characters of the text. */
  readonly document: number;
  /** Elements inside each other. */
  readonly depth: number;
}

const defaultXmlLimits: XmlLimits = { document: defaultLimits.document, depth: 1_000 };

export interface XmlOptions {
  /** Names the text in messages. */
  readonly uri?: string | undefined;
  readonly limits?: Partial<XmlLimits>;
  /** Of a text that another one includes. */
  readonly included?: Included | undefined;
}

/** An attribute as written; `from` is the offset of the first character of its value. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly from: number;
}

/** Takes what the text holds, in order. Offsets count in `text`, which has its line ends normalised. */
export interface Sink {
  open(name: string, attributes: readonly XmlAttribute[], from: number): void;
  /** Pieces that follow each other (a CDATA section, text around a comment) come one by one. */
  text(text: string, from: number): void;
  close(to: number): void;
}

export interface PreparedText {
  readonly text: string;
  /** Ends the reading with a problem at this offset. */
  readonly fail: (offset: number, message: string) => never;
  readonly locate: (offset: number) => Position;
}

const entities: Record<string, string> = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" };

/** The text that all offsets and places count in. (3) */
export const normalised = (raw: string): string =>
  (raw.startsWith('\uFEFF') ? raw.slice(1) : raw).replace(/\r\n?/g, '\n');

/** Prepares a text for `scan`: line ends, size, characters that XML does not know. */
export const prepare = (raw: string, { uri = 'document', limits = {}, included }: XmlOptions): PreparedText => {
  const { document } = { ...defaultXmlLimits, ...limits };
  const located = (at: Position): Position => (included ? { ...at, included } : at);
  const problem = (message: string, at = located({ line: 1, column: 1 })) =>
    new DocumentError([{ severity: 'error', at, message }], uri);
  if (raw.length > document) {
    throw problem(`the document has ${raw.length} characters; the limit is ${document}: split it, or raise the limit`);
  }
  const text = normalised(raw);
  const place = locator(text);
  const locate = (offset: number): Position => located(place(offset));
  const fail = (offset: number, message: string): never => {
    throw problem(message, locate(offset));
  };
  const refused = firstRefused(text);
  if (refused) fail(refused.offset, refused.message);
  return { text, fail, locate };
};

/** Reads the whole text and tells the sink. */
export const scan = (source: PreparedText, sink: Sink, limits: Partial<XmlLimits> = {}): void => {
  const { text, fail } = source;
  const { depth } = { ...defaultXmlLimits, ...limits };
  const parser = new sax.SAXParser(true, { xmlns: false, position: true });
  // Without a prototype, or `&constructor;` would be an entity.
  parser.ENTITIES = Object.assign(Object.create(null) as Record<string, string>, entities);
  const open: { name: string; from: number }[] = [];
  let attributes: XmlAttribute[] = [];
  let rooted = false;
  let mark = 0;

  parser.onopentagstart = ({ name }) => {
    const from = parser.startTagPosition - 1;
    if (!text.startsWith(name, from + 1)) fail(from, 'write &lt; for a plain <');
    if (rooted && open.length === 0)
      fail(from, `<${name}> stands after the end of the root element: only one is allowed`);
    if (open.length >= depth) fail(from, `elements are nested deeper than the limit of ${depth}`);
    rooted = true;
    open.push({ name, from });
    attributes = [];
    seen.clear();
  };
  const seen = new Set<string>();
  parser.onattribute = ({ name, value }) => {
    // sax silently drops an attribute that it holds already, and trips over one called hasOwnProperty.
    Reflect.deleteProperty(parser.tag.attributes, name);
    const end = parser.position - 1;
    const from = text.lastIndexOf(text.charAt(end), end - 1) + 1;
    if (seen.has(name)) fail(from, `attribute ${name} is given twice`);
    const bare = text.slice(from, end).indexOf('<');
    if (bare >= 0) fail(from + bare, `write &lt; for < in attribute ${name}`);
    seen.add(name);
    attributes.push({ name, value, from });
  };
  parser.onopentag = ({ name }) => {
    sink.open(name, attributes, open.at(-1)?.from ?? 0);
    mark = parser.position;
  };
  parser.ontext = (piece) => {
    if (open.length > 0) sink.text(piece, mark);
  };
  parser.oncdata = (piece) => sink.text(piece, mark);
  parser.onclosetag = () => {
    open.pop();
    sink.close(parser.position);
    mark = parser.position;
  };
  const remark = () => {
    mark = parser.position;
  };
  parser.onopencdata = remark;
  parser.onclosecdata = remark;
  parser.onprocessinginstruction = remark;
  parser.oncomment = () => {
    // sax tells at the second dash of the end.
    mark = parser.position + 1;
  };
  parser.onerror = (error) => {
    const { offset, message } = wordComplaint(error.message, { text, end: parser.position, open: open.at(-1) });
    fail(offset, message);
  };
  parser.write(text).close();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the handlers set it
  if (!rooted) fail(0, 'the document is empty: it holds no element');
};

/** XML as plain JSON: qualified names, attributes as written (namespace declarations among them), comments dropped. */
export interface XmlTree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlTree | string)[];
}

/** Throws DocumentError when the text is not one well-formed element. */
export const parseXmlTree = (xml: string): XmlTree => {
  const top: { children: (XmlTree | string)[] } = { children: [] };
  const stack = [top];
  const sink: Sink = {
    open(name, attributes) {
      const node = {
        name,
        attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute.value])),
        children: [],
      };
      stack.at(-1)?.children.push(node);
      stack.push(node);
    },
    text(piece) {
      const siblings = stack.at(-1)?.children ?? [];
      const last = siblings.at(-1);
      if (typeof last === 'string') siblings[siblings.length - 1] = last + piece;
      else siblings.push(piece);
    },
    close() {
      stack.pop();
    },
  };
  scan(prepare(xml, { uri: 'xml' }), sink);
  return top.children[0] as XmlTree;
};
