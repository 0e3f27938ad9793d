import { judge, entry, data } from './faulty.js';

describe('an author is told of variables that are not declared', () => {
  const read = (place: string, name: string): string => `warning ${place}: variable "${name}" is read and not declared`;
  judge([
    ['one that is read', entry('<log expr="a + 1"/>'), `${read('3:12', 'a')}: add <data id="a"/>`],
    [
      'a misspelt one',
      data('customer') + entry('<log expr="1 + custmer"/>'),
      `${read('3:16', 'custmer')}: did you mean customer?`,
    ],
    ['one behind entities', entry('<if cond="1 &lt; 2 &amp;&amp; b"/>'), read('3:31', 'b')],
    ['one on a second line', entry('<log expr="[1,\n  c]"/>'), read('4:3', 'c')],
    [
      'one that is assigned to',
      entry('<assign location="a" expr="1"/>'),
      'error 3:19: variable "a" is assigned to and not declared: add <data id="a"/>',
    ],
    ['one whose field is assigned to', entry('<assign location="a.b" expr="1"/>'), read('3:19', 'a')],
    [
      'one in a namelist',
      entry('<send event="e" target="x" namelist="s1 s2"/>'),
      read('3:38', 's1'),
      read('3:41', 's2'),
    ],
    [
      'an idlocation',
      entry('<send event="e" target="x" idlocation="id"/>'),
      'error 3:40: variable "id" is assigned to',
    ],
    [
      'one that a script assigns to',
      entry('<script><![CDATA[\n  if (1 < 2 && Math.PI) total = 1;]]></script>'),
      'warning 4:25: variable "total" is assigned to and not declared',
    ],
    ['one in a function', '<script>function f(a) { return a + b; }</script><state/>', read('2:36', 'b')],
    ['one for all its uses in a source', entry('<log expr="a + a + a"/>'), read('3:12', 'a')],
    [
      'one in two sources of the same text',
      entry('<log expr="a"/>\n<log expr="a"/>'),
      read('3:12', 'a'),
      read('4:12', 'a'),
    ],
    ['one in the value of <data>', '<datamodel><data id="a" expr="b"/></datamodel><state/>', read('2:31', 'b')],
    ['one that typeof asks for', entry('<if cond="typeof a !== \'undefined\' &amp;&amp; a.b"/>')],
    [
      'none: <data>, <foreach>, scripts and what the platform provides',
      `${data('d')}<script src="lib.js"/><script>var v; let l; class C {} function f() {}</script>${entry(
        '<foreach array="[d, v, l, C, f, lib, add]" item="i" index="n"><log expr="[i, n, In(\'s\'), _event, _x, JSON, NaN]"/></foreach>',
      )}`,
    ],
    [
      'none where a script cannot be read',
      entry('<script>var a = ;</script><log expr="a"/>'),
      'error 3:17: Unexpected token',
    ],
    [
      'none where a script cannot be loaded',
      `<script src="no.js"/>${entry('<log expr="a"/>')}`,
      'error 2:1: script "no.js" cannot be loaded',
    ],
    [
      'both names of an empty finalize once',
      '<state id="s"><invoke src="a" namelist="n"><finalize/></invoke></state>',
      'error 2:41: variable "n" is assigned to',
    ],
  ]);
});
