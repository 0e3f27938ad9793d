import { expect } from 'chai';
import type { Action, Document, Invoke, State } from '../../../engine/document.js';
import { parse, read } from '../../../engine/parse/document.js';

const scxml = (body: string, attributes = ''): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:x="urn:x" version="1.0" ${attributes}>${body}</scxml>`;
const document = (body: string, attributes?: string): Document => parse(scxml(body, attributes));
const state = (body: string, attributes = 'id="s"'): State => {
  const [first] = document(`<state ${attributes}>${body}</state>`).children;
  if (!first) throw new Error('no state');
  return first;
};
const actions = (body: string): readonly Action[] => state(`<onentry>${body}</onentry>`).onentry[0] ?? [];
const invoke = (body: string, attributes = ''): Invoke | undefined =>
  state(`<invoke ${attributes}>${body}</invoke>`).invokes[0];

/** Only the text of sources, so that tables stay readable; places have tests of their own. */
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, each]) => key !== 'at' && each !== undefined && !isEmpty(each));
  return entries.length === 1 && entries[0]?.[0] === 'text'
    ? entries[0][1]
    : Object.fromEntries(entries.map(([key, each]) => [key, bare(each)]));
};
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

describe('reading SCXML', () => {
  it('reads the document element', () => {
    const text = scxml(
      '<datamodel><data id="a" expr="1"/></datamodel><state id="s"/>',
      'name="n" initial="s" binding="late"',
    );
    expect(bare(parse(text))).to.deep.equal({
      ...{
        dialect: 'standard',
        name: 'n',
        version: '1.0',
        datamodel: 'ecmascript',
        binding: 'late',
        initial: { targets: ['s'] },
      },
      data: [{ id: 'a', expr: '1' }],
      children: [{ kind: 'state', id: 's' }],
    });
  });

  it('has defaults for what is left out', () => {
    const { datamodel, binding, initial, name } = document('<state/>');
    expect({ datamodel, binding, initial, name }).to.deep.equal({
      ...{ datamodel: 'ecmascript', binding: 'early', initial: undefined, name: undefined },
    });
  });

  it('accepts documents and elements without a namespace', () => {
    expect(parse('<scxml version="1.0"><final id="f"/></scxml>').children[0]?.kind).to.equal('final');
    expect(document('<state id="s" xmlns=""><onentry><log/></onentry></state>').children[0]?.onentry).to.have.length(1);
  });

  it('takes several top-level scripts in their order', () => {
    const { scripts } = document(
      '<script>one</script><script src="two.js"/><script><![CDATA[a < b]]></script><state/>',
    );
    expect(scripts.map(({ source, src }) => source?.text ?? src)).to.deep.equal(['one', 'two.js', 'a < b']);
  });

  it('keeps states of all kinds in document order', () => {
    const { children } = state('<history id="h"><transition target="b"/></history><final id="a"/><parallel id="b"/>');
    expect(children.map(({ kind, id, history }) => [kind, id, history])).to.deep.equal([
      ...[
        ['history', 'h', 'shallow'],
        ['final', 'a', undefined],
        ['parallel', 'b', undefined],
      ],
    ]);
  });

  it('reads a transition', () => {
    const [transition] = state(
      '<transition event="a.* b\n *" cond="x" target=" s  t " type="internal"><log/></transition>',
    ).transitions;
    expect(bare(transition)).to.deep.equal({
      ...{ events: ['a.*', 'b', '*'], cond: 'x', targets: ['s', 't'], type: 'internal', content: [{ kind: 'log' }] },
    });
    expect(state('<transition/>').transitions[0]?.type).to.equal('external');
  });

  it('reads the start of a state from its attribute and from its element', () => {
    expect(bare(state('<state id="a"/>', 'initial="a b"').initial)).to.deep.equal({ targets: ['a', 'b'] });
    expect(
      bare(state('<initial><transition target="a"><log/></transition></initial><state id="a"/>').initial),
    ).to.deep.equal({
      ...{ targets: ['a'], content: [{ kind: 'log' }] },
    });
  });

  it('keeps one block for each onentry and onexit', () => {
    const { onentry, onexit } = state('<onentry><log/></onentry><onexit/><onentry><log/><log/></onentry>');
    expect(onentry.map((block) => block.length)).to.deep.equal([1, 2]);
    expect(onexit).to.deep.equal([[]]);
  });

  const table: readonly [xml: string, action: unknown][] = [
    ['<raise event="e"/>', { kind: 'raise', event: 'e' }],
    ['<log label="l" expr="1"/>', { kind: 'log', label: 'l', expr: '1' }],
    ['<assign location="a" expr="1"/>', { kind: 'assign', location: 'a', expr: '1' }],
    ['<assign location="a"> 1 </assign>', { kind: 'assign', location: 'a', inline: ' 1 ' }],
    ['<script> a &lt; b </script>', { kind: 'script', source: ' a < b ' }],
    ['<script src="a.js"> </script>', { kind: 'script', src: 'a.js' }],
    ['<script/>', { kind: 'script', source: '' }],
    ['<cancel sendid="i"/>', { kind: 'cancel', sendid: 'i' }],
    ['<cancel sendidexpr="i"/>', { kind: 'cancel', sendidexpr: 'i' }],
    [
      '<foreach array="a" item="i" index="n"><log/></foreach>',
      { kind: 'foreach', array: 'a', item: 'i', index: 'n', content: [{ kind: 'log' }] },
    ],
    [
      '<send event="e" target="t" type="y" id="i" delay="1s" namelist="a b.c"/>',
      { kind: 'send', event: 'e', target: 't', type: 'y', id: 'i', delay: '1s', namelist: ['a', 'b.c'] },
    ],
    [
      '<send eventexpr="e" targetexpr="t" typeexpr="y" idlocation="i" delayexpr="1"><content expr="c"/></send>',
      {
        ...{ kind: 'send', eventexpr: 'e', targetexpr: 't', typeexpr: 'y', idlocation: 'i', delayexpr: '1' },
        content: { expr: 'c' },
      },
    ],
    [
      '<send event="e"><param name="a" expr="1"/><param name="b" location="v"/></send>',
      {
        kind: 'send',
        event: 'e',
        params: [
          { name: 'a', expr: '1' },
          { name: 'b', expr: 'v', location: 'v' },
        ],
      },
    ],
    [
      '<if cond="a"><log/><elseif cond="b"/><raise event="e"/><raise event="f"/><else/></if>',
      {
        kind: 'if',
        branches: [
          { cond: 'a', content: [{ kind: 'log' }] },
          {
            cond: 'b',
            content: [
              { kind: 'raise', event: 'e' },
              { kind: 'raise', event: 'f' },
            ],
          },
          {},
        ],
      },
    ],
  ];
  for (const [xml, action] of table) {
    it(`reads ${xml}`, () => {
      expect(actions(xml).map(bare)).to.deep.equal([action]);
    });
  }

  it('keeps elements of other namespaces as actions where actions stand, also within if', () => {
    const [first, second] = actions('<x:do a="1"><x:sub/></x:do><if cond="c"><x:it/></if>');
    expect(
      first?.kind === 'extension' && [first.element.namespace, first.element.name, first.element.children.length],
    ).to.deep.equal([...['urn:x', 'do', 1]]);
    expect(second?.kind === 'if' && second.branches[0]?.content[0]?.kind).to.equal('extension');
  });

  it('passes over elements and attributes of other namespaces everywhere else', () => {
    const text = scxml('<x:a/><datamodel><x:b/></datamodel><state x:c="1"><x:d><state/></x:d></state>', 'x:e="1"');
    expect(read(text).problems).to.deep.equal([]);
    expect(parse(text).children).to.have.length(1);
  });

  it('reads an invocation', () => {
    const xml = '<param name="a" expr="1"/><finalize><log/></finalize>';
    expect(bare(invoke(xml, 'type="t" src="s" id="i" autoforward="true" namelist="n"'))).to.deep.equal({
      ...{ type: 't', src: 's', id: 'i', autoforward: true, namelist: ['n'] },
      ...{ params: [{ name: 'a', expr: '1' }], finalize: [{ kind: 'log' }] },
    });
    expect(bare(invoke('', 'typeexpr="t" srcexpr="s" idlocation="i"'))).to.deep.equal({
      ...{ typeexpr: 't', srcexpr: 's', idlocation: 'i', autoforward: false },
    });
    expect(invoke('<finalize/>')?.finalize).to.deep.equal([]);
  });

  it('gives a nested document as XML that can be read alone, and does not judge it', () => {
    const content = invoke(
      '<content>\n <scxml version="1.0"><nonsense/><state id="n"><x:y/></state></scxml>\n</content>',
    )?.content;
    const inline = content?.inline;
    if (!inline || !('xml' in inline)) throw new Error('no XML');
    expect(inline.xml).to.match(
      /^<scxml xmlns="http:\/\/www\.w3\.org\/2005\/07\/scxml" xmlns:x="urn:x" version="1\.0">/,
    );
    expect(read(inline.xml).problems.map(({ message }) => message)).to.deep.equal([
      '<nonsense> is no element of SCXML 1.0',
    ]);
  });

  it('tells text, one element and mixtures apart', () => {
    const inline = (body: string) => {
      const found = document(`<datamodel><data id="d">${body}</data></datamodel><state/>`).data[0]?.inline;
      if (!found || 'text' in found) return bare(found);
      return { xml: found.xml, name: found.element?.name };
    };
    expect(inline(' [1,\n 2] ')).to.equal(' [1,\n 2] ');
    expect(inline(' \n ')).to.equal(undefined);
    expect(inline('\n <b xmlns=""><c/></b> ')).to.deep.equal({
      xml: '<b xmlns:x="urn:x" xmlns=""><c/></b>',
      name: 'b',
    });
    expect(inline('1 &lt; <b xmlns=""/>')).to.deep.equal({
      xml: '1 &lt; <b xmlns:x="urn:x" xmlns=""/>',
      name: undefined,
    });
  });

  it('reads what a final state gives', () => {
    const [final] = document('<final><donedata><param name="a" location="b"/></donedata></final>').children;
    expect(bare(final?.donedata)).to.deep.equal({ params: [{ name: 'a', expr: 'b', location: 'b' }] });
    expect(
      bare(document('<final><donedata><content>x</content></donedata></final>').children[0]?.donedata),
    ).to.deep.equal({
      ...{ content: { inline: 'x' } },
    });
  });

  it('knows where each expression stands', () => {
    const text =
      '<scxml version="1.0">\n<state>\n <transition\n   cond="a"\n   event="e"/>\n<onentry><send event="e"\n  namelist="a\n  bc d"/></onentry></state></scxml>';
    const [first] = parse(text).children;
    expect(first?.transitions[0]?.cond).to.deep.equal({ text: 'a', at: { line: 4, column: 10 } });
    const [send] = first?.onentry[0] ?? [];
    expect(send?.kind === 'send' && send.namelist.map(({ at }) => at)).to.deep.equal([
      ...[
        { line: 7, column: 13 },
        { line: 8, column: 3 },
        { line: 8, column: 6 },
      ],
    ]);
  });
});
