import { expect } from 'chai';
import type { SendEffect } from '../../../engine/effect.js';
import type { Processor } from '../../../server/host/processor.js';
import { hosted, type Hosted } from './hosted.js';

const NOBODY = '0'.repeat(32);

describe('sends of a hosted session', () => {
  let hosting: Hosted;
  beforeEach(() => (hosting = hosted()));
  const tell = async (id: string, name: string): Promise<void> => {
    await hosting.host.deliver(id, { name });
    await hosting.clock.settle();
  };

  const delayed = `<state id="s">
    <onentry>
      <send event="tick" id="one" delay="2s"/><send event="tock" delay="1s"/><send event="tick" delay="3s"/>
    </onentry>
    <transition event="tick tock"><t:act say="_event.name"/></transition>
    <transition event="no"><cancel sendid="one"/></transition>
    <transition event="die" target="end"/></state><final id="end"/>`;

  it('with a delay come at their time, in the order of their times', async () => {
    await hosting.run(delayed);
    await hosting.clock.advance(999);
    expect(hosting.acts).to.deep.equal([]);
    await hosting.clock.advance(1_001);
    expect(hosting.acts).to.deep.equal(['tock', 'tick']);
    await hosting.clock.advance(1_000);
    expect(hosting.acts).to.deep.equal(['tock', 'tick', 'tick']);
  });

  it('that are cancelled do not come, and others do', async () => {
    const id = await hosting.run(delayed);
    await tell(id, 'no');
    await hosting.clock.advance(10_000);
    expect(hosting.acts).to.deep.equal(['tock', 'tick']);
  });

  it('end with their session', async () => {
    const id = await hosting.run(delayed);
    await tell(id, 'die');
    const { length } = hosting.store.commits;
    await hosting.clock.advance(10_000);
    expect(hosting.acts).to.deep.equal([`ended ${id}`]);
    expect(hosting.store.commits).to.have.lengthOf(length);
  });

  it('with a delay from the onexit of an ending session never come', async () => {
    const other = await hosting.run(
      `<state id="s"><transition event="*"><t:act say="_event.name"/></transition></state>`,
    );
    const id = await hosting.run(`<state id="s"><transition event="die" target="end"/>
      <onexit><send event="now" target="#_scxml_${other}"/><send event="later" target="#_scxml_${other}" delay="1s"/></onexit>
      </state><final id="end"/>`);
    await tell(id, 'die');
    await hosting.clock.advance(10_000);
    expect(hosting.acts).to.have.members(['now', `ended ${id}`]);
  });

  it('reach independent sessions by #_scxml_<id>, with an origin to answer to', async () => {
    const one = await hosting.run(`<state id="s">
      <transition event="ping"><send targetexpr="_event.origin" event="pong"/></transition></state>`);
    const two = await hosting.run(`<state id="s">
      <transition event="go"><send target="#_scxml_${one}" event="ping"/></transition>
      <transition event="pong"><t:act say="'pong from ' + (_event.origin === '#_scxml_${one}')"/></transition></state>`);
    await tell(two, 'go');
    expect(hosting.acts).to.deep.equal(['pong from true']);
  });

  const sending = (target: string): string => `<state id="s">
    <transition event="go"><send id="mine" target="${target}" event="ping"/><raise event="next"/></transition>
    <transition event="next"><t:act say="_event.name"/></transition>
    <transition event="error.communication"><t:act say="_event.name + ' ' + _event.sendid"/></transition></state>`;

  it('to a session that does not exist are error.communication at once: before what the step raises later', async () => {
    const id = await hosting.run(sending(`#_scxml_${NOBODY}`));
    await tell(id, 'go');
    expect(hosting.acts).to.deep.equal(['error.communication mine']);
    expect(hosting.store.commits).to.have.lengthOf(2);
  });

  it('to a session that is over are error.communication at once', async () => {
    const over = await hosting.run('<final id="end"/>');
    const id = await hosting.run(sending(`#_scxml_${over}`));
    hosting.acts.length = 0;
    await tell(id, 'go');
    expect(hosting.acts).to.deep.equal(['error.communication mine']);
  });

  it('with a delay to a session that is over by then are error.communication, with their sendid', async () => {
    const other = await hosting.run('<state id="s"><transition event="die" target="end"/></state><final id="end"/>');
    await hosting.run(`<state id="s"><onentry><send id="mine" target="#_scxml_${other}" event="ping" delay="1s"/></onentry>
      <transition event="error.communication"><t:act say="_event.sendid + ': ' + _event.data.reason"/></transition></state>`);
    await tell(other, 'die');
    await hosting.clock.advance(1_000);
    expect(hosting.acts.at(-1)).to.equal(`mine: no session answers to "#_scxml_${other}"`);
  });

  describe('by another processor', () => {
    const sent: SendEffect[] = [];
    const processor = (send: Processor['send']): Processor => ({
      type: 'urn:carrier',
      entries: (sessionid) => [['carrier', { location: `carrier:${sessionid}` }]],
      send,
    });
    const document = `<state id="s">
      <onentry><send id="mine" type="urn:carrier" target="there" event="e" delay="1s"/></onentry>
      <transition event="error.communication"><t:act say="_event.sendid + ' ' + _event.data.reason"/></transition></state>`;

    it('are handed to it, and it is in _ioprocessors', async () => {
      hosting = hosted({ processors: [processor(async (effect) => void sent.push(effect))] });
      const id = await hosting.run(
        document.replace('<onentry>', `<onentry><t:act say="_ioprocessors['carrier'].location"/>`),
      );
      await hosting.clock.advance(1_000);
      expect(sent.map(({ target }) => target)).to.deep.equal(['there']);
      expect(hosting.acts).to.deep.equal([`carrier:${id}`]);
    });

    const fails: Record<string, Processor['send']> = {
      rejects: () => Promise.reject(new Error('the line is cut')),
      throws: () => {
        throw new Error('the line is cut');
      },
    };
    for (const [how, send] of Object.entries(fails)) {
      it(`are error.communication with their sendid when it ${how}`, async () => {
        hosting = hosted({ processors: [processor(send)] });
        await hosting.run(document);
        await hosting.clock.advance(1_000);
        expect(hosting.acts).to.deep.equal(['mine there: the line is cut']);
      });
    }
  });

  for (const [how, attribute] of [
    ['throws', ''],
    ['rejects', 'later="yes"'],
  ] as const) {
    it(`an action that ${how} is the error event of the action, and a line of the log`, async () => {
      await hosting.run(
        `<state id="s">
        <onentry><t:fault requestid="r" ${attribute}/><t:act say="'and on'"/></onentry>
        <transition event="error.test.fault" cond="_event.data.requestid === r"><t:act say="_event.data.description"/></transition>
        </state>`.replace('<state', '<datamodel><data id="r"/></datamodel><state'),
      );
      await hosting.clock.settle();
      expect(hosting.acts).to.deep.equal(['and on', attribute === '' ? 'broken at once' : 'broken later']);
      expect(hosting.log.join()).to.include('<fault> broke');
    });
  }
});
