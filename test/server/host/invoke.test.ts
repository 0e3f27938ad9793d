import { expect } from 'chai';
import type { SessionRecord } from '../../../server/store/port.js';
import { hosted, scxml, watch, type Hosted } from './hosted.js';

/** Says what reaches it from the session that it invoked. */
const parent = (invoke: string, more = ''): string => `
  <state id="with">
    ${invoke}
    <transition event="leave" target="without"/>
    <transition event="child.*"><t:act say="_event.name + ' of ' + _event.invokeid"/></transition>
    <transition event="done.invoke"><t:act say="_event.name + ' ' + JSON.stringify(_event.data)"/></transition>
    <transition event="error"><t:act say="_event.name + ' of ' + _event.invokeid"/></transition>
    ${more}
  </state>
  <state id="without">
    <transition event="child.* done.invoke error"><t:act say="'after: ' + _event.name"/></transition>
    <transition event="back" target="with"/>
  </state>`;

/** Tells its invoker when it starts, gets `ping`, is left; ends on `stop`. */
const child = `
  <datamodel><data id="given"/></datamodel>
  <state id="s">
    <onentry><send target="#_parent" event="child.in"/></onentry>
    <onexit><t:act say="'child out'"/><send target="#_parent" event="child.out"/></onexit>
    <transition event="ping"><send target="#_parent" event="child.pong"/></transition>
    <transition event="loop" target="turning"/>
    <transition event="stop" target="end"/>
  </state>
  <state id="turning"><transition target="turning"/></state>
  <final id="end"><donedata><param name="was" expr="given"/></donedata></final>`;

describe('invoked sessions', () => {
  let hosting: Hosted;
  beforeEach(() => {
    hosting = hosted();
    hosting.documents.set('child', scxml(child));
  });
  const sessions = (): SessionRecord[] => {
    const records = hosting.store.commits.flat().flatMap((write) => (write.kind === 'session' ? [write.record] : []));
    return [...new Map(records.map((record) => [record.sessionid, record])).values()];
  };
  const run = async (content: string): Promise<string> => {
    const id = await hosting.run(content);
    await hosting.clock.settle();
    return id;
  };
  const tell = async (id: string, name: string): Promise<void> => {
    await hosting.host.deliver(id, { name });
    await hosting.clock.settle();
  };
  const said = (): string[] => hosting.acts.filter((act) => !act.startsWith('ended'));
  const bySrc = '<invoke id="c" src="child"><param name="given" expr="7"/></invoke>';
  const sendPing = '<transition event="go"><send target="#_c" event="ping"/></transition>';
  const sendStop = '<transition event="end"><send target="#_c" event="stop"/></transition>';

  it('by src get their parameters, reach their invoker, and end with done.invoke and their donedata', async () => {
    const id = await run(parent(bySrc, sendStop));
    expect(said()).to.deep.equal(['child.in of c']);
    await tell(id, 'end');
    expect(said()).to.deep.equal(['child.in of c', 'child out', 'child.out of c', 'done.invoke.c {"was":7}']);
    expect(sessions().map(({ status }) => status)).to.deep.equal(['active', 'done']);
  });

  it('by content are as good as by src', async () => {
    await run(parent(`<invoke id="c"><content>${scxml(child)}</content></invoke>`));
    expect(said()).to.deep.equal(['child.in of c']);
    expect(sessions()[1]?.uri).to.equal('main#content');
  });

  it('get what is sent to #_invokeid', async () => {
    const id = await run(parent(bySrc, sendPing));
    await tell(id, 'go');
    expect(said()).to.deep.equal(['child.in of c', 'child.pong of c']);
  });

  it('get what was sent to them while their document was being loaded, in order', async () => {
    let open = (): void => undefined;
    const id = await hosting.run(
      parent('', '<transition event="begin" target="loading"/>') +
        `<state id="loading"><invoke id="c" src="child"/>
           <transition event="go"><send target="#_c" event="ping"/></transition>
           <transition event="child.*"><t:act say="_event.name"/></transition>
           <transition event="error"><t:act say="_event.name"/></transition></state>`,
    );
    hosting.gate = new Promise((resolve) => (open = resolve));
    await tell(id, 'begin');
    await tell(id, 'go');
    expect(said()).to.deep.equal([]);
    open();
    await hosting.clock.settle();
    expect(said()).to.deep.equal(['child.in', 'child.pong']);
  });

  it('get every event of their invoker with autoforward', async () => {
    const id = await run(parent('<invoke id="c" src="child" autoforward="true"/>'));
    await tell(id, 'ping');
    expect(said()).to.deep.equal(['child.in of c', 'child.pong of c']);
  });

  it('that are left run their onexit, and nothing of them reaches the invoker any more', async () => {
    const id = await run(parent(bySrc));
    await tell(id, 'leave');
    expect(said()).to.deep.equal(['child.in of c', 'child out']);
    expect(sessions().map(({ status }) => status)).to.deep.equal(['active', 'done']);
  });

  it('that are left do not reach the invoker even before its step is saved', async () => {
    const id = await run(parent(bySrc));
    const invoked = sessions()[1]?.sessionid ?? '';
    hosting.store.hold();
    const left = watch(hosting.host.deliver(id, { name: 'leave' }));
    const pinged = watch(hosting.host.deliver(invoked, { name: 'ping' }));
    await hosting.clock.settle();
    for (let index = 1; index >= 0; index -= 1) {
      hosting.store.held[index]?.pass();
      await hosting.clock.settle();
    }
    expect([left.now, pinged.now, said()]).to.deep.equal(['resolved', 'resolved', ['child.in of c']]);
  });

  it('that are left while their document is being loaded do not start', async () => {
    let open = (): void => undefined;
    hosting.gate = new Promise((resolve) => (open = resolve));
    hosting.documents.set('main', scxml(parent(bySrc)));
    const starting = hosting.host.start({ src: 'main', params: {} });
    open();
    const id = await starting;
    hosting.gate = new Promise((resolve) => (open = resolve));
    await tell(id, 'leave');
    await tell(id, 'back');
    await tell(id, 'leave');
    open();
    await hosting.clock.settle();
    expect(sessions().filter(({ status }) => status === 'active')).to.have.lengthOf(1);
  });

  it('whose invoker ends while their document is being loaded do not start', async () => {
    let open = (): void => undefined;
    const id = await hosting.run(`<state id="s"><transition event="go" target="i"/></state>
      <state id="i"><invoke id="c" src="child"/></state>`);
    hosting.gate = new Promise((resolve) => (open = resolve));
    await tell(id, 'go');
    await hosting.host.terminate(id);
    await hosting.clock.settle();
    open();
    await hosting.clock.settle();
    expect(sessions()).to.have.lengthOf(1);
  });

  it('end with their invoker', async () => {
    const id = await run(parent(bySrc));
    await hosting.host.terminate(id);
    await hosting.clock.settle();
    expect(said()).to.deep.equal(['child.in of c', 'child out']);
    expect(sessions().map(({ status }) => status)).to.deep.equal(['done', 'done']);
  });

  it('end with an invoker that breaks a limit', async () => {
    const id = await run(parent(bySrc, '<transition event="loop" target="turn"/>') + turning);
    await hosting.host.deliver(id, { name: 'loop' }).catch(() => undefined);
    await hosting.clock.settle();
    expect(sessions().map(({ status }) => status)).to.deep.equal(['error', 'done']);
  });

  it('that are terminated from outside end with done.invoke: their invoker has not cancelled them', async () => {
    await run(parent(bySrc));
    await hosting.host.terminate(sessions()[1]?.sessionid ?? '');
    await hosting.clock.settle();
    expect(said().slice(2)).to.deep.equal(['child.out of c', 'done.invoke.c undefined']);
  });

  it('that break a limit are error.communication with their invokeid', async () => {
    await run(parent(bySrc));
    await hosting.host.deliver(sessions()[1]?.sessionid ?? '', { name: 'loop' }).catch(() => undefined);
    await hosting.clock.settle();
    expect(said().at(-1)).to.equal('error.communication of c');
  });

  it('that break a limit in their first macrostep are error.communication with their invokeid', async () => {
    hosting.documents.set('child', scxml(turning));
    await run(parent(bySrc));
    expect(said()).to.deep.equal(['error.communication of c']);
  });

  const failing: Record<string, string> = {
    'whose document is not there': '<invoke id="c" src="missing"/>',
    'whose document is wrong':
      '<invoke id="c"><content><scxml version="1.0" xmlns="http://www.w3.org/2005/07/scxml" initial="none"><state id="s"/></scxml></content></invoke>',
    'without a document': '<invoke id="c"><content expr="7"/></invoke>',
    'without src and content': '<invoke id="c"/>',
  };
  for (const [which, invoke] of Object.entries(failing)) {
    it(`${which} are error.communication with their invokeid`, async () => {
      await run(parent(invoke));
      expect(said()).to.deep.equal(['error.communication of c']);
      expect(sessions()).to.have.lengthOf(1);
    });
  }

  it('of the ORS dialect whose document is not there are error.badfetch, with what it was and the status', async () => {
    const text = scxml(`<state id="i"><invoke id="c" type="scxml" src="missing"/>
      <transition event="error.badfetch"><t:act say="[_event.name, _event.data.target, _event.invokeid].join(' ')"/></transition></state>`);
    hosting.documents.set('ors', text.replace('datamodel="ecmascript"', 'profile="ecmascript"'));
    await hosting.host.start({ src: 'ors', params: {} });
    await hosting.clock.settle();
    expect(said()).to.deep.equal(['error.badfetch.file.404 missing c']);
  });

  it('that are over do not answer to #_invokeid', async () => {
    const id = await run(parent(bySrc, sendStop + sendPing));
    await tell(id, 'end');
    await tell(id, 'go');
    expect(said().at(-1)).to.match(/^error.communication of/);
  });

  it('invoke each other 32 deep and no deeper', async () => {
    hosting.documents.set(
      'main',
      scxml('<state id="s"><invoke src="main"/><transition event="error" target="f"/></state><final id="f"/>'),
    );
    await hosting.host.start({ src: 'main', params: {} });
    await hosting.clock.settle();
    expect(sessions()).to.have.lengthOf(33);
    expect(sessions().filter(({ status }) => status === 'done')).to.have.lengthOf(1);
  });

  it('are known to their invoker by whatever name they write to it, and not heard once it has left them', async () => {
    hosting.documents.set(
      'named',
      scxml(`<datamodel><data id="to"/></datamodel>
        <state id="s"><onentry><send targetexpr="to" event="child.in"/></onentry>
          <onexit><send targetexpr="to" event="child.out"/></onexit></state>`),
    );
    const invoke = `<invoke id="c" src="named"><param name="to" expr="'#_scxml_' + _sessionid"/></invoke>`;
    const id = await run(parent(invoke));
    expect(said()).to.deep.equal(['child.in of c']);
    await tell(id, 'leave');
    expect(said()).to.deep.equal(['child.in of c']);
  });
});

const turning = '<state id="turn"><transition target="turn"/></state>';
