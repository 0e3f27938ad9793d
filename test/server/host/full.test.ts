import { expect } from 'chai';
import { hosted, outcome, type Hosted } from './hosted.js';

const counting = `<datamodel><data id="n" expr="0"/></datamodel>
  <state id="s">
    <onentry><send event="tick" delay="1s"/></onentry>
    <transition event="go"><assign location="n" expr="n + 1"/><t:act say="'go ' + n"/></transition>
    <transition event="tick"><assign location="n" expr="n + 100"/><t:act say="'tick'"/></transition>
    <transition event="ask"><ws:response requestid="_event.sendid"><param name="n" expr="n"/></ws:response></transition>
    <transition event="die" target="end"/>
  </state>
  <final id="end"/>`;

describe('a store that cannot write', () => {
  let hosting: Hosted;
  let id: string;
  beforeEach(async () => {
    hosting = hosted();
    id = await hosting.run(counting);
  });
  const n = async (): Promise<unknown> => (await hosting.view(id)).data['n'];
  const recovered = async (): Promise<void> => {
    hosting.store.fill(false);
    await hosting.clock.advance(5_000);
  };

  for (const name of ['go', 'die'])
    it(`refuses an event (${name}) with the reason, and has the session as it was when it can write again`, async () => {
      hosting.store.fill(true);
      expect(await outcome(hosting.host.deliver(id, { name }))).to.equal('STORE_UNAVAILABLE');
      await hosting.host
        .deliver(id, { name })
        .catch((error: unknown) => expect(String(error)).to.include('the disk is full'));
      expect(await n()).to.equal(0);
      hosting.store.fill(false);
      await hosting.host.deliver(id, { name: 'go' });
      expect(await n()).to.equal(1);
      expect(hosting.acts).to.deep.equal(['go 1']);
    });

  it('refuses a request, a start and a termination in the same way', async () => {
    hosting.store.fill(true);
    expect(await outcome(hosting.host.request(id, { name: 'ask' }, 1_000))).to.equal('STORE_UNAVAILABLE');
    expect(await outcome(hosting.run(counting))).to.equal('STORE_UNAVAILABLE');
    expect(await outcome(hosting.host.terminate(id))).to.equal('STORE_UNAVAILABLE');
    hosting.store.fill(false);
    expect((await hosting.host.request(id, { name: 'ask' }, 1_000)).params).to.deep.equal({ n: 0 });
  });

  it('refuses events that were taken one after the other, all from the first that is not saved', async () => {
    hosting.store.hold();
    const asked = ['go', 'go', 'go'].map((name) => outcome(hosting.host.deliver(id, { name })));
    await hosting.clock.settle();
    hosting.store.fill(true);
    hosting.store.held[1]?.fail();
    hosting.store.held[0]?.pass();
    hosting.store.held[2]?.pass();
    expect(await Promise.all(asked)).to.deep.equal(['resolved', 'STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
    hosting.store.fill(false);
    await hosting.clock.settle();
    expect(await n()).to.equal(1);
  });

  it('keeps a delayed send that falls due, and sends it once when it can write again', async () => {
    hosting.store.fill(true);
    await hosting.clock.advance(2_000);
    expect(hosting.acts).to.deep.equal([]);
    await recovered();
    expect([hosting.acts, await n()]).to.deep.equal([['tick'], 100]);
    await hosting.clock.advance(60_000);
    expect(hosting.acts).to.deep.equal(['tick']);
  });

  it('keeps in their order what the world tells a session, before what comes later', async () => {
    const order = await hosting.run(`<datamodel><data id="heard" expr="[]"/></datamodel>
      <state id="s"><transition event="*"><assign location="heard" expr="heard.concat(_event.name)"/></transition></state>`);
    hosting.store.fill(true);
    for (const name of ['one', 'two', 'three']) hosting.host.tell(order, { name, type: 'platform' });
    await hosting.clock.settle();
    hosting.store.fill(false);
    await hosting.host.deliver(order, { name: 'four' });
    expect((await hosting.view(order)).data['heard']).to.deep.equal(['one', 'two', 'three', 'four']);
  });

  it('keeps the invocation of a session, and invokes it once when it can write again', async () => {
    hosting.documents.set(
      'child',
      `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
         <state id="c"><onentry><send target="#_parent" event="in"/></onentry></state></scxml>`,
    );
    let open = (): void => undefined;
    hosting.gate = undefined;
    const parent = await hosting.run(`<datamodel><data id="heard" expr="[]"/></datamodel>
      <state id="s"><transition event="go" target="with"/></state>
      <state id="with"><invoke id="c" src="child"/>
        <transition event="*"><assign location="heard" expr="heard.concat(_event.name)"/></transition></state>`);
    hosting.gate = new Promise((resolve) => (open = resolve));
    await hosting.host.deliver(parent, { name: 'go' });
    hosting.store.fill(true);
    open();
    await hosting.clock.advance(3_000);
    await recovered();
    expect((await hosting.view(parent)).data['heard']).to.deep.equal(['in']);
  });
});
