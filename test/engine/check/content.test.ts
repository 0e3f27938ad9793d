import { type Row, inEntry, inState, judge, scxml } from './table.js';

describe('check of executable content', () => {
  judge([
    [inEntry('<if cond="a"><elseif cond="b"/><else/></if>')],
    [inEntry('<if cond="a"><else/><elseif cond="b"/></if>'), 'error 2:44: nothing can follow <else>'],
    [inEntry('<if cond="a"><raise event="a b"/></if>'), 'error 2:37: event "a b" is no event name'],
    [inEntry('<foreach array="a" item="b"><raise event=""/></foreach>'), 'error 2:52: event "" is no event name'],
    [inEntry('<assign location="a"/>'), 'error 2:24: <assign> needs a value: give it expr or content'],
    [
      inEntry('<assign location="a" expr="1">2</assign>'),
      'error 2:24: <assign> cannot have expr and content together: keep one',
    ],
    [inEntry('<script src="a">b</script>'), 'error 2:24: <script> cannot have src and text together'],
    [scxml('<script src="a">b</script><state/>'), 'error 2:1: <script> cannot have src and text together'],
    [inEntry('<cancel/>'), 'error 2:24: <cancel> needs sendid or sendidexpr'],
    [inEntry('<cancel sendid="a" sendidexpr="b"/>'), 'error 2:24: <cancel> cannot have sendid and sendidexpr together'],
    [inEntry('<send/>'), 'error 2:24: <send> needs event or eventexpr'],
    [inEntry('<send type="http://x"/>')],
    [inEntry('<send typeexpr="x"/>')],
    [inEntry('<send event="a b"/>'), 'error 2:24: event "a b" is no event name'],
    ...['event', 'target', 'type', 'delay'].map((name): Row => [
      inEntry(`<send event="e" ${name === 'event' ? '' : `${name}="1s"`} ${name}expr="b"/>`),
      `error 2:24: <send> cannot have ${name} and ${name}expr together: keep one`,
    ]),
    [inEntry('<send event="e" id="a" idlocation="b"/>'), 'error 2:24: <send> cannot have id and idlocation'],
    [
      inEntry('<send event="e" namelist="a"><content/></send>'),
      'error 2:24: <send> cannot have <content> and namelist together',
    ],
    [
      inEntry('<send event="e"><content/><param name="a" expr="1"/></send>'),
      'error 2:24: <send> cannot have <content> and <param> together',
    ],
    [inEntry('<send event="e" namelist="a"><param name="b" expr="1"/></send>')],
    [
      inEntry('<send event="e"><content expr="1">2</content></send>'),
      'error 2:40: <content> cannot have expr and children together',
    ],
    [
      inEntry('<send event="e" target="#_internal" delay="1s"/>'),
      'error 2:24: an event to #_internal cannot be delayed',
    ],
    [
      inEntry('<send event="e" target="#_internal" delayexpr="x"/>'),
      'error 2:24: an event to #_internal cannot be delayed',
    ],
    ...['1s', '0s', '1.5s', '.5s', '20ms'].map((delay): Row => [inEntry(`<send event="e" delay="${delay}"/>`)]),
    ...['1', '1.s', 's', '-1s', '1m', '1 s', ''].map((delay): Row => [
      inEntry(`<send event="e" delay="${delay}"/>`),
      `error 2:24: delay "${delay}" is no time`,
    ]),
    [inState('<transition event="e"><send/></transition>'), 'error 2:37: <send> needs event'],
    [inState('<onexit><send/></onexit>'), 'error 2:23: <send> needs event'],
    [
      inState('<initial><transition target="t"><send/></transition></initial><state id="t"/>'),
      'error 2:47: <send> needs event',
    ],
    [inState('<invoke src="a"/>')],
    [inState('<invoke/>'), 'warning 2:15: <invoke> says not what to invoke'],
    [
      inState('<invoke type="a" typeexpr="b" src="c" srcexpr="d" id="e" idlocation="f"/>'),
      'error 2:15: <invoke> cannot have type and typeexpr',
      'error 2:15: <invoke> cannot have id and idlocation',
      'error 2:15: <invoke> cannot have src and srcexpr',
    ],
    [inState('<invoke src="a"><content/></invoke>'), 'error 2:15: <invoke> cannot have src and <content> together'],
    [
      inState('<invoke src="a" namelist="a"><param name="b" expr="1"/></invoke>'),
      'error 2:15: <invoke> cannot have namelist and <param> together',
    ],
    [
      inState('<invoke src="a"><finalize><if cond="a"><send event="e"/></if></finalize></invoke>'),
      'error 2:54: <send> cannot stand in <finalize>',
    ],
    [inState('<invoke src="a"><finalize><cancel/></finalize></invoke>'), 'error 2:41: <cancel> needs sendid'],
    [
      scxml('<final><donedata><content/><param name="a" expr="1"/></donedata></final>'),
      'error 2:8: <donedata> cannot have <content> and <param> together',
    ],
    [inState('<invoke><content><scxml><nonsense/><state id="s"/><send/></scxml></content></invoke>')],
  ]);
});
