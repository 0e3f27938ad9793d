import { expect } from 'chai';
import { hosted, outcome, watch, type Hosted } from './hosted.js';

const NOBODY = '0'.repeat(32);

/** Keeps the ids of requests and answers the first of them when told. */
const desk = `
  <datamodel><data id="ids" expr="[]"/><data id="who"/></datamodel>
  <state id="s">
    <onentry><t:act say="'in'"/></onentry>
    <onexit><t:act say="'out'"/></onexit>
    <transition event="ask"><script>ids.push(_event.sendid)</script></transition>
    <transition event="yes"><ws:response requestid="ids.shift()"><param name="said" expr="_event.data.text"/></ws:response></transition>
    <transition event="no"><ws:response requestid="ids.shift()" type="negative" resultcode="'409'"/></transition>
    <transition event="answer"><ws:response requestid="_event.data.id"/></transition>
    <transition event="error.ws.response"><t:act say="'nobody waits for ' + (ids.indexOf(_event.data.requestid) &lt; 0)"/></transition>
    <transition event="loop" target="turning"/>
    <transition event="die" target="end"/>
  </state>
  <state id="turning"><transition target="turning"/></state>
  <final id="end"/>`;

describe('sessions', () => {
  let hosting: Hosted;
  beforeEach(() => (hosting = hosted()));
  const ask = (id: string, ms = 1_000) => hosting.host.request(id, { name: 'ask' }, ms);

  describe('start', () => {
    it('answers an id of 32 characters 0-9A-Z, another each time', async () => {
      const ids = [await hosting.run(desk), await hosting.run(desk)];
      for (const id of ids) expect(id).to.match(/^[0-9A-Z]{32}$/);
      expect(new Set(ids)).to.have.lengthOf(2);
    });

    it('gives parameters to the data of the same name', async () => {
      const id = await hosting.run(desk, { who: 'Ada', other: 1 });
      expect((await hosting.view(id)).data)
        .to.include({ who: 'Ada' })
        .and.not.have.property('other');
    });

    it('refuses a document that is not there, or is wrong, and keeps nothing of it', async () => {
      expect(await outcome(hosting.host.start({ src: 'missing', params: {} }))).to.equal('DOCUMENT_NOT_FOUND');
      expect(await outcome(hosting.run('<state id="a"><transition target="b"/></state>'))).to.equal('DOCUMENT_INVALID');
      expect(hosting.store.commits).to.be.empty;
    });

    it('whose first macrostep breaks a limit fails, and leaves no session', async () => {
      const looping = '<state id="turning"><transition target="turning"/></state>';
      expect(await outcome(hosting.run(looping))).to.equal('SESSION_FAILED');
      const id = hosting.acts[0]?.replace('ended ', '') ?? '';
      expect(await outcome(hosting.host.deliver(id, { name: 'any' }))).to.equal('SESSION_NOT_FOUND');
    });

    it('of a document that ends at once answers its id, and the session is over', async () => {
      const id = await hosting.run('<final id="end"/>');
      expect(await hosting.view(id)).to.deep.include({ status: 'done', configuration: ['end'], version: 1 });
      expect(await outcome(hosting.host.deliver(id, { name: 'any' }))).to.equal('SESSION_OVER');
    });
  });

  const verbs: Record<string, (id: string) => Promise<unknown>> = {
    deliver: (id) => hosting.host.deliver(id, { name: 'any' }),
    request: (id) => ask(id),
    terminate: (id) => hosting.host.terminate(id),
  };
  for (const [verb, act] of Object.entries(verbs)) {
    it(`${verb} is refused for a session that is unknown, over or terminated`, async () => {
      const over = await hosting.run(desk);
      await hosting.host.deliver(over, { name: 'die' });
      const terminated = await hosting.run(desk);
      await hosting.host.terminate(terminated);
      expect([await outcome(act(NOBODY)), await outcome(act(over)), await outcome(act(terminated))]).to.deep.equal([
        'SESSION_NOT_FOUND',
        'SESSION_OVER',
        'SESSION_OVER',
      ]);
    });
  }

  it('that break a limit tell whoever waits, and leave a record that says so', async () => {
    const id = await hosting.run(desk);
    const asked = watch(ask(id));
    await hosting.clock.settle();
    expect(await outcome(hosting.host.deliver(id, { name: 'loop' }))).to.equal('SESSION_FAILED');
    await hosting.clock.settle();
    expect(asked.now).to.equal('SESSION_FAILED');
    expect(await hosting.view(id)).to.deep.include({ status: 'error', configuration: ['s'], version: 3 });
    expect(await outcome(hosting.host.deliver(id, { name: 'loop' }))).to.equal('SESSION_OVER');
  });

  it('terminated run their onexit once', async () => {
    const id = await hosting.run(desk);
    await hosting.host.terminate(id);
    await hosting.clock.settle();
    expect(hosting.acts).to.deep.equal(['in', 'out', `ended ${id}`]);
    expect((await hosting.view(id)).status).to.equal('done');
  });

  it('query of an unknown session is refused', async () => {
    expect(await outcome(hosting.view(NOBODY))).to.equal('SESSION_NOT_FOUND');
  });

  it('query of a session that is over still has its variables', async () => {
    const id = await hosting.run(desk, { who: 'Ada' });
    await hosting.host.deliver(id, { name: 'die' });
    expect((await hosting.view(id)).data).to.include({ who: 'Ada' });
  });

  describe('request', () => {
    it('is answered by the strategy, with its parameters', async () => {
      const id = await hosting.run(desk);
      const reply = ask(id);
      await hosting.clock.settle();
      await hosting.host.deliver(id, { name: 'yes', data: { text: 'hello' } });
      expect(await reply).to.deep.equal({ type: 'positive', resultcode: undefined, params: { said: 'hello' } });
    });

    it('is answered negatively, with the result code', async () => {
      const id = await hosting.run(desk);
      const reply = ask(id);
      await hosting.clock.settle();
      await hosting.host.deliver(id, { name: 'no' });
      expect(await reply).to.deep.equal({ type: 'negative', resultcode: '409', params: {} });
    });

    it('of two at once, each gets its own answer', async () => {
      const id = await hosting.run(desk);
      const replies = [ask(id), ask(id)];
      await hosting.clock.settle();
      await hosting.host.deliver(id, { name: 'yes', data: { text: 'one' } });
      await hosting.host.deliver(id, { name: 'no' });
      expect((await Promise.all(replies)).map(({ type }) => type)).to.deep.equal(['positive', 'negative']);
    });

    it('is answered with a timeout at its time, and not before; an answer after that is told to the strategy', async () => {
      const id = await hosting.run(desk);
      const asked = watch(ask(id, 1_000));
      await hosting.clock.advance(999);
      expect(asked.now).to.equal('pending');
      await hosting.clock.advance(1);
      expect(asked.now).to.equal('REQUEST_TIMEOUT');
      await hosting.host.deliver(id, { name: 'yes', data: { text: 'late' } });
      await hosting.clock.settle();
      expect(hosting.acts).to.deep.equal(['in', 'nobody waits for true']);
    });

    it('is answered once: a second answer is told to the strategy', async () => {
      const twice = await hosting.run(`<state id="s">
        <transition event="ask">
          <ws:response requestid="_event.sendid"><param name="n" expr="1"/></ws:response>
          <ws:response requestid="_event.sendid"><param name="n" expr="2"/></ws:response>
        </transition>
        <transition event="error.ws.response"><t:act say="_event.data.description"/></transition></state>`);
      expect((await ask(twice)).params).to.deep.equal({ n: 1 });
      await hosting.clock.settle();
      expect(hosting.acts.join()).to.match(/nobody waits .* answered before/);
    });

    it('is not answered by another session', async () => {
      const [id, other] = [await hosting.run(desk), await hosting.run(desk)];
      const asked = watch(ask(id));
      await hosting.clock.settle();
      const { data } = await hosting.view(id);
      const [sendid] = data['ids'] as string[];
      await hosting.host.deliver(other, { name: 'answer', data: { id: sendid ?? '' } });
      await hosting.clock.settle();
      expect(asked.now).to.equal('pending');
      expect(hosting.acts).to.deep.equal(['in', 'in', 'nobody waits for true']);
    });

    it('ends when its session ends', async () => {
      const id = await hosting.run(desk);
      const asked = watch(ask(id));
      await hosting.clock.settle();
      await hosting.host.deliver(id, { name: 'die' });
      await hosting.clock.settle();
      expect(asked.now).to.equal('SESSION_OVER');
    });
  });

  it('stop leaves no timer and nobody waiting, and writes nothing', async () => {
    const id = await hosting.run(`<state id="s"><onentry><send event="tick" delay="1s"/></onentry>
      <transition event="tick"><t:act say="'tick'"/></transition></state>`);
    const asked = watch(ask(id, 5_000));
    await hosting.clock.settle();
    const { length } = hosting.store.commits;
    await hosting.host.stop();
    await hosting.clock.advance(10_000);
    expect([asked.now, hosting.acts, hosting.store.commits.length]).to.deep.equal(['NOT_READY', [], length]);
  });

  it('of equal documents have data of their own each', async () => {
    const [one, two] = [await hosting.run(desk, { who: 'a' }), await hosting.run(desk, { who: 'b' })];
    expect((await hosting.view(one)).data).to.include({ who: 'a' });
    expect((await hosting.view(two)).data).to.include({ who: 'b' });
  });
});
