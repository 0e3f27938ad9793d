import { expect } from 'chai';
import { judge, entry, told } from './faulty.js';

describe('an author is told of the structure', () => {
  judge([
    ['a state that nothing enters', '<state id="a"/>\n<state id="b"/>', 'warning 3:1: <state id="b"> is never entered'],
    [
      'targets that exclude each other',
      '<state id="s"><transition event="e" target="a b"/></state><state id="a"/><state id="b"/>',
      'error 2:15: targets "a" and "b" cannot be active together',
    ],
    [
      'a history without a default',
      '<state id="a"><history id="h"/><state id="b"><transition event="e" target="h"/></state></state>',
      'error 2:15: <history id="h"> needs exactly one <transition>',
    ],
    [
      'a condition that does not parse',
      '<state id="s"><transition event="e" cond="a b"/></state>',
      'error 2:45: Unexpected token',
    ],
    ['a script that does not parse', entry('<script>\nif (</script>'), 'error 4:5: Unexpected token'],
    [
      'a second line of a script',
      entry('<script><!-- first --> var a = 1;\n var = 2;</script>'),
      'error 4:6: Unexpected token',
    ],
  ]);

  it('and of an unknown variable of the attribute initial all the same', () => {
    expect(told('<state id="first"/>', ' initial="frist"')).to.deep.equal([
      'error 1:123: there is no state "frist": did you mean first?',
    ]);
  });
});
