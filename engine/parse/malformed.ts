/** What is wrong with a text that is no well-formed XML, in words for the author. `xml.ts` asks. */

export interface Complaint {
  readonly offset: number;
  readonly message: string;
}

/** The characters that XML 1.0 2.2 leaves out. */
const notCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
/** Comments, CDATA sections and processing instructions are passed over; what is left of `<!` is a declaration. */
const declarations = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?(?:\?>|$)|<!/g;

const refusedDeclaration = (text: string, offset: number): string => {
  if (text.startsWith('<!--', offset)) return 'this comment is never closed: --> is missing';
  if (text.startsWith('<![CDATA[', offset)) return 'this CDATA section is never closed: ]]> is missing';
  return 'DOCTYPE and other declarations are refused: leave them out, and write entities as the characters they stand for';
};

/** The first thing that is refused before the text is parsed. */
export const firstRefused = (text: string): Complaint | undefined => {
  const bad = notCharacters.exec(text);
  if (bad) {
    const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return { offset: bad.index, message: `character U+${code} is not allowed in XML: remove it` };
  }
  for (const { 0: match, index } of text.matchAll(declarations)) {
    if (match === '<!') return { offset: index, message: refusedDeclaration(text, index) };
  }
  return undefined;
};

interface Place {
  readonly text: string;
  /** Offset after the character that was read last. */
  readonly end: number;
  readonly open: { readonly name: string; readonly from: number } | undefined;
}

const at = ({ end }: Place, message: string): Complaint => ({ offset: Math.max(0, end - 1), message });
const back = ({ text, end }: Place, to: string, word: (found: string) => string): Complaint => {
  const offset = Math.max(0, text.lastIndexOf(to, end - 1));
  return { offset, message: word(text.slice(offset, end)) };
};
const neverClosed = (place: Place): Complaint => ({
  offset: place.open?.from ?? place.end,
  message: `<${place.open?.name ?? ''}> is never closed`,
});

const cutOff = (place: Place): Complaint => back(place, '<', () => 'the document ends in the middle of this tag');

/** sax's messages (their first line, up to a colon) that deserve better words or a better place. */
const words: Readonly<Record<string, (place: Place) => Complaint>> = {
  'Unexpected close tag': (place) =>
    back(place, '<', (tag) => `${tag} closes nothing: <${place.open?.name ?? ''}> is open here`),
  'Unclosed root tag': neverClosed,
  'Invalid character entity': (place) =>
    back(
      place,
      '&',
      (entity) => `${entity} is unknown: only &amp; &lt; &gt; &quot; &apos; and character numbers are allowed`,
    ),
  'Invalid character in entity name': (place) => back(place, '&', () => 'write &amp; for a plain &'),
  'Unencoded <': (place) => back(place, '<', () => 'write &lt; for a plain <'),
  'Unmatched closing tag': (place) => back(place, '<', (tag) => `${tag} closes nothing`),
  'Unexpected end': cutOff,
  // Told only at the end of the text.
  'Max buffer length exceeded': cutOff,
  'Non-whitespace before first tag.': (place) => at(place, 'text stands before the root element'),
  'Text data outside of root node.': (place) => at(place, 'text stands outside of the root element'),
};

export const wordComplaint = (saxMessage: string, place: Place): Complaint => {
  const first = saxMessage.split('\n', 1)[0] ?? '';
  const word = words[first.split(':', 1)[0] ?? ''];
  return word ? word(place) : at(place, `the XML is not well-formed: ${first.replace(/\.$/, '').toLowerCase()}`);
};
