import { expect } from 'chai';
import fc from 'fast-check';
import { parse, read } from '../../../engine/parse/document.js';
import { DocumentError, formatProblem } from '../../../engine/position.js';

const scxml = (body: string): string => `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0">${body}</scxml>`;

describe('problems of reading', () => {
  const bad: readonly [text: string, ...problems: string[]][] = [
    ['<a/>', 'error 1:1: the root element is <a>: <scxml> is needed'],
    ['<scxml xmlns="urn:s" version="1.0"/>', 'error 1:1: the root element is <scxml> of urn:s'],
    ['<scxml version="2"><state/></scxml>', 'warning 1:17: version is not "1.0"'],
    ['<scxml><state/></scxml>', 'warning 1:1: version is not "1.0"'],
    [
      '<scxml version="1.0" binding="lazy"><state/></scxml>',
      'error 1:31: binding="lazy" is unknown: write early or late',
    ],
    ['<scxml version="1.0"><stat/></scxml>', 'error 1:22: <stat> is no element of SCXML 1.0'],
    ['<scxml version="1.0"><log/></scxml>', 'error 1:22: <log> cannot stand in <scxml>: it belongs in <transition>'],
    ['<scxml version="1.0"><transition/></scxml>', 'warning 1:22: <transition> in <scxml> is ignored'],
    ['<scxml version="1.0"><scxml/></scxml>', 'error 1:22: <scxml> cannot stand in <scxml>: it is the root element'],
    [
      '<scxml version="1.0"><state intial="a"/></scxml>',
      'warning 1:37: unknown attribute intial of <state> is ignored',
    ],
    ['<scxml version="1.0"><state>hello</state></scxml>', 'warning 1:29: text in <state> is ignored: "hello"'],
    ['<scxml version="1.0"><final><state/></final></scxml>', 'error 1:29: <state> cannot stand in <final>'],
    ['<scxml version="1.0"><parallel><final/></parallel></scxml>', 'error 1:32: <final> cannot stand in <parallel>'],
    [
      '<scxml version="1.0"><history/></scxml>',
      'error 1:22: <history> cannot stand in <scxml>: it belongs in <state>, <parallel>',
    ],
    [
      '<scxml version="1.0"><state><history type="flat"/></state></scxml>',
      'error 1:44: type="flat" is unknown: write shallow or deep',
    ],
    [
      '<scxml version="1.0" xmlns:i="http://www.w3.org/2001/XInclude"><i:include/></scxml>',
      'error 1:64: href of <xi:include> names a document',
    ],
  ];
  const inState: readonly [body: string, ...problems: string[]][] = [
    ['<transition type="inner"/>', 'error 2:19: type="inner" is unknown: write external or internal'],
    ['<initial/>', 'error 2:1: <initial> needs exactly one <transition>'],
    [
      '<initial><transition event="e" cond="c"/></initial>',
      'error 2:29: the transition of <initial> cannot have event',
      'error 2:38: the transition of <initial> cannot have cond',
    ],
    ['<initial><transition/><transition/></initial>', 'error 2:23: <initial> needs exactly one <transition>'],
    ['<datamodel><data/></datamodel>', 'error 2:12: <data> needs the attribute id'],
    ['<datamodel/><datamodel/>', 'warning 2:13: a second <datamodel>'],
    ['<onentry><raise/></onentry>', 'error 2:10: <raise> needs the attribute event'],
    ['<onentry><assign/></onentry>', 'error 2:10: <assign> needs the attribute location'],
    [
      '<onentry><foreach/></onentry>',
      'error 2:10: <foreach> needs the attribute array',
      'error 2:10: <foreach> needs the attribute item',
    ],
    [
      '<onentry><if><elseif/></if></onentry>',
      'error 2:10: <if> needs the attribute cond',
      'error 2:14: <elseif> needs the attribute cond',
    ],
    ['<onentry><else/></onentry>', 'error 2:10: <else> cannot stand in <onentry>: it belongs in <if>'],
    ['<onentry><send><content/><content/></send></onentry>', 'error 2:26: only one <content>'],
    ['<onentry><send><param name="a"/></send></onentry>', 'error 2:16: <param> needs exactly one of expr and location'],
    ['<onentry><send><param expr="a"/></send></onentry>', 'error 2:16: <param> needs the attribute name'],
    ['<onentry><script>a<b/></script></onentry>', 'error 2:19: <script> holds text only'],
    ['<invoke autoforward="yes"/>', 'error 2:22: autoforward="yes" is unknown: write false or true'],
    ['<invoke><finalize/><finalize/></invoke>', 'error 2:20: only one <finalize>'],
  ];
  const wrapped = inState.map(([body, ...problems]): [string, ...string[]] => [
    `<scxml version="1.0"><state>\n${body}</state></scxml>`,
    ...problems,
  ]);
  for (const [text, ...expected] of [...bad, ...wrapped]) {
    it(`tells of ${text.replace('\n', '')}`, () => {
      const found = read(text).problems.map((problem) => formatProblem(problem, problem.severity));
      expect(found).to.have.length(expected.length);
      // formatProblem writes uri:line:col
      found.forEach((line, index) => expect(line.replace(':', ' ')).to.include(expected[index]));
    });
  }

  it('lists all problems in the order of the text, and parse throws them together', () => {
    const text = '<scxml version="1.0"><state>\n<raise/><onentry><raise/>\n<nonsense/></onentry></state><bad/></scxml>';
    const lines = read(text).problems.map(({ at }) => `${at.line}:${at.column}`);
    expect(lines).to.deep.equal(['2:1', '2:18', '3:1', '3:30']);
    expect(() => parse(text, { uri: 'f.scxml' })).to.throw(DocumentError, /^f\.scxml:2:1: .*\nf\.scxml:2:18: /);
  });

  it('does not throw for warnings', () => {
    expect(parse('<scxml><state a="1"/></scxml>').children).to.have.length(1);
  });

  it('gives no document for malformed XML, but the problem', () => {
    const { document: none, problems } = read('<scxml>');
    expect(none).to.equal(undefined);
    expect(problems).to.deep.equal([
      { severity: 'error', at: { line: 1, column: 1 }, message: '<scxml> is never closed' },
    ]);
  });

  it('never throws anything but DocumentError', () => {
    const names = [
      'state',
      'parallel',
      'final',
      'history',
      'initial',
      'transition',
      'onentry',
      'if',
      'else',
      'send',
      'data',
      'x',
    ];
    const attribute = fc.constantFrom(
      '',
      ' id="a"',
      ' initial="a b"',
      ' type="deep"',
      ' cond="c"',
      ' event="e"',
      ' a:b="1"',
    );
    const { element } = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(
          fc.constantFrom(...names),
          attribute,
          fc.array(fc.oneof({ depthSize: 'small' }, fc.constant('t'), tie('element')), { maxLength: 4 }),
        )
        .map(([name, attributes, children]) => `<${name}${attributes}>${children.join('')}</${name}>`),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          element.map((xml) => scxml(xml)),
          fc.string(),
        ),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect(error).to.be.instanceOf(DocumentError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a document of a megabyte well below a second', function () {
    this.timeout(10_000);
    const one = '<state><onentry><log expr="1"/></onentry><transition event="e" cond="x &lt; 3"/></state>\n';
    const { children } = parse(scxml(one.repeat(Math.ceil(1_000_000 / one.length))));
    expect(children.length).to.be.greaterThan(11_000);
  });
});
