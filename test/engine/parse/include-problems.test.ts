import { expect } from 'chai';
import { compileText, DocumentError, formatProblem, problemsOf } from '../../../engine/index.js';
import type { State } from '../../../engine/document.js';
import { read } from '../../../engine/parse/document.js';

type Files = Readonly<Record<string, string>>;

const scxml = (body: string, attributes = ''): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:xi="http://www.w3.org/2001/XInclude" version="1.0" ${attributes}>\n${body}\n</scxml>`;
const reading = (text: string, files: Files) => read(text, { resources: (name) => files[name] });
const idsOf = (states: readonly State[]): unknown[] => states.map(({ id }) => id);

describe('XInclude', () => {
  describe('what cannot be included', () => {
    const deep = (depth: number): Files =>
      Object.fromEntries(
        Array.from({ length: depth + 1 }, (_, i) => [
          `${i}.scxml`,
          `<state id="s${i}" xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${i + 1}.scxml"/></state>`,
        ]),
      );
    const inner = scxml('<state id="a"/><state id="b">\n<state id="a"/></state>');
    const cases: [what: string, body: string, files: Files, ...problems: string[]][] = [
      [
        'a file that is not there',
        '<xi:include href="no.scxml"/>',
        {},
        'dir/outer.scxml:2:1: no.scxml cannot be loaded: check href',
      ],
      ['no href', '<xi:include parse="xml"/>', {}, 'dir/outer.scxml:2:1: href of <xi:include> names a document'],
      [
        'a fragment',
        '<xi:include href="a.scxml#b"/>',
        {},
        'dir/outer.scxml:2:19: href of <xi:include> names a document, without #',
      ],
      [
        'another parse',
        '<xi:include href="a.xml" parse="html"/>',
        { 'a.xml': '<state/>' },
        'dir/outer.scxml:2:33: parse="html" is unknown',
      ],
      ['a stray fallback', '<xi:fallback/>', {}, 'dir/outer.scxml:2:1: <fallback> of XInclude belongs in <xi:include>'],
      [
        'an id that is not there',
        '<xi:include href="a.scxml" xpointer="c"/>',
        { 'a.scxml': inner },
        'dir/outer.scxml:2:1: a.scxml has no element with the id "c"',
      ],
      [
        'an id that is there twice',
        '<xi:include href="in/a.scxml" xpointer="a"/>',
        { 'in/a.scxml': inner },
        'dir/in/a.scxml:3:1: id "a" is already that of the element at line 2 of in/a.scxml',
      ],
      [
        'two words as prefix',
        '<xi:include href="a.scxml" resolveid="a b"/>',
        { 'a.scxml': inner },
        'dir/outer.scxml:2:39: resolveid is one word',
      ],
      [
        'a broken file',
        '<xi:include href="in/a.scxml" xpointer="a"><xi:fallback/></xi:include>',
        { 'in/a.scxml': '<scxml>\n<a></b></scxml>' },
        'dir/in/a.scxml:2:4: </b> closes nothing',
      ],
      [
        'a whole document',
        '<xi:include href="a.scxml"/>',
        { 'a.scxml': inner },
        'dir/a.scxml:1:1: <scxml> cannot stand in <scxml>',
      ],
      [
        'a part in itself',
        '<xi:include href="a.xml"/>',
        { 'a.xml': '<state xmlns:xi="http://www.w3.org/2001/XInclude">\n<xi:include href="./b/../a.xml"/></state>' },
        'dir/a.xml:2:1: a.xml includes itself: a.xml includes a.xml',
      ],
      [
        'parts in parts without end',
        '<xi:include href="0.scxml"/>',
        deep(30),
        'dir/15.scxml:1:60: 16.scxml is included 16 deep',
      ],
      [
        'too many of them',
        '<xi:include href="a.xml"/>'.repeat(1001),
        { 'a.xml': '<state/>' },
        'dir/outer.scxml:2:26001: more than 1000 texts are included',
      ],
    ];
    for (const [what, body, files, ...expected] of cases) {
      it(`says of ${what} where it is`, () => {
        const found = reading(scxml(body), files).problems.map((problem) => formatProblem(problem, 'dir/outer.scxml'));
        expect(found, found.join('\n')).to.have.length(expected.length);
        found.forEach((line, index) => expect(line).to.include(expected[index]));
      });
    }

    it('ends when the parts together are longer than a document may be, although each is short', () => {
      const half = `<state><!--${'-x'.repeat(2_000)}--></state>`;
      const text = scxml('<xi:include href="a.xml"/><xi:include href="a.xml"/><xi:include href="a.xml"/>');
      const { problems } = read(text, { limits: { document: 10_000 }, resources: () => half });
      expect(problems.map(({ message }) => message)).to.deep.equal([
        'with a.xml more than 10000 characters are included: split the document, or raise the limit',
      ]);
    });

    it('says that a document which lies nowhere includes nothing', () => {
      expect(read(scxml('<xi:include href="a.xml"/>')).problems[0]?.message).to.include('this document lies nowhere');
    });

    it('is replaced by the fallback, also when the file lacks the id', () => {
      const fallback = '<xi:fallback><state id="f"/><xi:include href="b.xml"/></xi:fallback></xi:include>';
      const files = { 'a.scxml': inner, 'b.xml': '<state id="b"/>' };
      for (const asked of ['href="no.scxml"', 'href="a.scxml" xpointer="c"']) {
        const found = reading(scxml(`<xi:include ${asked}>${fallback}`), files).document;
        expect(idsOf(found?.children ?? [])).to.deep.equal(['f', 'b']);
      }
    });

    it('asks for nothing that stands beside the part', () => {
      const asked: string[] = [];
      const file = scxml('<state id="a"/><xi:include href="secret.xml"/>');
      read(scxml('<xi:include href="a.scxml" xpointer="a"/>'), { resources: (name) => (asked.push(name), file) });
      expect(asked).to.deep.equal(['a.scxml']);
    });
  });

  describe('problems in what is included', () => {
    const told = (body: string, files: Files): string[] =>
      problemsOf(scxml(body, 'datamodel="ecmascript"'), { resources: (name) => files[name] }).map((problem) =>
        formatProblem(problem, 'dir/outer.scxml'),
      );

    it('have the place in its file, behind macros, variables, entities and comments', () => {
      const line = '<log expr="_my_prefix + \'$$_MY_PREFIX_$$ &amp;\' + a b"/>';
      const files = { 'in/m.scxml': scxml(`<state id="m"><onentry>\n${line}</onentry></state>`) };
      expect(told('<xi:include href="in/m.scxml" resolveid="P" xpointer="m"/>', files)).to.deep.equal([
        `dir/in/m.scxml:3:${line.indexOf(' b"') + 2}: Unexpected token`,
      ]);
    });

    it('have it in a script that is included', () => {
      const body = '<script><xi:include href="lib/c.js" parse="text"/></script><state id="a"/>';
      expect(told(body, { 'lib/c.js': '// <a> ]]> &amp;\nvar x = ;\n' })).to.deep.equal([
        'dir/lib/c.js:2:9: Unexpected token',
      ]);
    });

    it('name the line when a script has several texts', () => {
      const body = '<script>var a;\n<xi:include href="c.js" parse="text"/></script><state id="a"/>';
      expect(told(body, { 'c.js': 'var x = ;' })).to.deep.equal([
        'dir/outer.scxml:2:1: line 3 of what is loaded here: Unexpected token',
      ]);
    });

    it('refuse the document, and name the file', () => {
      const text = scxml('<xi:include href="a.xml"/>');
      const files: Files = { 'a.xml': '<state id="a">\n<transition target="nowhere"/></state>' };
      expect(() => compileText(text, { trusted: true, uri: 'file:///d/o.scxml', resources: (name) => files[name] }))
        .to.throw(DocumentError)
        .with.property('message')
        .that.matches(/^file:\/\/\/d\/a\.xml:2:/);
    });
  });
});
