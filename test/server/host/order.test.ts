import { expect } from 'chai';
import { hosted, outcome, watch, type Hosted } from './hosted.js';

/** Answers each `go` with an act, each `ask` at once; `die` acts and ends. */
const acting = `
  <datamodel><data id="n" expr="0"/></datamodel>
  <state id="s">
    <onentry><t:act say="'first'"/></onentry>
    <transition event="go"><assign location="n" expr="n + 1"/><t:act say="'go ' + n"/></transition>
    <transition event="ask"><ws:response requestid="_event.sendid"><param name="n" expr="n"/></ws:response></transition>
    <transition event="loop" target="turning"/>
    <transition event="die" target="end"><t:act say="'die'"/></transition>
  </state>
  <state id="turning"><transition target="turning"/></state>
  <final id="end"/>`;

describe('the order of acts', () => {
  let hosting: Hosted;
  let rejections: unknown[];
  const note = (reason: unknown): void => void rejections.push(reason);
  beforeEach(() => {
    hosting = hosted();
    rejections = [];
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await hosting.clock.settle();
    process.off('unhandledRejection', note);
    expect(rejections, 'unhandled rejections').to.deep.equal([]);
  });
  const started = async (): Promise<string> => {
    const id = await hosting.run(acting);
    hosting.acts.length = 0;
    hosting.store.hold();
    return id;
  };
  const gate = (index: number) => {
    const held = hosting.store.held[index];
    if (!held) throw new Error(`commit ${index} has not been asked for`);
    return held;
  };

  it('answers a start, and performs its effects, when the first step is saved', async () => {
    hosting.store.hold();
    const start = watch(hosting.run(acting));
    await hosting.clock.settle();
    expect([start.now, hosting.acts]).to.deep.equal(['pending', []]);
    gate(0).pass();
    await hosting.clock.settle();
    expect([start.now, hosting.acts]).to.deep.equal(['resolved', ['first']]);
  });

  it('answers an event, and performs its effects, when its step is saved', async () => {
    const id = await started();
    const delivered = watch(hosting.host.deliver(id, { name: 'go' }));
    await hosting.clock.settle();
    expect([delivered.now, hosting.acts]).to.deep.equal(['pending', []]);
    gate(0).pass();
    await hosting.clock.settle();
    expect([delivered.now, hosting.acts]).to.deep.equal(['resolved', ['go 1']]);
  });

  it('answers a request when the step that took it is saved', async () => {
    const id = await started();
    const asked = watch(hosting.host.request(id, { name: 'ask' }, 1_000));
    await hosting.clock.settle();
    expect(asked.now).to.equal('pending');
    gate(0).pass();
    await hosting.clock.settle();
    expect(asked.now).to.equal('resolved');
  });

  it('shows a query nothing of a step that is not saved yet', async () => {
    const id = await started();
    const delivered = hosting.host.deliver(id, { name: 'go' });
    await hosting.clock.settle();
    expect(await hosting.view(id)).to.deep.include({ version: 1, data: { n: 0 } });
    gate(0).pass();
    await delivered;
    expect(await hosting.view(id)).to.deep.include({ version: 2, data: { n: 1 } });
  });

  it('keeps the effects of successive steps in order, also when the later commit is answered first', async () => {
    const id = await started();
    const first = watch(hosting.host.deliver(id, { name: 'go' }));
    const second = watch(hosting.host.deliver(id, { name: 'go' }));
    await hosting.clock.settle();
    expect(hosting.store.held).to.have.lengthOf(2);
    gate(1).pass();
    await hosting.clock.settle();
    expect([first.now, second.now, hosting.acts]).to.deep.equal(['pending', 'pending', []]);
    gate(0).pass();
    await hosting.clock.settle();
    expect([first.now, second.now, hosting.acts]).to.deep.equal(['resolved', 'resolved', ['go 1', 'go 2']]);
  });

  it('gives each effect the key session/version/index', async () => {
    const id = await hosting.run(acting);
    await hosting.host.deliver(id, { name: 'go' });
    expect(hosting.contexts.map(({ key }) => key)).to.deep.equal([`${id}/1/0`, `${id}/2/0`]);
  });

  it('stops a session whose step cannot be saved, tells who waits, and performs nothing of it', async () => {
    const id = await started();
    const waiting = [
      hosting.host.deliver(id, { name: 'go' }),
      hosting.host.request(id, { name: 'ask' }, 1_000),
      hosting.host.deliver(id, { name: 'go' }),
    ].map(watch);
    await hosting.clock.settle();
    gate(0).fail();
    gate(1).pass();
    gate(2).pass();
    await hosting.clock.settle();
    gate(3).pass();
    await hosting.clock.settle();
    expect(waiting.map(({ now }) => now)).to.deep.equal(Array(3).fill('SESSION_NOT_SAVED'));
    expect(hosting.acts).to.deep.equal([`ended ${id}`]);
    expect((await hosting.view(id)).status).to.equal('error');
    expect(hosting.log.join()).to.include('the disk is full');
    expect(await outcome(hosting.host.deliver(id, { name: 'go' }))).to.equal('SESSION_OVER');
    expect(await outcome(hosting.host.request(id, { name: 'ask' }, 1_000))).to.equal('SESSION_OVER');
    expect(await outcome(hosting.host.terminate(id))).to.equal('SESSION_OVER');
  });

  it('performs what was saved before the step that could not be', async () => {
    const id = await started();
    void watch(hosting.host.deliver(id, { name: 'go' }));
    void watch(hosting.host.deliver(id, { name: 'go' }));
    await hosting.clock.settle();
    gate(1).fail();
    await hosting.clock.settle();
    gate(0).pass();
    await hosting.clock.settle();
    gate(2).pass();
    await hosting.clock.settle();
    expect(hosting.acts).to.deep.equal(['go 1', `ended ${id}`]);
  });

  it('takes no more events once a step could not be saved, while its failure is being saved', async () => {
    const id = await started();
    void watch(hosting.host.deliver(id, { name: 'go' }));
    await hosting.clock.settle();
    gate(0).fail();
    await hosting.clock.settle();
    expect(await outcome(hosting.host.deliver(id, { name: 'go' }))).to.equal('SESSION_OVER');
  });

  it('forgets a session whose first step cannot be saved', async () => {
    hosting.store.breakDown(true);
    expect(await outcome(hosting.run(acting))).to.equal('SESSION_NOT_SAVED');
    hosting.store.breakDown(false);
    const [first] = hosting.acts.map((act) => act.replace('ended ', ''));
    expect(await outcome(hosting.host.deliver(first ?? '', { name: 'go' }))).to.equal('SESSION_NOT_FOUND');
    expect(hosting.store.commits.slice(1)).to.deep.equal([]);
  });

  it('survives a store that fails under a step that a timer started', async () => {
    const id = await hosting.run(`<state id="s">
      <onentry><send event="tick" delay="1s"/></onentry>
      <transition event="tick"><t:act say="'tick'"/></transition></state>`);
    hosting.store.breakDown(true);
    await hosting.clock.advance(2_000);
    expect(hosting.acts).to.deep.equal([`ended ${id}`]);
    hosting.store.breakDown(false);
    expect(await outcome(hosting.host.deliver(id, { name: 'go' }))).to.equal('SESSION_OVER');
  });

  it('takes no events from the step that ends the session', async () => {
    const id = await started();
    const died = watch(hosting.host.deliver(id, { name: 'die' }));
    const late = watch(hosting.host.deliver(id, { name: 'go' }));
    const asked = watch(hosting.host.request(id, { name: 'ask' }, 1_000));
    const ended = watch(hosting.host.terminate(id));
    await hosting.clock.settle();
    gate(0).pass();
    await hosting.clock.settle();
    expect([died.now, late.now, asked.now, ended.now]).to.deep.equal([
      'resolved',
      'SESSION_OVER',
      'SESSION_OVER',
      'SESSION_OVER',
    ]);
    expect(hosting.acts).to.deep.equal(['die', `ended ${id}`]);
    expect(hosting.store.commits).to.have.lengthOf(2);
  });

  it('performs what was saved before a step that broke a limit, and then ends the session', async () => {
    const id = await started();
    void watch(hosting.host.deliver(id, { name: 'go' }));
    const broken = watch(hosting.host.deliver(id, { name: 'loop' }));
    await hosting.clock.settle();
    expect(hosting.acts).to.deep.equal([]);
    gate(0).pass();
    await hosting.clock.settle();
    gate(1).pass();
    await hosting.clock.settle();
    expect([broken.now, hosting.acts]).to.deep.equal(['SESSION_FAILED', ['go 1', `ended ${id}`]]);
  });
});
