import { expect } from 'chai';
import { hosted, outcome, watch, type Hosted } from './hosted.js';

const counting = `<datamodel><data id="n" expr="0"/><data id="given"/></datamodel>
  <state id="s">
    <transition event="go"><assign location="n" expr="n + 1"/></transition>
    <transition event="ask"><assign location="n" expr="n + 1"/>
      <ws:response requestid="_event.sendid"><param name="n" expr="n"/></ws:response></transition>
    <transition event="later"><assign location="n" expr="n + 1"/><send event="reply" delay="1s"><param name="to" expr="_event.sendid"/></send></transition>
    <transition event="reply"><ws:response requestid="_event.data.to"><param name="n" expr="n"/></ws:response></transition>
  </state>`;

describe('a request that comes again with its id', () => {
  let hosting: Hosted;
  let id: string;
  beforeEach(async () => {
    hosting = hosted();
    id = await hosting.run(counting);
  });
  const n = async (): Promise<unknown> => (await hosting.view(id)).data['n'];

  it('starts one session, and answers with it', async () => {
    const start = (given: number, key?: string) => hosting.host.start({ src: 'main', params: { given } }, key);
    const [first, beside] = await Promise.all([start(1, 'k'), start(1, 'k')]);
    expect([beside, await start(1, 'k')]).to.deep.equal([first, first]);
    expect(await start(1, 'other')).to.not.equal(first);
    expect(await outcome(start(2, 'k'))).to.equal('IDEMPOTENCY_KEY_REUSED');
  });

  it('is one event', async () => {
    const deliver = (name: string) => hosting.host.deliver(id, { name }, 'k');
    await Promise.all([deliver('go'), deliver('go')]);
    await deliver('go');
    expect(await n()).to.equal(1);
    expect(await outcome(deliver('ask'))).to.equal('IDEMPOTENCY_KEY_REUSED');
    await hosting.host.deliver(id, { name: 'go' }, 'k2');
    expect(await n()).to.equal(2);
  });

  it('is one event of each session: ids of different sessions do not meet', async () => {
    const other = await hosting.run(counting);
    for (const each of [id, other]) await hosting.host.deliver(each, { name: 'go' }, 'k');
    expect([await n(), (await hosting.view(other)).data['n']]).to.deep.equal([1, 1]);
  });

  it('gets the answer that the strategy gave the first time', async () => {
    const ask = () => hosting.host.request(id, { name: 'ask' }, 1_000, 'k');
    const answers = [...(await Promise.all([ask(), ask()])), await ask()];
    expect(answers.map(({ params }) => params)).to.deep.equal([{ n: 1 }, { n: 1 }, { n: 1 }]);
  });

  it('gets an answer that came when nobody waited any more', async () => {
    const ask = (ms: number) => hosting.host.request(id, { name: 'later' }, ms, 'k');
    const late = watch(ask(10));
    await hosting.clock.advance(2_000);
    expect(late.now).to.equal('REQUEST_TIMEOUT');
    expect((await ask(10)).params).to.deep.equal({ n: 1 });
    expect(await n()).to.equal(1);
  });

  it('waits on, when the answer is still to come', async () => {
    const ask = (ms: number) => hosting.host.request(id, { name: 'later' }, ms, 'k');
    const late = watch(ask(10));
    await hosting.clock.advance(20);
    expect(late.now).to.equal('REQUEST_TIMEOUT');
    const again = ask(5_000);
    await hosting.clock.advance(2_000);
    expect((await again).params).to.deep.equal({ n: 1 });
  });

  it('is taken when the first was refused because the store could not write', async () => {
    hosting.store.fill(true);
    expect(await outcome(hosting.host.deliver(id, { name: 'go' }, 'k'))).to.equal('STORE_UNAVAILABLE');
    hosting.store.fill(false);
    await hosting.host.deliver(id, { name: 'go' }, 'k');
    await hosting.host.deliver(id, { name: 'go' }, 'k');
    expect(await n()).to.equal(1);
  });

  it('is another request after a day', async () => {
    await hosting.host.open();
    await hosting.host.deliver(id, { name: 'go' }, 'k');
    await hosting.clock.advance(23 * 3_600_000);
    await hosting.host.deliver(id, { name: 'go' }, 'k');
    expect(await n()).to.equal(1);
    await hosting.clock.advance(3 * 3_600_000);
    await hosting.host.deliver(id, { name: 'go' }, 'k');
    expect(await n()).to.equal(2);
  });
});
