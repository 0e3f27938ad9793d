/** Executable content in a step: errors and their data, ids, delays, queues and the order of effects. */
import { expect } from 'chai';
import { DocumentError } from '../../../engine/position.js';
import { Stepping, errorOf, heard, log } from './stepping.js';

const inEntry = (content: string, more = '') =>
  new Stepping(`<state id="a"><onentry>${content}</onentry>${more}</state>`);

describe('content that fails', () => {
  it('ends its own block, with the content of <if> and <foreach> around it, and no other block', () => {
    const chart = new Stepping(
      `<state id="a">
        <onentry>${log("'one'")}<if cond="true"><foreach array="[1, 2]" item="i">${log('i')}<script>no.where</script></foreach></if>
          ${log("'not this'")}</onentry>
        <onentry>${log("'two'")}</onentry>
        <transition event="error.execution">${log("'error'")}</transition>
      </state>`,
    );
    expect(chart.logged).to.deep.equal(['one', 1, 'two', 'error']);
  });

  it('tells the element, where it stands, and why', () => {
    expect(errorOf('\n  <assign location="nowhere" expr="1"/>')).to.deep.include({
      name: 'error.execution',
      type: 'platform',
    });
    const { data } = errorOf('\n  <assign location="nowhere" expr="1"/>') as { data: { reason: string } };
    expect(data).to.include({ tagname: 'assign', line: 3, column: 3 });
    expect(data.reason).to.include('nowhere');
  });

  const places: [content: string, tagname: string][] = [
    ['<log expr="no.where"/>', 'log'],
    ['<if cond="no.where"/>', 'if'],
    ['<foreach array="5" item="i"/>', 'foreach'],
    ['<send eventexpr="no.where"/>', 'send'],
    ['<send event="e"><param name="p" expr="no.where"/></send>', 'param'],
    ['<cancel sendidexpr="no.where"/>', 'cancel'],
    ['<unknown:thing xmlns:unknown="urn:unknown"/>', 'thing'],
  ];
  for (const [content, tagname] of places)
    it(`names <${tagname}> for ${content}`, () => {
      expect((errorOf(content) as { data: unknown }).data).to.include({ tagname });
    });

  it('has the id of the send that failed', () => {
    expect(errorOf('<send id="mine" event="e" target="nobody"/>')).to.include({
      name: 'error.execution',
      sendid: 'mine',
    });
    expect(errorOf('<send id="mine" event="e" target="#_nobody"/>')).to.include({
      name: 'error.communication',
      sendid: 'mine',
    });
  });

  it('in a condition is false, and error.execution', () => {
    const chart = new Stepping(
      `<state id="a"><transition event="e" cond="no.where" target="b"/><transition event="e">${log("'second'")}</transition>
        <transition event="error">${log('_event.data.tagname')}</transition></state><state id="b"/>`,
    );
    expect(chart.send('e')).to.deep.equal(['second', 'transition']);
  });
});

describe('send', () => {
  const delays: [delay: string, ms: number][] = [
    ['1s', 1000],
    ['1.5s', 1500],
    ['.5s', 500],
    ['200ms', 200],
    ['0s', 0],
    [' 2s ', 2000],
  ];
  for (const [delay, ms] of delays)
    it(`waits ${ms} ms for "${delay}"`, () => {
      expect(inEntry(`<send event="e" delay="${delay}"/>`).of('send')[0]).to.include({ delay: ms });
      expect(inEntry(`<send event="e" delayexpr="'${delay}'"/>`).of('send')[0]).to.include({ delay: ms });
    });

  it('refuses other delays when it checks, and when they come from an expression', () => {
    expect(() => inEntry('<send event="e" delay="soon"/>')).to.throw(DocumentError, /"soon"/);
    expect(errorOf(`<send event="e" delayexpr="'-1s'"/>`)).to.include({ name: 'error.execution' });
  });

  it('puts its id into idlocation before it is sent, another each time', () => {
    const chart = new Stepping(
      `<datamodel><data id="one"/><data id="two"/></datamodel><state id="a"><onentry>
        <send event="e" idlocation="one"><param name="id" expr="one"/></send><send event="e" idlocation="two"/>
        ${log('[one, two]')}</onentry></state>`,
    );
    const [one, two] = chart.of('send');
    expect(chart.logged).to.deep.equal([[one?.sendid, two?.sendid]]);
    expect(one?.sendid).not.to.equal(two?.sendid);
    expect(one?.event).to.deep.include({ sendid: one?.sendid, data: { id: one?.sendid } });
  });

  it('leaves the event of an anonymous send without sendid, though it can be told apart', () => {
    const [one, two] = inEntry('<send event="e"/><send event="e"/>').of('send');
    expect(one?.event.sendid).to.equal(undefined);
    expect(one?.sendid).not.to.equal(two?.sendid);
  });

  it('to #_internal takes its turn among raised events', () => {
    const chart = inEntry(
      '<raise event="one"/><send event="two" target="#_internal"/><raise event="three"/>',
      `<transition event="*">${log("_event.name + ' ' + _event.type + ' ' + _event.origin")}</transition>`,
    );
    expect(chart.logged).to.deep.equal([
      'one internal undefined',
      'two internal undefined',
      'three internal undefined',
    ]);
    expect(chart.effects).to.deep.equal([]);
  });

  it('says where it comes from, and where it goes', () => {
    const [send] = inEntry('<send event="e" target="#_scxml_self"/>').of('send');
    expect(send).to.deep.include({ target: undefined, delay: 0 });
    expect(send?.event).to.include({ type: 'external', origin: '#_scxml_self' });
  });

  it('asks whoever steps whether a session is there', () => {
    const body = `<state id="a"><onentry><send event="e" target="#_scxml_here"/><send event="e" target="#_scxml_gone"/></onentry>
      <transition event="error">${log('_event.name')}</transition></state>`;
    const chart = new Stepping(body, { reaches: (sessionid) => sessionid === 'here' });
    expect(chart.of('send').map(({ target }) => target)).to.deep.equal(['#_scxml_here']);
    expect(chart.logged).to.deep.equal(['error.communication']);
    expect(new Stepping(body).of('send')).to.have.lengthOf(2);
  });
});

describe('the effects of a step', () => {
  it('keep the order of the content that wanted them, over microsteps', () => {
    const chart = new Stepping(
      `<state id="a"><onexit><send event="exit"/></onexit>
        <transition event="go" target="b"><cancel sendid="x"/><raise event="on"/></transition></state>
      <state id="b"><onentry><send event="entry"/></onentry>
        <transition event="on" target="f"><send event="last"/></transition></state><final id="f"/>`,
    );
    chart.send('go');
    expect(chart.effects.map((effect) => (effect.type === 'send' ? effect.event.name : effect.type))).to.deep.equal([
      ...['exit', 'cancel', 'entry', 'last', 'done'],
    ]);
  });

  it('end with done and the donedata, and nothing is taken after it', () => {
    const chart = new Stepping(
      `<state id="a"><transition event="go" target="f"/></state>
      <final id="f"><onexit>${log("'left'")}</onexit><donedata><content expr="{ n: 1 }"/></donedata></final>`,
    );
    expect(chart.send('go')).to.deep.equal(['-a', '+f', 'left', '-f']);
    expect(chart.effects).to.deep.equal([{ type: 'done', output: { n: 1 }, cancelled: false }]);
    expect(chart.send('go')).to.deep.equal([]);
    expect(chart.effects).to.deep.equal([]);
  });

  it('of a cancelled session are those of its onexit, innermost first, and done', () => {
    const chart = new Stepping(
      `<state id="a"><onexit>${log("'outer'")}<send event="bye"/></onexit><state id="b"><onexit>${log("'inner'")}</onexit></state>
        <transition event="*">${heard}</transition></state>`,
    );
    expect(chart.cancel()).to.deep.equal(['inner', '-b', 'outer', '-a']);
    expect(chart.effects.map(({ type }) => type)).to.deep.equal(['send', 'done']);
    expect(chart.of('done')).to.deep.equal([{ type: 'done', output: undefined, cancelled: true }]);
  });
});
