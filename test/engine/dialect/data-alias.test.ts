/** `_data`, ORS's way to the variables of a session: the same variables under another name. */
import { expect } from 'chai';
import { onBothKernels } from '../datamodel/kernels.js';

onBothKernels('_data', ({ after, Guest }) => {
  const table: readonly (readonly [what: string, script: string, expression: string, value: unknown])[] = [
    ['reads a variable', 'var a = 1', '_data.a', 1],
    ['reads it by a computed name', 'var a = 1', "_data['a']", 1],
    ['writes a variable', 'var a = 1; _data.a = 2', 'a', 2],
    ['makes a variable', '_data.b = { c: 3 }', 'b.c', 3],
    ['shares what a variable holds', 'var a = [1]; _data.a.push(2)', 'a === _data.a && a.length', 2],
    ['says undefined for what is not there', '', 'typeof _data.nothing', 'undefined'],
    ['knows what is there', 'var a = 1', "['a' in _data, 'b' in _data].join()", 'true,false'],
    ['lists the variables and nothing of the platform', 'var a = 1, b = 2', 'Object.keys(_data).join()', 'a,b'],
    ['is walked by for in', 'var a = 1; var k = []; for (var n in _data) k.push(n)', 'k.join()', 'a,k,n'],
    ['lets a variable be deleted', 'var a = 1; delete _data.a', 'typeof _data.a', 'undefined'],
    ['reads what functions assign', 'function f() { _data.a = 5; } f();', '_data.a', 5],
    ['becomes JSON', 'var a = 1', 'JSON.stringify(_data)', '{"a":1}'],
  ];
  for (const [what, script, expression, value] of table) {
    it(what, () => {
      expect(after(script, expression)).to.deep.equal(value);
    });
  }

  const refused = {
    'a variable of the platform': '_data._event = 1',
    '_data itself': '_data._data = 1',
    'its prototype': 'Object.setPrototypeOf(_data, null)',
    'that it is frozen': 'Object.freeze(_data)',
    'an accessor': "Object.defineProperty(_data, 'a', { get() { return 1; } })",
  };
  for (const [what, script] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => after(script, '1')).to.throw(/TypeError/);
    });
  }

  it('refuses to be assigned to', () => {
    const guest = new Guest({ scripts: ['_data = 1'] });
    expect(guest.problems.map(({ message }) => message)).to.deep.equal(['_data is read-only (SCXML 5.10)']);
  });

  it('shows the same variables after a save', () => {
    const guest = new Guest({ scripts: ['_data.a = { n: 1 }; var b = a'], values: ['_data.a === b && _data.b.n'] });
    guest.run('_data.a = { n: 1 }; var b = a');
    guest.reopen();
    expect(guest.value('_data.a === b && _data.b.n')).to.equal(1);
  });
});
