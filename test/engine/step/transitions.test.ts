/** Which transitions are taken, what they exit and enter: the parts of Appendix D that the suites leave open. */
import { expect } from 'chai';
import { Stepping, heard, log } from './stepping.js';

const to = (target: string, event = 'e', more = '') => `<transition event="${event}" target="${target}" ${more}/>`;

describe('the choice of transitions', () => {
  const matching: [descriptor: string, name: string, matches: boolean][] = [
    ['a', 'a', true],
    ['a', 'a.b', true],
    ['a.', 'a.b', true],
    ['a.*', 'a', true],
    ['a.b', 'a', false],
    ['a', 'ab', false],
    ['x a', 'a.b.c', true],
    ['*', 'anything.at.all', true],
    ['a.b', 'a.bc', false],
  ];
  for (const [descriptor, name, matches] of matching)
    it(`"${descriptor}" ${matches ? 'matches' : 'does not match'} ${name}`, () => {
      const chart = new Stepping(`<state id="s">${to('t', descriptor)}</state><state id="t"/>`);
      chart.send(name);
      expect(chart.configuration).to.equal(matches ? 't' : 's');
    });

  it('goes by the order of the document, not by how much a descriptor says', () => {
    const chart = new Stepping(
      `<state id="s">${to('any', '*')}${to('more', 'a')}${to('most', 'a.b')}</state>
      <state id="any">${to('more', 'a')}${to('most', 'a.b')}</state><state id="more"/><state id="most"/>`,
    );
    chart.send('a.b');
    expect(chart.configuration).to.equal('any');
    chart.send('a.b');
    expect(chart.configuration).to.equal('more');
  });

  it('asks the inner state first, and the outer one where the condition of the inner does not hold', () => {
    const chart = new Stepping(
      `<state id="outer">${to('far')}<state id="inner"><transition event="e" cond="false" target="near"/></state></state>
      <state id="near"/><state id="far"/>`,
    );
    chart.send('e');
    expect(chart.configuration).to.equal('far');
  });

  it('lets a targetless transition of one region and one of the ancestor both be taken', () => {
    const chart = new Stepping(
      `<parallel id="p"><transition event="e">${log("'of p'")}</transition>
        <state id="a"><transition event="e">${log("'of a'")}</transition></state><state id="b"/><state id="c"/></parallel>`,
    );
    expect(chart.send('e')).to.deep.equal(['of a', 'of p']);
  });

  it("lets a region's transition preempt that of the parallel state which another region brought", () => {
    const chart = new Stepping(
      `<parallel id="p">${to('out')}<state id="a"><state id="a1">${to('a2')}</state><state id="a2"/></state>
        <state id="b"/></parallel><state id="out"/>`,
    );
    expect(chart.send('e')).to.deep.equal(['-a1', '+a2']);
  });

  it('lets the descendant win though the ancestor was selected before it', () => {
    const chart = new Stepping(
      `<parallel id="p">${to('out')}<state id="a"/><state id="b"><state id="b1">${to('b2')}</state><state id="b2"/></state>
      </parallel><state id="out"/>`,
    );
    expect(chart.send('e')).to.deep.equal(['-b1', '+b2']);
  });

  it('lets the first in document order win between two regions that both want to leave', () => {
    const chart = new Stepping(
      `<parallel id="p"><state id="a">${to('x')}</state><state id="b">${to('y')}</state></parallel>
      <state id="x"/><state id="y"/>`,
    );
    expect(chart.send('e')).to.deep.equal(['-b', '-a', '-p', '+x']);
  });

  it('takes the compound state above a parallel one as domain: going across regions leaves and enters all of them', () => {
    const chart = new Stepping(
      `<parallel id="p"><state id="a"><state id="a1">${to('b2')}</state></state>
        <state id="b"><state id="b1"/><state id="b2"/></state></parallel>`,
    );
    expect(chart.send('e')).to.deep.equal(['-b1', '-b', '-a1', '-a', '-p', '+p', '+a', '+a1', '+b', '+b2']);
  });
});

describe('an internal transition', () => {
  const inside = (attributes: string) =>
    new Stepping(`<state id="s">${to('s2', 'e', attributes)}<state id="s1"/><state id="s2"/></state>`).send('e');

  it('of a compound state to its descendant does not leave it', () => {
    expect(inside('type="internal"')).to.deep.equal(['-s1', '+s2']);
    expect(inside('')).to.deep.equal(['-s1', '-s', '+s', '+s2']);
  });

  it('of a compound state to itself leaves it all the same', () => {
    const chart = new Stepping(`<state id="s">${to('s', 'e', 'type="internal"')}<state id="s1"/></state>`);
    expect(chart.send('e')).to.deep.equal(['-s1', '-s', '+s', '+s1']);
  });

  it('of an atomic state leaves it', () => {
    expect(new Stepping(`<state id="s">${to('s', 'e', 'type="internal"')}</state>`).send('e')).to.deep.equal([
      '-s',
      '+s',
    ]);
  });

  it('of a parallel state leaves it', () => {
    const chart = new Stepping(
      `<parallel id="p">${to('a2', 'e', 'type="internal"')}<state id="a"><state id="a1"/><state id="a2"/></state></parallel>`,
    );
    expect(chart.send('e')).to.deep.equal(['-a1', '-a', '-p', '+p', '+a', '+a2']);
  });
});

describe('history', () => {
  it('is recorded by the very microstep that returns to it', () => {
    const chart = new Stepping(
      `<state id="s"><history id="h"><transition target="s1"/></history>
        ${to('h', 'return')}${to('s2', 'next')}<state id="s1"/><state id="s2"/></state>`,
    );
    chart.send('next');
    expect(chart.send('return')).to.deep.equal(['-s2', '-s', '+s', '+s2']);
  });

  it('that is shallow enters the child by its default, deep the very state', () => {
    const body = (type: string) => `<state id="s"><history id="h" type="${type}"><transition target="c"/></history>
      ${to('out', 'leave')}<state id="c"><state id="c1">${to('c2', 'next')}</state><state id="c2"/></state></state>
      <state id="out">${to('h', 'back')}</state>`;
    for (const [type, last] of [
      ['shallow', 'c1'],
      ['deep', 'c2'],
    ] as const) {
      const chart = new Stepping(body(type));
      chart.send('next', 'leave');
      expect(chart.again().send('back'), type).to.deep.equal(['-out', '+s', '+c', `+${last}`]);
    }
  });

  it('runs its default content after the onentry of its parent, and only where nothing was recorded', () => {
    const chart = new Stepping(
      `<state id="out">${to('h', 'in')}</state>
      <state id="s"><onentry>${log("'entry'")}</onentry>${to('out', 'leave')}
        <history id="h"><transition target="s1">${log("'default'")}</transition></history><state id="s1"/></state>`,
    );
    expect(chart.send('in')).to.deep.equal(['-out', '+s', 'entry', 'default', '+s1']);
    chart.send('leave');
    expect(chart.send('in')).to.deep.equal(['-out', '+s', 'entry', '+s1']);
  });
});

describe('done.state', () => {
  const region = (id: string) =>
    `<state id="${id}"><state id="${id}1">${to(`${id}f`, id)}</state><final id="${id}f"/></state>`;
  const both = `<parallel id="p">${region('a')}${region('b')}
    <transition event="done.state">${heard}</transition></parallel>`;

  it('of a parallel state follows that of its last region', () => {
    const chart = new Stepping(both);
    expect(chart.send('a')).to.deep.equal(['-a1', '+af', 'done.state.a']);
    expect(chart.send('b')).to.deep.equal(['-b1', '+bf', 'done.state.b', 'done.state.p']);
  });

  it('counts the regions that were final when the session was saved', () => {
    const chart = new Stepping(both);
    chart.send('a');
    expect(chart.again().send('b')).to.deep.equal(['-b1', '+bf', 'done.state.b', 'done.state.p']);
  });
});
