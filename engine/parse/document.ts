/** SCXML text -> Document: the way into this folder. `check.ts` judges afterwards what the reading let pass. SCXML 3.2 */
import type { Document, XmlElement } from '../document.js';
import { DocumentError, inOrder, type Problem } from '../position.js';
import { readScript } from './actions.js';
import { dialectOf } from './dialect.js';
import { parseXml } from './element.js';
import { included, type IncludeOptions } from './include/include.js';
import { isScxml, Reading, valueOf } from './reading.js';
import { readDatamodel, readInitialAttribute, readStates } from './states.js';

export type ParseOptions = IncludeOptions;

export interface Read {
  /** Undefined when the text is not well-formed XML or no `<scxml>` at all. */
  readonly document: Document | undefined;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** What was included, by the names that places in it have. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads as much as can be read and lists what is wrong. Throws nothing. */
export const read = (text: string, options: ParseOptions = {}): Read => {
  try {
    return readRoot(parseXml(text, options), options);
  } catch (error) {
    if (error instanceof DocumentError) return { document: undefined, problems: error.problems, texts: new Map() };
    throw error;
  }
};

/** Reads a document that stands in another one, in whose text its places are. */
export const readRoot = (root: XmlElement, options: ParseOptions): Read => {
  const { dialect, note } = dialectOf(root);
  const reading = new Reading(dialect);
  if (note) reading.problems.push({ severity: 'note', ...note });
  const texts = new Map<string, string>();
  const document = readDocument(reading, included(root, reading, options, texts));
  return { document, problems: inOrder(reading.problems), texts };
};

/** Reads a document that must be right. Throws DocumentError with all problems when one of them is an error. */
export const parse = (text: string, options: ParseOptions = {}): Document => {
  const { document, problems } = read(text, options);
  if (!document || problems.some(({ severity }) => severity === 'error')) {
    throw new DocumentError(problems, options.uri ?? 'document');
  }
  return document;
};

const readDocument = (reading: Reading, root: XmlElement): Document | undefined => {
  if (root.name !== 'scxml' || !isScxml(root)) {
    reading.error(
      root.at,
      `the root element is <${root.name}>${root.namespace && ` of ${root.namespace}`}: <scxml> is needed`,
    );
    return undefined;
  }
  reading.attributes(root);
  const version = valueOf(root, 'version');
  if (version !== '1.0') {
    reading.warn(root.attributes['version']?.at ?? root.at, 'version is not "1.0": the document is read as SCXML 1.0');
  }
  const children = reading.children(root);
  return {
    at: root.at,
    dialect: reading.dialectName,
    name: valueOf(root, 'name'),
    version,
    datamodel: valueOf(root, 'datamodel') ?? 'ecmascript',
    binding: reading.choice(root, 'binding', ['early', 'late']),
    initial: readInitialAttribute(root),
    data: readDatamodel(reading, children),
    scripts: children.filter(({ name }) => name === 'script').map((child) => readScript(reading, child)),
    children: readStates(reading, children),
  };
};
