import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMachine } from 'xstate';
import { compileText, machineConfig } from '../../../engine/index.js';
import { parse } from '../../../engine/parse/document.js';
import { runGraph } from '../../../server/cli/graph.js';
import { mermaid } from '../../../server/cli/mermaid.js';
import { packageRoot } from '../../../server/root.js';
import { scionCases, w3cCases } from '../../support/suite.js';
import { readDiagram } from './diagram.js';

const graph = (file: string, format?: 'mermaid' | 'xstate') => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = runGraph(file, { out: (line) => out.push(line), err: (line) => err.push(line) }, format);
  return { code, out: out.join('\n'), err: err.join('\n') };
};
const drawn = (body: string, attributes = '') =>
  readDiagram(mermaid(parse(`<scxml version="1.0"${attributes}>${body}</scxml>`)));
const callback = join(packageRoot, 'strategies/callback.scxml');
/** With what it includes. */
const whole = (file: string): string =>
  readFileSync(file, 'utf8').replace(/<xi:include href="([^"]+\.xml)"\/>/g, (_, part: string) =>
    readFileSync(join(file, '..', part), 'utf8'),
  );

describe('ringback graph', () => {
  it('draws a strategy with all its states and transitions', () => {
    const { code, out, err } = graph(callback);
    expect([code, err]).to.deep.equal([0, '']);
    const { states, edges } = readDiagram(out);
    const text = whole(callback).replace(/<!--[^]*?-->/g, '');
    const ids = [...text.matchAll(/<(?:state|parallel|final|history) id="(\w+)"/g)].map(([, id]) => id);
    expect([...states.keys()]).to.have.members(ids);
    expect(states.get('transferring')?.parent).to.equal('in_queue');
    expect(states.get('in_queue')?.parent).to.equal('online');
    expect(edges).to.include.members(['[*]  -> callback', '[*] working -> beginning', '[*] in_queue -> waiting']);
    expect(edges).to.include('dialling -> dialled: voice.createcall.done [_event.data.requestid === dial]');
    expect(edges.filter((edge) => !edge.includes('[*]'))).to.have.length([...text.matchAll(/<transition\b/g)].length);
  });

  it('draws regions, histories, ends and transitions that stay', () => {
    const { states, edges } = drawn(`
      <parallel id="p">
        <history id="back" type="deep"><transition target="b1"/></history>
        <state id="a"><history id="h"><transition target="a2"/></history><state id="a1"/><state id="a2"/></state>
        <state id="b" initial="b2"><state id="b1"/><state id="b2"/><final id="f"/></state>
        <transition event="e f.*" cond="x  &lt; 1"/>
      </parallel>
      <final id="end1"><onentry/></final>`);
    expect(
      Object.fromEntries(
        [...states].map(([name, { parent, label, region }]) => [name, `${parent} ${label} ${region}`]),
      ),
    ).to.deep.equal({
      p: ' p 0',
      back: 'p H* back 0',
      a: 'p a 0',
      h: 'a H h 0',
      a1: 'a a1 0',
      a2: 'a a2 0',
      b: 'p b 1',
      b1: 'b b1 0',
      b2: 'b b2 0',
      f: 'b f 0',
      end1: ' end1 0',
    });
    expect(edges).to.deep.equal([
      ...['[*]  -> p', '[*] a -> a1', '[*] b -> b2', 'f -> [*] b', 'end1 -> [*] '],
      ...['p -> p: e f.* [x < 1] (stays)', 'back -> b1', 'h -> a2'],
    ]);
  });

  it('draws one line for each target', () => {
    const body =
      '<state id="s"><transition event="e" target="a b"/></state><parallel id="p"><state id="a"/><state id="b"/></parallel>';
    expect(drawn(body).edges).to.deep.equal(['[*]  -> s', 's -> a: e', 's -> b: e']);
  });

  it('names what Mermaid cannot take anew, each state once, and writes the id into it', () => {
    const { states, edges } = drawn(
      '<state id="end"><transition event="a:b;c" cond="&quot;#1&quot; + {} %% x" target="a-b"/></state><state id="a.b"/><state id="a-b"/><state id="s_a_b"/><state id="Zustand_ä"/><state/><state/>',
    );
    expect([...states.values()].map(({ label }) => label)).to.deep.equal([
      'end',
      'a.b',
      'a-b',
      's_a_b',
      'Zustand_ä',
      '(state)',
      '(state)',
    ]);
    expect(new Set(states.keys()).size).to.equal(7);
    expect([...states.keys()].filter((name) => !/^[A-Za-z]\w*$/.test(name) || name === 'end')).to.deep.equal([]);
    expect(edges.at(-1)).to.equal(
      `s_end -> ${[...states].find(([, { label }]) => label === 'a-b')![0]}: a:b;c ["#1" + {} %% x]`,
    );
  });

  it('prints a machine configuration that XState takes', () => {
    const { code, out } = graph(callback, 'xstate');
    expect(code).to.equal(0);
    const machine = createMachine(JSON.parse(out) as Parameters<typeof createMachine>[0]);
    const { flow } = machine.root.states['callback']?.states ?? {};
    expect(Object.keys(flow?.states['working']?.states ?? {})).to.include('online');
  });

  it('prints what is wrong with a document, and exits with 1', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-graph-'));
    const file = join(folder, 'wrong.scxml');
    writeFileSync(file, '<scxml version="1.0">\n<state><transition target="x"/></state></scxml>');
    expect(graph(file)).to.deep.equal({ code: 1, out: '', err: `${file}:2:8: there is no state "x"` });
    expect(graph(join(folder, 'none.scxml')).code).to.equal(1);
    rmSync(folder, { recursive: true });
  });
});

describe('the graphs of the suites', () => {
  // test301 is to be refused: its script cannot be loaded.
  const cases = [...w3cCases(), ...scionCases()].filter(({ name }) => name !== '301');

  it('are diagrams that hold every state', () => {
    for (const { text, folder, name } of cases) {
      const document = parse(text);
      const { states } = readDiagram(mermaid(document));
      const count = (parts: readonly { children: readonly never[] }[]): number =>
        parts.reduce((sum, { children }) => sum + 1 + count(children), 0);
      expect(states.size, `${folder}/${name}`).to.equal(count(document.children as never));
    }
  });

  it('are machine configurations that XState takes', () => {
    for (const { text, resources, folder, name } of cases) {
      const config = machineConfig(compileText(text, { trusted: true, resources }));
      expect(JSON.parse(JSON.stringify(config)), `${folder}/${name}`).to.deep.equal(config);
      expect(() => createMachine(config as Parameters<typeof createMachine>[0]), `${folder}/${name}`).not.to.throw();
    }
  });
});
