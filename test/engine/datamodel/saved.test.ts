/** What was saved is said again only while it is still so. */
import { expect } from 'chai';
import { toData } from '../../../engine/datamodel/data.js';
import type { Guest } from './guest.js';
import { onBothKernels } from './kernels.js';

onBothKernels('a session that is saved again', ({ Guest }) => {
  const changes: readonly [string, (guest: Guest) => void][] = [
    ['a script', (guest) => guest.run('x.push(1)')],
    ['a value', (guest) => guest.value('x.push(1)')],
    ['a condition', (guest) => guest.condition('x.push(1)')],
    ['an assignment', (guest) => guest.assign('x', '7')],
    ['data', ({ scope }) => scope.defineData('x', 7)],
    ['a new variable', ({ scope }) => scope.declare('y')],
    ['a state', ({ scope }) => scope.entered('s')],
    ['a number drawn', (guest) => guest.value('Math.random()')],
  ];
  for (const [what, change] of changes)
    it(`is another after ${what}, and the same after nothing`, () => {
      const guest = new Guest({
        ...{ scripts: ['var x = []', 'x.push(1)'], locations: ['x'] },
        ...{ values: ['7', 'x.push(1)', 'Math.random()'], conditions: ['x.push(1)'] },
      });
      guest.run('var x = []');
      const before = guest.scope.save();
      guest.scope.begin(5);
      guest.scope.setEvent({ name: 'e', type: 'external' });
      expect(guest.scope.save()).to.equal(before);
      change(guest);
      const after = guest.scope.save();
      expect(after).not.to.equal(before);
      expect(guest.scope.save()).to.equal(after);
    });

  const texts = [
    '',
    'plain',
    '"',
    '\\',
    '\n',
    '\0',
    '\u2028',
    '\ud800',
    '\udc00',
    '😀',
    'é',
    'a'.repeat(100),
    'b'.repeat(101),
  ];
  for (const value of [...texts, 0, -0, 0.1, 1e21, 1e-7, -1, NaN, Infinity, 10n, true, false, null, undefined])
    it(`has ${Object.is(value, -0) ? '-0' : String(value).slice(0, 20)} again`, () => {
      const guest = new Guest({ values: ['x', 'y'] });
      guest.scope.defineData('x', toData(value));
      guest.scope.defineData('y', toData([value]));
      guest.reopen();
      expect(guest.value('x')).to.deep.equal(value);
      expect(guest.value('y')).to.deep.equal([value]);
    });
});
