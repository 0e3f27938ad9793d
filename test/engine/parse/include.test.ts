import { expect } from 'chai';
import { createActor } from 'xstate';
import { formatProblem, scxml as scxmlLogic } from '../../../engine/index.js';
import type { Document, State } from '../../../engine/document.js';
import { read } from '../../../engine/parse/document.js';
import { nameOf } from '../../../engine/parse/include/name.js';

type Files = Readonly<Record<string, string>>;

const scxml = (body: string, attributes = ''): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:xi="http://www.w3.org/2001/XInclude" version="1.0" ${attributes}>\n${body}\n</scxml>`;
const reading = (text: string, files: Files = {}) =>
  read(text, { uri: 'dir/outer.scxml', resources: (name) => files[name] });
const documentOf = (text: string, files: Files = {}): Document => {
  const { document, problems } = reading(text, files);
  expect(problems.map((problem) => formatProblem(problem, 'dir/outer.scxml'))).to.deep.equal([]);
  if (!document) throw new Error('no document');
  return document;
};
const flat = (states: readonly State[]): State[] => states.flatMap((state) => [state, ...flat(state.children)]);
const states = (document: Document): State[] => flat(document.children);

const main = scxml(
  `<state id="alone"/>
<state id="_composer_entry" initial="first">
  <state id="first">
    <onentry><send event="first.done"><param name="resolveid" expr="_my_prefix"/></send></onentry>
    <transition event="first.done" cond="_event.data.resolveid == _my_prefix" target="second third"/>
    <transition event="done.state.$$_MY_PREFIX_$$.first" target="$$_MY_PREFIX_$$.second"/>
  </state>
  <parallel id="both"><state id="second"/><state id="third"><history id="was"><transition target="x"/></history><state id="x"/></state></parallel>
  <final id="end"/>
</state>`,
  'initial="alone"',
);
const includeMain = '<xi:include href="Main.scxml" parse="xml" resolveid="MainWorkflow" xpointer="_composer_entry"/>';

describe('XInclude', () => {
  describe('parse="text"', () => {
    it('makes a file the text of a script', () => {
      const { scripts } = documentOf(
        scxml('<script><xi:include href="../include/common.js" parse="text"/></script><state id="a"/>'),
        {
          '../include/common.js': 'var a = 1 < 2;\r\nvar b;',
        },
      );
      expect(scripts[0]?.source?.text).to.equal('var a = 1 < 2;\nvar b;');
    });

    it('stands among comments, sections and other texts, in their order', () => {
      const body =
        '<script><!-- one --><![CDATA[var a = 1 < 2;]]><!-- two --><xi:include href="b.js" parse="text"/> var c = a &amp;&amp; b;</script><state id="a"/>';
      expect(documentOf(scxml(body), { 'b.js': 'var b;' }).scripts[0]?.source?.text).to.equal(
        'var a = 1 < 2;\nvar b;\n var c = a && b;',
      );
    });

    it('is data, too', () => {
      const body = '<datamodel><data id="d"><xi:include href="d.json" parse="text"/></data></datamodel><state id="a"/>';
      expect(documentOf(scxml(body), { 'd.json': '{"a":1}' }).data[0]?.inline).to.deep.include({ text: '{"a":1}' });
    });
  });

  describe('parse="xml"', () => {
    it('takes the element with the id alone, and puts resolveid before every id that it has or names', () => {
      const found = documentOf(scxml(includeMain, 'initial="MainWorkflow._composer_entry"'), { 'Main.scxml': main });
      expect(states(found).map(({ id }) => id)).to.deep.equal(
        ['_composer_entry', 'first', 'both', 'second', 'third', 'was', 'x', 'end'].map((id) => `MainWorkflow.${id}`),
      );
      expect(states(found).map(({ initial }) => initial?.targets)[0]).to.deep.equal(['MainWorkflow.first']);
      const targets = states(found).flatMap(({ transitions }) => transitions.map(({ targets }) => targets.join(' ')));
      expect(targets).to.deep.equal(
        ['second third', 'second', 'x'].map((each) => each.replace(/\w+/g, 'MainWorkflow.$&')),
      );
    });

    it('replaces the macro, and the variable by the same as a string', () => {
      const [, first] = states(documentOf(scxml(includeMain), { 'Main.scxml': main }));
      const [compared, done] = first?.transitions ?? [];
      expect(compared?.cond?.text).to.equal('_event.data.resolveid == "MainWorkflow"');
      expect(done?.events).to.deep.equal(['done.state.MainWorkflow.first']);
    });

    it('leaves what is no name of the variable alone', () => {
      const text = (expr: string) => scxml(`<state id="a"><onentry><log expr="${expr}"/></onentry></state>`);
      for (const expr of ['o._my_prefix', "o['_my_prefix']", 'a_my_prefix', '_my_prefix2', '(_my_prefix = 1)']) {
        const files = { 'a.scxml': text(expr) };
        const [a] = states(documentOf(scxml('<xi:include href="a.scxml" resolveid="P" xpointer="a"/>'), files));
        expect(a?.onentry[0]?.[0]).to.deep.nested.include({ 'expr.text': expr });
      }
    });

    it('adds prefixes up, and counts names from the file in which they stand', () => {
      const files = {
        'flows/Main.scxml': scxml(
          '<state id="m" initial="Sub.s"><onentry><script src="m.js"/></onentry><xi:include href="../sub/Sub.scxml" resolveid="Sub" xpointer="s"/></state>',
        ),
        'sub/Sub.scxml': scxml(
          '<state id="s"><transition event="$$_MY_PREFIX_$$.e" cond="_my_prefix" target="s"/><onentry><script><xi:include href="./s.js" parse="text"/></script></onentry></state>',
        ),
        'sub/s.js': 'f(_my_prefix)',
      };
      const found = documentOf(scxml('<xi:include href="flows/Main.scxml" resolveid="Main" xpointer="m"/>'), files);
      const [m, s] = states(found) as [State, State];
      expect([m.id, m.initial?.targets, s.id]).to.deep.equal(['Main.m', ['Main.Sub.s'], 'Main.Sub.s']);
      expect(m.onentry[0]?.[0]).to.include({ src: 'flows/m.js' });
      expect(s.transitions[0]).to.deep.include({ events: ['Main.Sub.e'], targets: ['Main.Sub.s'] });
      expect(s.transitions[0]?.cond?.text).to.equal('"Main.Sub"');
      expect(s.onentry[0]?.[0]).to.deep.nested.include({ 'source.text': 'f("Main.Sub")' });
    });

    it('is the default, and needs neither prefix nor id of an element', () => {
      const files = { 'a.xml': '<state id="a"><transition event="x.$$_MY_PREFIX_$$.y" target="a"/></state>' };
      const [a] = states(documentOf(scxml('<xi:include href="a.xml"/>'), files));
      expect([a?.id, a?.transitions[0]?.events, a?.transitions[0]?.targets]).to.deep.equal(['a', ['x.y'], ['a']]);
    });

    it('keeps content as text with what was included and replaced in it', () => {
      const files = { 'c.txt': 'a < b' };
      const body =
        '<state id="a"><onentry><send event="e"><content><p q="$$_MY_PREFIX_$$"><xi:include href="c.txt" parse="text"/></p></content></send></onentry></state>';
      const [a] = states(
        documentOf(scxml('<xi:include href="a.scxml" resolveid="P" xpointer="a"/>'), {
          ...files,
          'a.scxml': scxml(body),
        }),
      );
      expect(a?.onentry[0]?.[0])
        .to.have.nested.property('content.inline.xml')
        .that.matches(/^<p [^>]*q="P">a &lt; b<\/p>$/);
    });

    it('runs: a subroutine takes args_, ends with data, and who included it goes on', () => {
      const sub = scxml(
        `<state id="_composer_entry" initial="work"><state id="work">
           <onentry><script><xi:include href="work.js" parse="text"/></script>
             <send event="work.done"><param name="resolveid" expr="_my_prefix"/></send></onentry>
           <transition event="work.done" cond="_event.data.resolveid == _my_prefix" target="end"/></state>
         <final id="end"><donedata><param name="queue" expr="args_.vQueue + '/' + worked"/></donedata></final></state>`,
      );
      const text = scxml(
        `<datamodel><data id="args_" expr="{ vQueue: 'VQ_1' }"/><data id="result"/><data id="worked"/></datamodel>
         <state id="leg" initial="Sub._composer_entry">
           <xi:include href="flows/Sub.scxml" parse="xml" resolveid="Sub" xpointer="_composer_entry"/>
           <transition event="done.state.Sub._composer_entry" target="over"><assign location="result" expr="_event.data"/></transition>
         </state><state id="over"/>`,
        'datamodel="ecmascript"',
      );
      const files: Files = { 'flows/Sub.scxml': sub, 'flows/work.js': 'worked = _my_prefix;' };
      const actor = createActor(scxmlLogic(text, { trusted: true, resources: (name) => files[name] })).start();
      const { configuration, context } = actor.getSnapshot();
      expect(configuration).to.deep.equal(['over']);
      expect(context).to.deep.include({ result: { queue: 'VQ_1/Sub' } });
    });
  });

  const names: [href: string, base: string, name: string][] = [
    ['a.js', '', 'a.js'],
    ['./a/../b.js', '', 'b.js'],
    ['../a.js', '', '../a.js'],
    ['../../a.js', '../x/y.scxml', '../../a.js'],
    ['a.js', 'x/y.scxml?v=1/2', 'x/a.js'],
    ['/a.js', 'x/y.scxml', '/a.js'],
    ['../a.js', '/x.scxml', '/../a.js'],
    ['a.js', 'http://h/x/y.scxml', 'http://h/x/a.js'],
    ['http://h/./a.js', 'x', 'http://h/a.js'],
  ];
  for (const [href, base, name] of names)
    it(`calls ${href} in ${base === '' ? 'the document' : base} ${name}`, () => {
      expect(nameOf(href, base)).to.equal(name);
    });
});
