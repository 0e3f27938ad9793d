import { judge, type Row, entry } from './faulty.js';

describe('an author is told of what cannot be assigned', () => {
  const readOnly = (place: string, name: string): string => `error ${place}: ${name} is read-only (SCXML 5.10)`;
  judge([
    ...['_event', '_sessionid', '_name', '_ioprocessors', '_x'].map((name): Row => [
      `the location ${name}`,
      entry(`<assign location="${name}" expr="1"/>`),
      readOnly('3:19', name),
    ]),
    ['a field of the event', entry('<assign location="_event.name" expr="1"/>'), readOnly('3:19', '_event')],
    ['the data of the event', entry('<assign location="_event.data" expr="1"/>'), readOnly('3:19', '_event')],
    ['what is below the data of the event', entry('<assign location="_event.data.a" expr="1"/>')],
    ['a script', entry('<script>\n  _name = "x";</script>'), readOnly('4:3', '_name')],
    ['a field in a script', entry('<script>var a = 1; [a, _x.b.c] = [1, 2];</script>'), readOnly('3:24', '_x')],
    ['a count', entry('<script>_ioprocessors.n++</script>'), readOnly('3:9', '_ioprocessors')],
    ['a deletion', entry('<script>delete _event["name"]</script>'), readOnly('3:16', '_event')],
    ['a script of the document', '<script>var _event = 1;</script><state/>', readOnly('2:13', '_event')],
    ['an idlocation', entry('<send event="e" target="x" idlocation="_name"/>'), readOnly('3:40', '_name')],
    [
      'a variable of <data>',
      '<datamodel>\n  <data id="_event"/></datamodel><state/>',
      'error 3:3: "_event" cannot be the name of a variable',
    ],
    [
      'an item of <foreach>',
      entry('<foreach array="[]" item="_x"/>'),
      'error 3:27: "_x" cannot be the name of a variable',
    ],
    [
      'an index of <foreach>',
      entry('<foreach array="[]" item="a" index="for"/>'),
      'error 3:37: "for" cannot be the name of a variable',
    ],
  ]);
});
