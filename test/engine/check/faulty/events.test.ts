import { judge } from './faulty.js';

describe('an author is told of events that nothing waits for', () => {
  const unheard = (place: string, event: string): string =>
    `warning ${place}: no transition waits for event "${event}"`;
  const waiting = (content: string, event: string): string =>
    `<state id="s"><onentry>\n${content}</onentry><transition event="${event}"/></state>`;
  judge([
    ['<raise>', waiting('<raise event="a"/>', 'b'), unheard('3:1', 'a')],
    [
      'a misspelt one',
      waiting('<raise event="offer.acepted"/>', 'offer.accepted'),
      `${unheard('3:1', 'offer.acepted')}: did you mean offer.accepted?`,
    ],
    ['<send> to the session itself', waiting('<send event="a" delay="1s"/>', 'a.b'), unheard('3:1', 'a')],
    ['<send> to #_internal', waiting('<send event="a" target="#_internal" type="scxml"/>', 'b'), unheard('3:1', 'a')],
    [
      'one inside of others',
      waiting('<if cond="true"><foreach array="[]" item="i">\n<raise event="a"/></foreach></if>', 'ab'),
      unheard('4:1', 'a'),
    ],
    ['none that a prefix takes', waiting('<raise event="a.b.c"/>', 'a.b.*')],
    ['none that the star takes', waiting('<raise event="a"/>', '*')],
    [
      'none that go to others',
      waiting('<send event="a" target="#_parent"/><send event="a" type="x"/><send event="a" targetexpr="\'x\'"/>', 'b'),
    ],
    ['none whose name is not written', waiting('<send eventexpr="\'a\'"/>', 'b')],
    [
      'none that may be forwarded',
      '<state id="s"><invoke src="a" autoforward="true"/><onentry><send event="a"/></onentry></state>',
    ],
  ]);
});
