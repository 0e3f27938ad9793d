import { type Row, inState, judge, scxml } from './table.js';

const regions =
  '<state id="a"><state id="a1"/></state><state id="b"><state id="b1"/></state><history id="h"><transition target="b"/></history>';

describe('check of transitions', () => {
  const parallel = (targets: string): string =>
    scxml(`<state id="s"><transition event="e" target="${targets}"/></state>\n<parallel id="p">${regions}</parallel>`);
  judge([
    [parallel('a1 b1'), 'warning 3:94: <history id="h"> is never entered'],
    [parallel('p h'), 'error 2:15: targets "p" and "h" cannot be active together'],
    [parallel('a1 h'), 'error 2:15: targets "a1" and "h" cannot be active together'],
  ]);

  judge([
    [scxml('<parallel id="p"><state id="a"><state id="a1"/></state><state id="b"/></parallel>', 'initial="a1 b"')],
    [
      scxml('<parallel id="p"><state id="a"><state id="a1"/></state><state id="b"/></parallel>', 'initial="a1 a"'),
      'error 1:31: targets "a1" and "a" cannot be active together',
    ],
    [
      scxml('<state id="a"/><state id="b"/>', 'initial="a b"'),
      'error 1:31: targets "a" and "b" cannot be active together: only different children of a <parallel> can',
    ],
    [
      scxml('<parallel id="p"><state id="a"/><state id="b"/></parallel>', 'initial="a b a"'),
      'warning 1:31: target "a" is named twice',
    ],
    [
      inState('<transition event="e" target="x y"/>'),
      'error 2:15: there is no state "x"',
      'error 2:15: there is no state "y"',
    ],
    ...['a', 'a.b', 'a.b.*', 'a.', '*', 'done.state.s_1', 'ä-ö'].map((event): Row => [
      inState(`<transition event="${event}"/>`),
    ]),
    ...['a..b', '.a', '.*', 'a*', '*.a', 'a.*.b', '**'].map((event): Row => [
      inState(`<transition event="${event}"/>`),
      `warning 2:15: event descriptor "${event}" is malformed`,
    ]),
  ]);
});

describe('check of what can be entered', () => {
  judge([
    [
      scxml('<state id="a"/>\n<state id="b"><state id="c"/></state>'),
      'warning 3:1: <state id="b"> is never entered: let a transition lead to it, or remove it',
    ],
    [
      scxml('<state id="a"/><state id="b"><transition event="e" target="c"/></state><state id="c"/>'),
      'warning 2:16: <state id="b"> is never',
      'warning 2:72: <state id="c"> is never',
    ],
    [
      scxml(
        '<state id="a"><transition event="e" target="c"/></state><state id="b"><transition event="f" target="d"/><state id="x"/><state id="c"/></state><state id="d"/>',
      ),
      'warning 2:105: <state id="x"> is never',
    ],
    [
      scxml(
        '<state id="a"><transition event="e" target="b1"/></state><parallel><state id="b"><state id="b1"/></state><state id="c"><state id="c1"/></state></parallel>',
      ),
    ],
    [
      scxml('<state id="a"><history id="h"><transition target="b"/></history><state id="b"/></state>'),
      'warning 2:15: <history id="h"> is never entered: let a transition return to it, or remove it',
    ],
    [
      scxml(
        '<state id="a"><history id="h"><transition target="c"/></history><state id="b"/><state id="c"/></state><state id="d"><transition event="e" target="h"/></state>',
        'initial="d"',
      ),
      'warning 2:65: <state id="b"> is never',
    ],
  ]);
});
