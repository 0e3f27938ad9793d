/** `createActor(scxml(text, { trusted: true }))`: XState's own means, on SCXML. Neighbours: `actor/` has children, snapshots, tools. */
import { expect } from 'chai';
import { createActor, SimulatedClock, toPromise, waitFor, type InspectionEvent } from 'xstate';
import { DocumentError, LimitError, scxml, type ScxmlOptions } from '../../engine/index.js';

const document = (inside: string, attributes = 'datamodel="ecmascript"') =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" ${attributes}>\n${inside}\n</scxml>`;

const logic = (inside: string, options: Partial<ScxmlOptions> = {}) =>
  scxml(document(inside), { trusted: true, uri: 'test.scxml', ...options });

const door = `
  <datamodel><data id="opened" expr="{ times: 0 }"/></datamodel>
  <state id="closed"><transition event="open" target="open"/></state>
  <state id="open">
    <onentry><assign location="opened.times" expr="opened.times + 1"/></onentry>
    <transition event="close" target="closed"/>
    <transition event="remove" target="removed"/>
  </state>
  <final id="removed"><donedata><param name="opened" expr="opened.times"/></donedata></final>`;

const call = `
  <parallel id="call">
    <state id="voice"><state id="ringing"><transition event="answer" target="talking"/></state><state id="talking"/></state>
    <state id="record"/>
  </parallel>`;

describe('an actor of a document', () => {
  it('takes events and shows where it is and what it knows', () => {
    const actor = createActor(logic(door)).start();
    expect(actor.getSnapshot().value).to.equal('closed');
    actor.send({ type: 'open' });
    expect(actor.getSnapshot().value).to.equal('open');
    expect(actor.getSnapshot().context).to.deep.equal({ opened: { times: 1 } });
  });

  it('has the data of the event that was sent', () => {
    const logged: unknown[] = [];
    const take = '<state id="a"><transition event="e"><log expr="_event.data.list[1].x"/></transition></state>';
    const actor = createActor(logic(take, { log: ({ value }) => logged.push(value) })).start();
    actor.send({ type: 'e', data: { list: [0, { x: 'there' }] } });
    expect(logged).to.deep.equal(['there']);
  });

  it('has nested values, and regions side by side', () => {
    const actor = createActor(logic(call)).start();
    expect(actor.getSnapshot().value).to.deep.equal({ call: { voice: 'ringing', record: {} } });
    actor.send({ type: 'answer' });
    expect(actor.getSnapshot().value).to.deep.equal({ call: { voice: 'talking', record: {} } });
    expect(actor.getSnapshot().configuration).to.deep.equal(['talking', 'record']);
  });

  it('matches partial values, and every active state is a tag', () => {
    const snapshot = createActor(logic(call)).start().getSnapshot();
    for (const value of ['call', { call: 'voice' }, { call: { voice: 'ringing' } }, { call: {} }])
      expect(snapshot.matches(value), JSON.stringify(value)).to.equal(true);
    for (const value of ['voice', { call: { voice: 'talking' } }, 'constructor', { toString: 'call' }])
      expect(snapshot.matches(value), JSON.stringify(value)).to.equal(false);
    expect(['call', 'ringing', 'talking', 'nowhere'].map((id) => snapshot.hasTag(id))).to.deep.equal([
      ...[true, true],
      ...[false, false],
    ]);
  });

  it('gives its variables away as a copy', () => {
    const actor = createActor(logic(door)).start();
    actor.send({ type: 'open' });
    (actor.getSnapshot().context as { opened: { times: number } }).opened.times = 99;
    actor.send({ type: 'close' });
    actor.send({ type: 'open' });
    expect(actor.getSnapshot().context).to.deep.equal({ opened: { times: 2 } });
  });

  it('keeps the moment of a snapshot that is taken', () => {
    const actor = createActor(logic(door)).start();
    const before = actor.getSnapshot();
    actor.send({ type: 'open' });
    expect(before.value).to.equal('closed');
    expect(before.matches('closed')).to.equal(true);
  });

  it('ends with its donedata, for promises and observers', async () => {
    const actor = createActor(logic(door));
    const seen: string[] = [];
    actor.subscribe({
      next: ({ configuration, status }) => seen.push(`${configuration.join()} ${status}`),
      complete: () => seen.push('complete'),
    });
    actor.start();
    const output = toPromise(actor);
    const opened = waitFor(actor, (snapshot) => snapshot.matches('open'));
    actor.send({ type: 'open' });
    actor.send({ type: 'remove' });
    expect((await opened).value).to.equal('open');
    expect(await output).to.deep.equal({ opened: 1 });
    expect(seen).to.deep.equal(['closed active', 'open active', 'removed done', 'complete']);
    expect(actor.getSnapshot()).to.include({ status: 'done', value: 'removed' });
  });

  it('can be done before it is asked', async () => {
    const actor = createActor(logic('<final id="f"><donedata><content expr="[1, 2]"/></donedata></final>')).start();
    expect(await toPromise(actor)).to.deep.equal([1, 2]);
  });

  it('takes what is called xstate.stop, or nothing at all, from documents as any other event', () => {
    const logged: unknown[] = [];
    const names = ['xstate.stop', 'xstate.error.actor.x', 'xstate.done.actor.x', 'scxml:cancel', '*', ''];
    const actor = createActor(
      logic(
        `<state id="a">
          <onentry>${names.map((name) => `<send eventexpr="'${name}'"/>`).join('')}</onentry>
          <transition event="*"><log expr="_event.name"/></transition>
        </state>`,
        { log: ({ value }) => logged.push(value) },
      ),
    ).start();
    expect(logged).to.deep.equal(names);
    expect(actor.getSnapshot().status).to.equal('active');
  });

  it('is driven by its clock', () => {
    const clock = new SimulatedClock();
    const late = logic(`<state id="a">
      <onentry><send event="first" delay="1s"/><send event="second" delay="2s" id="second"/></onentry>
      <transition event="first" target="b"><cancel sendid="second"/><send event="third" delay="2s"/></transition>
    </state>
    <state id="b"><transition event="second" target="a"/><transition event="third" target="c"/></state><state id="c"/>`);
    const actor = createActor(late, { clock }).start();
    const values = [999, 1, 1999, 1].map((ms) => {
      clock.increment(ms);
      return actor.getSnapshot().value;
    });
    expect(values).to.deep.equal(['a', 'b', 'b', 'c']);
  });

  it('does nothing more when it is stopped: no timer, no child, no onexit', () => {
    const clock = new SimulatedClock();
    const logged: unknown[] = [];
    const waiting = `<onentry><send event="due" delay="1s"/></onentry>
      <onexit><log expr="'left'"/></onexit><transition event="due"><log expr="'due'"/></transition>`;
    const actor = createActor(
      logic(
        `<state id="a">${waiting}<invoke><content>${document(`<state id="c">${waiting}</state>`)}</content></invoke></state>`,
        {
          log: ({ value }) => logged.push(value),
        },
      ),
      { clock },
    ).start();
    const child = Object.values(actor.getSnapshot().children)[0];
    actor.stop();
    clock.increment(2000);
    expect(logged).to.deep.equal([]);
    expect(child?.getSnapshot()).to.include({ status: 'stopped' });
  });

  it('shows its events under their own names, and snapshots, to an inspector', () => {
    const seen: InspectionEvent[] = [];
    const asks =
      '<state id="a"><transition event="ask"><send event="answer"/></transition><transition event="answer" target="b"/></state>';
    const actor = createActor(logic(`${asks}<state id="b"/>`), { inspect: (event) => seen.push(event) }).start();
    actor.send({ type: 'ask' });
    const told = seen.flatMap((event) => (event.type === '@xstate.event' ? [event.event.type] : []));
    expect(told.slice(1)).to.deep.equal(['ask', 'answer']);
    const values = seen.flatMap((event) => (event.type === '@xstate.snapshot' ? [event.snapshot] : []));
    expect(values.map((snapshot) => (snapshot as unknown as { value: unknown }).value)).to.deep.equal(['a', 'a', 'b']);
  });
});

describe('an actor that cannot go on', () => {
  const endless = `<state id="calm">
      <onentry><send event="late" delay="1s"/></onentry>
      <transition event="go" target="loop"/>
    </state>
    <state id="loop"><transition target="loop"/></state>`;

  it('has status error, tells where, and forgets its timers and children', () => {
    const clock = new SimulatedClock();
    const logged: unknown[] = [];
    const child = document(`<state id="c"><onentry><send event="tick" delay="1s"/></onentry>
      <onexit><log expr="'left'"/></onexit><transition event="tick"><log expr="'ticked'"/></transition></state>`);
    const actor = createActor(
      logic(endless.replace('<transition', `<invoke><content>${child}</content></invoke><transition`), {
        log: ({ value }) => logged.push(value),
        limits: { microsteps: 50 },
      }),
      { clock },
    );
    const errors: unknown[] = [];
    actor.subscribe({ error: (error) => errors.push(error) });
    actor.start().send({ type: 'go' });
    const { status, error } = actor.getSnapshot();
    expect(status).to.equal('error');
    expect(errors).to.deep.equal([error]);
    expect(error).to.be.instanceOf(LimitError);
    expect((error as LimitError).message).to.match(/^test\.scxml:\d+:\d+: a macrostep took more than 50 microsteps/);
    clock.increment(5000);
    expect(logged).to.deep.equal(['left']);
  });

  it('still answers what a snapshot answers', () => {
    const actor = createActor(logic(endless, { limits: { microsteps: 50 } }));
    actor.subscribe({ error: () => undefined });
    actor.start().send({ type: 'go' });
    const snapshot = actor.getSnapshot();
    expect(snapshot.matches('calm')).to.equal(false);
    expect(snapshot.configuration).to.deep.equal(['loop']);
  });

  it('is told when it does not even start', () => {
    const actor = createActor(logic('<state id="a"><transition target="a"/></state>', { limits: { microsteps: 5 } }));
    const errors: unknown[] = [];
    actor.subscribe({ error: (error) => errors.push(error) });
    actor.start();
    expect(actor.getSnapshot().status).to.equal('error');
    expect(errors).to.have.lengthOf(1);
  });
});

describe('scxml()', () => {
  it('refuses documents that nobody trusts, and says what to do', () => {
    expect(() => scxml(document('<state/>'), { trusted: false })).to.throw(/trusted/);
  });

  it('runs the null datamodel without trust', () => {
    const free = scxml(document('<state id="a"/>', 'datamodel="null"'), { trusted: false });
    expect(createActor(free).start().getSnapshot().value).to.equal('a');
  });

  it('tells all that is wrong with a document at once, each with its place', () => {
    const wrong =
      '<state id="a"><transition target="nowhere"/></state>\n<state id="a"/>\n<state id="b"><onentry><send/></onentry></state>';
    try {
      logic(wrong);
    } catch (error) {
      expect(error).to.be.instanceOf(DocumentError);
      const { problems, message } = error as DocumentError;
      expect(problems.map(({ at }) => at.line)).to.deep.equal([2, 3, 4]);
      for (const line of message.split('\n')) expect(line).to.match(/^test\.scxml:\d+:\d+: /);
      return;
    }
    expect.fail('the document was accepted');
  });
});
