/** Actions of other namespaces, read by a table of `Modules` and evaluated into effects. */
import { expect } from 'chai';
import type { Modules } from '../../../engine/modules.js';
import { DocumentError } from '../../../engine/position.js';
import { Stepping, errorOf, log } from './stepping.js';

const modules: Modules = {
  'example.com/voice': {
    call: {
      attributes: { to: 'value', line: 'value', mode: 'literal' },
      required: ['to'],
      params: true,
      content: true,
      children: { option: { attributes: { name: 'literal', value: 'value' } } },
    },
  },
};
const options = { modules };
const voice = 'xmlns:v="http://example.com/voice"';

const run = (content: string) =>
  new Stepping(
    `<datamodel><data id="n" expr="2"/><data id="id"/></datamodel>
    <state id="a"><onentry>${content}</onentry><transition event="error">${log('_event.data.reason')}</transition></state>`,
    { options, attributes: voice },
  );

describe('an action of a module', () => {
  it('has values of its expressions and the text of its literals', () => {
    const [effect] = run(`<v:call to="'+1' + n" mode="n + 1"/>`).of('module');
    expect(effect).to.deep.include({
      namespace: 'example.com/voice',
      name: 'call',
      attributes: { to: '+12', mode: 'n + 1' },
      params: {},
      content: undefined,
      children: [],
    });
    expect(effect?.at).to.deep.include({ line: 3 });
  });

  it('has parameters, content and the children that the table names', () => {
    const [effect] = run(
      `<v:call to="1"><param name="p" expr="n"/><content expr="[n]"/><v:option name="x" value="n * 2"/><v:other/></v:call>`,
    ).of('module');
    expect(effect).to.deep.include({
      params: { p: 2 },
      content: [2],
      children: [{ name: 'option', attributes: { name: 'x', value: 4 }, children: [] }],
    });
  });

  it('is known by its namespace with and without scheme', () => {
    const bare = new Stepping('<state id="a"><onentry><v:call to="1"/></onentry></state>', {
      options,
      attributes: 'xmlns:v="example.com/voice"',
    });
    expect(bare.of('module')).to.have.lengthOf(1);
  });

  it('has its request id assigned before its effect is there, another each time', () => {
    const chart = run(`<v:call to="1" requestid="id"/>${log('id')}<v:call to="id"/>`);
    const [first, second] = chart.of('module');
    expect(chart.logged).to.deep.equal([first?.requestid]);
    expect(second?.attributes).to.deep.equal({ to: first?.requestid });
    expect(second?.requestid).not.to.equal(first?.requestid);
  });

  it('does not happen when its request id has no place, or an attribute no value', () => {
    for (const content of ['<v:call to="1" requestid="no.where"/>', '<v:call to="no.where"/>']) {
      const chart = run(content);
      expect(chart.of('module'), content).to.deep.equal([]);
      expect(chart.logged, content).to.have.lengthOf(1);
    }
  });

  it('that no table knows is error.execution when it is run, and its block ends', () => {
    const chart = run(`${log("'before'")}<v:unheard/>${log("'after'")}`);
    expect(chart.logged[0]).to.equal('before');
    expect(chart.logged[1]).to.match(/<unheard> of namespace "http:\/\/example\.com\/voice"/);
    expect(chart.logged).to.have.lengthOf(2);
    expect(errorOf('<w:call xmlns:w="urn:w"/>', { options })).to.include({ name: 'error.execution' });
  });

  it('with an unknown attribute, or without a required one, makes the document unusable', () => {
    expect(() => run('<v:call to="1" colour="1"/>')).to.throw(DocumentError, /:3:\d+: .*"colour"/);
    expect(() => run('<v:call mode="x"/>')).to.throw(DocumentError, /"to"/);
  });
});
