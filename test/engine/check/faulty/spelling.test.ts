import { judge, entry } from './faulty.js';

describe('an author is told of misspelt elements and attributes', () => {
  judge([
    ['an attribute', '<state idd="s"/>', 'warning 2:13: unknown attribute idd of <state> is ignored: did you mean id?'],
    [
      'an attribute in another case',
      '<state id="s"><transition Event="e" target="s"/></state>',
      'error 2:15: <state id="s"> enters itself again without end',
      'warning 2:34: unknown attribute Event of <transition> is ignored: did you mean event?',
    ],
    [
      'letters that changed places',
      '<state id="s">\n<transition event="e" traget="s"/></state>',
      'warning 3:31: unknown attribute traget of <transition> is ignored: did you mean target?',
    ],
    [
      'an attribute that is like no other',
      '<state id="s" colour="red"/>',
      'warning 2:23: unknown attribute colour of <state> is ignored: it has id, initial',
    ],
    [
      'an element',
      '<stat id="s"/><state id="t"/>',
      'error 2:1: <stat> is no element of SCXML 1.0: did you mean <state>?',
    ],
    [
      'an element of executable content',
      entry('<asign location="a" expr="1"/>'),
      'error 3:1: <asign> is no element of SCXML 1.0: did you mean <assign>?',
    ],
    [
      'an element of another place',
      '<state id="s"/>\n<onentyr/>',
      'error 3:1: <onentyr> is no element of SCXML 1.0: did you mean <onentry>?',
    ],
    ['an element that is like no other', entry('<print/>'), 'error 3:1: <print> is no element of SCXML 1.0'],
    [
      'a state',
      '<state id="waiting"><transition event="e" target="waitng"/></state>',
      'error 2:21: there is no state "waitng": did you mean waiting?',
    ],
  ]);
});
