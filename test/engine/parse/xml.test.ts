import { expect } from 'chai';
import fc from 'fast-check';
import type { XmlElement } from '../../../engine/document.js';
import { parseXml } from '../../../engine/parse/element.js';
import { parseXmlTree } from '../../../engine/parse/xml.js';
import { DocumentError } from '../../../engine/position.js';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  return 'no problem';
};

const childOf = (element: XmlElement, index: number): XmlElement => {
  const child = element.children[index];
  if (!child || 'text' in child) throw new Error(`child ${index} is no element`);
  return child;
};

describe('XML text as elements', () => {
  it('knows the line and column of an element, of a value and of text', () => {
    const root = parseXml('<?xml version="1.0"?>\n<!-- c -->\n<a>\n  <b\n    one="1"\n    two = \'2\'/>x</a>');
    expect(root.at).to.deep.equal({ line: 3, column: 1 });
    const child = childOf(root, 1);
    expect(child.at).to.deep.equal({ line: 4, column: 3 });
    expect(child.attributes['one']).to.deep.equal({ text: '1', at: { line: 5, column: 10 } });
    expect(child.attributes['two']).to.deep.equal({ text: '2', at: { line: 6, column: 12 } });
    expect(root.children[2]).to.deep.equal({ text: 'x', at: { line: 6, column: 16 } });
  });

  it('counts lines alike with every kind of line end, and after a byte order mark', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const root = parseXml(`\uFEFF<a>${end}${end}  <b/></a>`);
      expect(childOf(root, 1).at).to.deep.equal({ line: 3, column: 3 });
      expect(root.children[0]).to.deep.equal({ text: '\n\n  ', at: { line: 1, column: 4 } });
    }
  });

  it('joins text, CDATA and text after a comment, and drops the comment', () => {
    const { children } = parseXml('<a>1 &lt; &#65;<![CDATA[ <b> & ]]><!-- no -->2</a>');
    expect(children).to.deep.equal([{ text: '1 < A <b> & 2', at: { line: 1, column: 4 } }]);
  });

  it('tells the place of text in a CDATA section by its first character', () => {
    expect(parseXml('<a><![CDATA[x]]></a>').children[0]?.at).to.deep.equal({ line: 1, column: 13 });
  });

  it('resolves namespaces, and leaves declarations out of the attributes', () => {
    const root = parseXml('<a xmlns="urn:a" xmlns:p="urn:p"><p:b p:x="1" y="2"/><c xmlns=""/></a>');
    const [first, second] = [childOf(root, 0), childOf(root, 1)];
    expect([root.namespace, first.namespace, second.namespace]).to.deep.equal(['urn:a', 'urn:p', '']);
    expect([root.name, first.name, second.name]).to.deep.equal(['a', 'b', 'c']);
    expect(Object.keys(root.attributes)).to.deep.equal([]);
    expect(Object.keys(first.attributes)).to.deep.equal(['p:x', 'y']);
  });

  it('gives each element as XML that stands alone', () => {
    const root = parseXml('<a xmlns="urn:a" xmlns:p="urn:&quot;p"><p:b x="&amp;"><c/>1</p:b><d xmlns="urn:d"/></a>');
    const [first, second] = [childOf(root, 0), childOf(root, 1)];
    expect(first.xml).to.equal('<p:b xmlns="urn:a" xmlns:p="urn:&quot;p" x="&amp;"><c/>1</p:b>');
    expect(second.xml).to.equal('<d xmlns:p="urn:&quot;p" xmlns="urn:d"/>');
    expect(childOf(first, 0).xml).to.equal('<c xmlns="urn:a" xmlns:p="urn:&quot;p"/>');
    expect(parseXml(first.xml).namespace).to.equal('urn:"p');
  });

  it('takes names that objects have of their own for what they are', () => {
    const { attributes } = parseXml('<constructor hasOwnProperty="1" __proto__="2" toString="3"/>');
    expect(Object.keys(attributes)).to.deep.equal(['hasOwnProperty', '__proto__', 'toString']);
  });

  const malformed: readonly [text: string, message: string][] = [
    ['', '1:1: the document is empty'],
    ['<a>\n <b>\n</a>', '3:1: </a> closes nothing: <b> is open here'],
    ['<a>\n <b></b>', '1:1: <a> is never closed'],
    ['<a></a></b>', '1:8: </b> closes nothing'],
    ['<a/>\n<b/>', '2:1: <b> stands after the end of the root element'],
    ['x<a/>', '1:1: text stands before the root element'],
    ['<a/>x', '1:5: text stands outside of the root element'],
    ['<a>\n  <b c="1"', '2:3: <b> is never closed'],
    ['<a b="1"\n   b="2"/>', '2:7: attribute b is given twice'],
    ['<a b="x < 1"/>', '1:9: write &lt; for < in attribute b'],
    ['<a>x < 1</a>', '1:6: write &lt; for a plain <'],
    ['<a>x & 1</a>', '1:6: write &amp; for a plain &'],
    ['<a b=1/>', '1:6: the XML is not well-formed: unquoted attribute value'],
    ['<a>&nbsp;</a>', '1:4: &nbsp; is unknown'],
    ['<a>&constructor;</a>', '1:4: &constructor; is unknown'],
    ['<a>&#0;</a>', '1:4: &#0; is unknown'],
    ['<a>&#x110000;</a>', '1:4: &#x110000; is unknown'],
    ['<a>\n\u0000</a>', '2:1: character U+0000 is not allowed'],
    ['<p:a/>', '1:1: namespace prefix p is not declared'],
    ['<a p:b="1"/>', '1:9: namespace prefix p is not declared'],
    ['<!-- a --><!DOCTYPE a><a/>', '1:11: DOCTYPE and other declarations are refused'],
    ['<a><!-- b </a>', '1:4: this comment is never closed'],
    ['<a><![CDATA[ b </a>', '1:4: this CDATA section is never closed'],
  ];
  for (const [text, message] of malformed) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(messageOf(() => parseXml(text, { uri: 'u' }))).to.include(`u:${message}`);
      expect(messageOf(() => parseXmlTree(text))).to.match(/^xml:|^no problem$/);
    });
  }

  it('does not take a declaration in a comment, CDATA or instruction for one', () => {
    expect(messageOf(() => parseXml('<?x <!DOCTYPE ?><!-- <!DOCTYPE --><a><![CDATA[<!DOCTYPE]]></a>'))).to.equal(
      'no problem',
    );
  });
});

describe('hostile XML', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaa">${'<!ENTITY b "&a;&a;">'.repeat(50)}]><a>&b;</a>`;
  const million = 1_000_000;
  const hostile: readonly [name: string, text: () => string, message: string][] = [
    ['an entity bomb', () => bomb, '1:1: DOCTYPE and other declarations are refused'],
    ['20 MiB of text', () => `<a>${'x'.repeat(20 * 1024 * 1024)}</a>`, 'the limit is 8388608'],
    [
      '100,000 elements inside each other',
      () => '<a>'.repeat(100_000),
      '1:3001: elements are nested deeper than the limit',
    ],
    ['an endless declaration', () => `<!${'x'.repeat(million)}`, '1:1: DOCTYPE'],
    ['endless instructions', () => '<?'.repeat(million), 'ends in the middle of this tag'],
    ['endless comments', () => '<!--'.repeat(million), '1:1: this comment is never closed'],
    ['an endless entity', () => `<a>&${'x'.repeat(million)}`, 'ends in the middle of this tag'],
    ['an endless value', () => `<a b="${"'".repeat(million)}`, '1:1: the document ends in the middle of this tag'],
    ['a hundred thousand prefixes', () => `<a ${prefixes(100_000)}/>`, '1:1: more than 100 namespace prefixes'],
    ['a hundred thousand attributes', () => `<a ${prefixes(100_000).replaceAll('xmlns:', '')}/>`, 'no problem'],
  ];
  const prefixes = (count: number): string =>
    Array.from({ length: count }, (_, index) => `xmlns:p${index}="u"`).join(' ');
  for (const [name, text, message] of hostile) {
    it(`answers ${name} soon and clearly`, function () {
      this.timeout(5_000);
      expect(messageOf(() => parseXml(text()))).to.include(message);
    });
  }

  it('lets the caller set the limits', () => {
    expect(messageOf(() => parseXml('<a><b/></a>', { limits: { depth: 1 } }))).to.include(
      '1:4: elements are nested deeper',
    );
    expect(messageOf(() => parseXml('<a><b/></a>', { limits: { document: 5 } }))).to.include('the limit is 5');
  });

  it('never throws anything but DocumentError', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<a',
        '>',
        '/>',
        '</a>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '&',
        ';',
        '&lt;',
        '#x',
        '"',
        "'",
      ),
      fc.constantFrom(
        ' b="1"',
        ' xmlns:p="u"',
        ' p:c=',
        '<p:a',
        ' __proto__="1"',
        '\uFEFF',
        '\r\n',
        '\u0000',
        '<!DOCTYPE',
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    );
    const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (xml) => {
        messageOf(() => parseXml(xml));
        messageOf(() => parseXmlTree(xml));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('XML text as a plain tree', () => {
  it('keeps qualified names, declarations and text', () => {
    expect(parseXmlTree('<p:a xmlns:p="u" p:b="1">x<![CDATA[y]]><!-- --><c/> z</p:a>')).to.deep.equal({
      name: 'p:a',
      attributes: { 'xmlns:p': 'u', 'p:b': '1' },
      children: ['xy', { name: 'c', attributes: {}, children: [] }, ' z'],
    });
  });
});
