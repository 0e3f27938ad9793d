import { judge, data } from './faulty.js';

describe('an author is told of sessions that never rest', () => {
  const timed = (content: string): string => `<state id="s">${content}</state>`;
  judge([
    ['a transition to nowhere', timed('<transition/>'), 'error 2:15: this transition of <state id="s"> never stops'],
    [
      'a transition to nowhere with content',
      timed('<transition><log/><raise event="e"/></transition><transition event="e"/>'),
      'error 2:15: this transition of <state id="s"> never stops',
    ],
    [
      'a state that enters itself',
      timed('<transition target="s"/>'),
      'error 2:15: <state id="s"> enters itself again without end',
    ],
    [
      'two states',
      '<state id="a"><transition target="b"/></state>\n<state id="b"><transition target="a"/></state>',
      'error 2:15: the session goes round without end: <state id="a"> -> <state id="b"> -> <state id="a">',
    ],
    [
      'three states after others, in a state with a start of its own',
      '<state id="z"><transition event="e" target="a"/></state>\n<state id="a" initial="b"><state/><state id="b"><transition target="c"/></state></state>\n<state id="c"><transition target="d"/></state>\n<state id="d"><transition cond="true" target="a"/></state>',
      'warning 3:27: <state> is never entered',
      'error 3:49: the session goes round without end: <state id="b"> -> <state id="c"> -> <state id="d"> -> <state id="b">',
    ],
    [
      'a transition of the state around',
      '<state id="a"><transition target="c"/><state id="b"/><state id="c"/></state>',
      'error 2:15: <state id="a"> enters itself again without end',
    ],
    [
      'a state in a <parallel>, which others may leave',
      '<parallel id="p"><state id="a"><transition/></state><state id="b"/></parallel>',
      'warning 2:32: this transition of <state id="a"> hardly ever stops',
    ],
    [
      'a loop with a condition and nothing that could change it',
      timed('<transition cond="In(\'t\')" target="t"/><transition target="s"/>') + '<state id="t"/>',
      'warning 2:54: <state id="s"> enters itself again and again',
    ],
    [
      'a loop that its content ends',
      data('i') +
        timed(
          '<transition cond="i &gt; 3" target="t"/><transition target="s"><assign location="i" expr="i + 1"/></transition>',
        ) +
        '<state id="t"/>',
    ],
    [
      'a way out by a history',
      '<state id="a"><history id="h"><transition target="b"/></history><state id="b"/></state><state id="c"><transition target="h"/></state>',
      'warning 2:15: <history id="h"> is never entered',
      'warning 2:88: <state id="c"> is never entered',
    ],
    [
      'the end',
      '<state id="a"><transition target="b"/></state><state id="b"><transition target="c"/></state><final id="c"/>',
    ],
    [
      'a loop that nothing enters',
      '<state id="a"/><state id="b"><transition target="b"/></state>',
      'warning 2:16: <state id="b"> is never',
    ],
  ]);
});
