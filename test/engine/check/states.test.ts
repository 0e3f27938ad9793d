import { judge, scxml } from './table.js';

describe('check of documents and names', () => {
  judge([
    [
      scxml('<state id="a"/>', 'datamodel="xpath"'),
      'error 1:1: datamodel "xpath" is not supported: write ecmascript or null',
    ],
    [scxml('<state id="a"/>', 'datamodel="null"')],
    [scxml('<datamodel/>'), 'error 1:1: <scxml> needs at least one'],
    [
      scxml('<parallel><state id="a"/>\n<state id="a"/></parallel>'),
      'error 3:1: id "a" is already that of the state at line 2: rename one',
    ],
    [scxml('<state id="a b"/>'), 'error 2:1: id "a b" can be no target'],
    [scxml('<state id=""/>'), 'error 2:1: id "" can be no target'],
    [scxml('<state id="1a"/>'), 'warning 2:1: id "1a" is no XML name'],
    [scxml('<state id="Zustand_ä.1-b"/>')],
    [
      scxml('<datamodel><data id="a-b"/></datamodel><state/>'),
      'error 2:12: "a-b" is no name for an ECMAScript variable',
    ],
    [scxml('<datamodel><data id="class"/></datamodel><state/>'), 'error 2:12: "class" is no name'],
    [scxml('<datamodel><data id="a-b"/></datamodel><state/>', 'datamodel="null"')],
    [scxml('<datamodel><data id="$a_1"/></datamodel><state/>')],
    [
      scxml('<datamodel><data id="a"/>\n<data id="a"/></datamodel><state/>'),
      'warning 3:1: variable "a" is also declared at line 2',
    ],
    [
      scxml('<datamodel><data id="a" src="f" expr="1"/></datamodel><state/>'),
      'error 2:12: <data> cannot have src and expr together',
    ],
    [
      scxml('<datamodel><data id="a" expr="1">2</data></datamodel><state/>'),
      'error 2:12: <data> cannot have expr and content',
    ],
  ]);
});

describe('check of states', () => {
  judge([
    [scxml('<state id="a"/>', 'initial="x"'), 'error 1:31: there is no state "x"'],
    [
      scxml('<state id="a" initial="b"><state id="c"/></state><state id="b"/>'),
      'error 2:24: initial "b" does not lie inside <state id="a">',
      'warning 2:27: <state id="c"> is never entered',
    ],
    [
      scxml('<state id="a" initial="a"><state/></state>'),
      'error 2:24: initial "a" does not lie inside',
      'warning 2:27: <state> is never entered',
    ],
    [scxml('<state id="a" initial="a"/>'), 'error 2:24: <state id="a"> has no child to start in: remove initial'],
    [
      scxml('<state id="a"><initial><transition target="a"/></initial></state>'),
      'error 2:24: <state id="a"> has no child to start in',
    ],
    [
      scxml('<state id="a"><initial><transition/></initial><state/></state>'),
      'error 2:24: initial of <state id="a"> names no state',
    ],
    [
      scxml('<parallel id="a" initial="b"><state id="b"/></parallel>'),
      'error 2:27: <parallel id="a"> enters all of its children: remove initial',
    ],
    [
      scxml('<state id="a"><history id="h"/><state id="b"><transition event="e" target="h"/></state></state>'),
      'error 2:15: <history id="h"> needs exactly one <transition>',
    ],
    [
      scxml(
        '<state id="a"><history id="h"><transition target="b"/><transition target="b"/></history><state id="b"><transition event="e" target="h"/></state></state>',
      ),
      'error 2:55: <history id="h"> needs exactly one',
    ],
    [
      scxml(
        '<state id="a"><history id="h"><transition event="e" target="b"/></history><state id="b"><transition event="e" target="h"/></state></state>',
      ),
      'error 2:31: the default of <history id="h"> is always taken: remove event and cond',
    ],
    [
      scxml(
        '<state id="a"><history id="h"><transition/></history><state id="b"><transition event="e" target="h"/></state></state>',
      ),
      'error 2:31: the default of <history id="h"> needs a target',
    ],
    [
      scxml(
        '<state id="a"><history id="h"><transition target="c"/></history><state id="b"><transition event="e" target="h c"/></state></state><state id="c"/>',
      ),
      'error 2:31: the default "c" of <history id="h"> does not lie inside <state id="a">',
      'error 2:79: targets "h" and "c" cannot be active together',
    ],
  ]);

  judge([
    [
      scxml(
        '<state id="a"><history id="h"><transition target="c"/></history><state id="b"><transition event="e" target="h"/><state id="c"/></state></state>',
      ),
      'warning 2:31: the default "c" of <history id="h"> is no child of <state id="a">: name one, or make the history deep',
    ],
    [
      scxml(
        '<state id="a"><history id="h" type="deep"><transition target="c"/></history><state id="b"><transition event="e" target="h"/><state id="c"/></state></state>',
      ),
    ],
  ]);
});
