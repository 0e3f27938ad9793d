/** `<invoke>` as the step sees it: when it starts and is cancelled, its id, finalize and autoforward. SCXML 6.4, 6.5 */
import { expect } from 'chai';
import { Stepping, log } from './stepping.js';

const from = (invokeid: string, name: string, data = {}) => ({ name, type: 'external' as const, invokeid, data });

describe('invoke', () => {
  it('starts at the end of the macrostep, in document order', () => {
    const chart = new Stepping(
      `<parallel id="p"><onentry><raise event="on"/></onentry>
        <state id="a"><invoke id="one" src="1"/><invoke id="two" src="2"/></state>
        <state id="b"><invoke id="three" src="3"/><transition event="on"><send event="first"/></transition></state></parallel>`,
    );
    expect(chart.effects.map((effect) => ('invokeid' in effect ? effect.invokeid : effect.type))).to.deep.equal([
      ...['send', 'one', 'two', 'three'],
    ]);
  });

  it('does not start in a state that the same macrostep leaves, and is not cancelled there', () => {
    const chart = new Stepping(
      '<state id="a"><invoke src="x"/><transition target="b"/></state><state id="b"><invoke id="y" src="y"/></state>',
    );
    expect(chart.effects).to.have.lengthOf(1);
    expect(chart.of('invoke')[0]).to.include({ invokeid: 'y' });
  });

  it('is cancelled after the onexit of its state', () => {
    const chart = new Stepping(
      `<state id="a"><onexit><send event="left"/></onexit><invoke id="x" src="x"/>
        <transition event="go" target="b"/></state><state id="b"/>`,
    );
    chart.again().send('go');
    expect(chart.effects.map(({ type }) => type)).to.deep.equal(['send', 'uninvoke']);
  });

  it('has an id of its state and the platform, which idlocation is told', () => {
    const chart = new Stepping(
      `<datamodel><data id="where"/></datamodel><state id="a"><invoke src="x" idlocation="where"/>
        <transition event="ask">${log('where')}</transition></state>`,
    );
    const [invoke] = chart.of('invoke');
    expect(invoke?.invokeid).to.match(/^a\.\w+$/);
    expect(chart.send('ask')).to.deep.equal([invoke?.invokeid]);
  });

  it('that cannot evaluate its arguments is error.execution, and nothing is invoked', () => {
    const chart = new Stepping(
      `<state id="a"><invoke srcexpr="no.where"/><transition event="error">${log('_event.data.tagname')}</transition></state>`,
    );
    expect(chart.of('invoke')).to.deep.equal([]);
    expect(chart.logged).to.deep.equal(['invoke']);
  });

  it('runs finalize before the transitions are chosen, for its own events only', () => {
    const chart = new Stepping(
      `<datamodel><data id="got" expr="0"/></datamodel><state id="a">
        <invoke id="x" src="x"><finalize><assign location="got" expr="_event.data.n"/></finalize></invoke>
        <invoke id="y" src="y"/>
        <transition event="*" cond="got === 5">${log("'five'")}</transition>
        <transition event="*">${log('got')}</transition></state>`,
    );
    expect(chart.send(from('y', 'e', { n: 5 }), from('x', 'e', { n: 5 }))).to.deep.equal([0, 'five']);
  });

  it('with an empty finalize writes to the places of namelist and of param locations that the event names', () => {
    const chart = new Stepping(
      `<datamodel><data id="one" expr="1"/><data id="two" expr="2"/><data id="three" expr="{ in: 3 }"/></datamodel>
      <state id="a"><invoke id="x" src="x" namelist="one two"><finalize/></invoke>
        <invoke id="y" src="y"><param name="deep" location="three.in"/><param name="two" expr="two"/><finalize/></invoke>
        <transition event="*">${log('[one, two, three.in]')}</transition></state>`,
    );
    expect(chart.send(from('x', 'e', { one: 10, other: 1 }), from('y', 'e', { deep: 30, two: 20 }))).to.deep.equal([
      ...[[10, 2, 3]],
      [10, 2, 30],
    ]);
  });

  it('forwards every external event unchanged, and no internal one', () => {
    const chart = new Stepping(
      '<state id="a"><invoke id="x" src="x" autoforward="true"/><transition event="e"><raise event="inner"/></transition></state>',
    );
    const event = { name: 'e', type: 'external', sendid: 's', origin: 'o', data: { n: [1] } } as const;
    chart.again().send(event);
    expect(chart.of('forward')).to.deep.equal([{ type: 'forward', invokeid: 'x', event }]);
  });

  it('tells #_parent its own id with every event', () => {
    const chart = new Stepping('<state id="a"><onentry><send event="e" target="#_parent"/></onentry></state>', {
      input: { invokeid: 'me' },
    });
    expect(chart.of('send')[0]).to.deep.include({ target: '#_parent' });
    expect(chart.of('send')[0]?.event).to.include({ invokeid: 'me' });
  });

  it('gives values to top-level data of the same name, and to no other', () => {
    const chart = new Stepping(
      `<datamodel><data id="mine" expr="1"/></datamodel><state id="a"><datamodel><data id="inner" expr="2"/></datamodel>
        <onentry>${log('[mine, inner, typeof other]')}</onentry></state>`,
      { input: { params: { mine: 10, inner: 20, other: 30 } } },
    );
    expect(chart.logged).to.deep.equal([[10, 2, 'undefined']]);
  });
});
