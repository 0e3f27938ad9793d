import { expect } from 'chai';
import { judge, told } from './faulty.js';

const invoke = (content: string, attributes = '') =>
  `<state id="s"><invoke${attributes}>\n<content>${content}</content></invoke></state>`;
const inner = (body: string, attributes = 'version="1.0"') => `<scxml ${attributes}>\n${body}\n</scxml>`;

describe('an author is told of what is invoked', () => {
  judge([
    [
      'an unknown target',
      invoke(inner('<state><transition target="no"/></state>')),
      'error 4:8: there is no state "no"',
    ],
    [
      'a state that nothing enters',
      invoke(inner('<state/><state id="b"/>')),
      'warning 4:9: <state id="b"> is never entered',
    ],
    [
      'an expression that does not parse',
      invoke(inner('<state><onentry><log expr="a b"/></onentry></state>')),
      'error 4:30: Unexpected token',
    ],
    [
      'a variable that is only declared outside',
      `<datamodel><data id="mine"/></datamodel>\n${invoke(inner('<state><onentry><log expr="mine"/></onentry></state>'))}`,
      'warning 5:28: variable "mine" is read and not declared',
    ],
    [
      'an expression of the null datamodel',
      invoke(inner('<state><transition event="e" cond="1"/></state>', 'version="1.0" datamodel="null"')),
      'error 4:36: the only condition of the null datamodel',
    ],
    [
      'a document inside of a document inside',
      invoke(inner(invoke(inner('<nonsense/><state/>')))),
      'error 6:1: <nonsense> is no element of SCXML 1.0',
    ],
    ['what is no document', invoke('\n<other/>'), 'error 4:1: the root element is <other>'],
    ['a wrong version', invoke(inner('<state/>', 'version="2"')), 'warning 3:26: version is not "1.0"'],
    [
      'a document that is written as text',
      invoke(
        `<![CDATA[${inner('<state>\n<onentry><log expr="a b"/></onentry></state>', 'xmlns="http://www.w3.org/2005/07/scxml" version="1.0"')}]]>`,
      ),
      'error 5:23: Unexpected token',
    ],
    ['text that is no XML', invoke('<![CDATA[\n<scxml>]]>'), 'error 4:1: <scxml> is never closed'],
    ['nothing, of a right one', invoke(inner('<state id="s"/><final id="f"/>'.replace('<final id="f"/>', '')))],
    ['nothing, of what is invoked as something else', invoke('<other/>', ' type="urn:other"')],
    ['nothing, of what may be anything', `<datamodel><data id="t"/></datamodel>${invoke('<other/>', ' typeexpr="t"')}`],
  ]);

  it('and all is told in the order of the text', () => {
    expect(
      told(`${invoke(inner('<state><transition target="no"/></state>'))}\n<state id="u"/>`).map((line) =>
        line.slice(0, 13),
      ),
    ).to.deep.equal(['error 4:8: th', 'warning 6:1: ']);
  });
});
