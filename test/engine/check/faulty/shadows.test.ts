import { judge } from './faulty.js';

describe('an author is told of transitions that are never taken', () => {
  const two = (first: string, second: string): string =>
    `<state id="s">\n<transition ${first} target="t"/>\n<transition ${second} target="t"/></state><state id="t"/>`;
  const never = 'warning 4:1: this transition of <state id="s"> is never taken: the one at line 3 always comes first';
  judge([
    ['one of the same event', two('event="a"', 'event="a"'), never],
    ['one of a longer event', two('event="a"', 'event="a.b.c" cond="In(\'s\')"'), never],
    ['one after a descriptor with a star', two('event="a.*"', 'event="a"'), never],
    ['one after the star', two('event="*"', 'event="error.execution"'), never],
    ['one whose events are all covered', two('event="a b"', 'event="b.c a"'), never],
    ['one after a condition that is true', two('event="a" cond=" true "', 'event="a"'), never],
    ['an eventless one', two('', 'cond="In(\'s\')"'), never],
    ['one after a condition', two('event="a" cond="In(\'s\')"', 'event="a"')],
    ['one of a shorter event', two('event="a.b"', 'event="a"')],
    ['one of a similar event', two('event="a"', 'event="ab"')],
    ['one with an event of its own', two('event="a"', 'event="a b"')],
    ['one with an event after an eventless one with a condition', two('cond="In(\'s\')"', 'event="a"')],
  ]);
});
