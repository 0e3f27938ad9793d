/** Invoked sessions as child actors: how they end, are cancelled, and what of them reaches the session that invoked them. */
import { expect } from 'chai';
import { createActor, SimulatedClock, type Snapshot } from 'xstate';
import { scxml } from '../../../engine/index.js';

const document = (inside: string) =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${inside}</scxml>`;

const invoke = (inside: string, attributes = 'id="child"') =>
  `<invoke ${attributes}><content>${document(inside)}</content></invoke>`;

const say = (expr: string) => `<log expr="${expr}"/>`;
const tell = (event: string) => `<send target="#_parent" event="${event}"/>`;
const hear = `<transition event="*">${say('_event.name')}</transition>`;

const run = (inside: string) => {
  const logged: unknown[] = [];
  const clock = new SimulatedClock();
  const logic = scxml(document(inside), { trusted: true, log: ({ value }) => logged.push(value) });
  const actor = createActor(logic, { clock, input: { sessionid: 'parent' } }).start();
  return { logged, clock, logic, actor };
};

describe('an invoked session', () => {
  it('is a child until it ends', () => {
    const { actor } =
      run(`<state id="a">${invoke('<state id="x"><transition event="end" target="f"/></state><final id="f"/>')}
      <transition event="finish"><send target="#_child" event="end"/></transition></state>`);
    expect(Object.keys(actor.getSnapshot().children)).to.deep.equal(['child']);
    actor.send({ type: 'finish' });
    expect(Object.keys(actor.getSnapshot().children)).to.deep.equal([]);
  });

  it('of the ORS dialect says with its end which session it was', () => {
    const ended = (inside: string) => document(inside).replace('datamodel=', 'profile=');
    const child = '<final id="f"><donedata><param name="n" expr="1"/></donedata></final>';
    const logged: unknown[] = [];
    const text = ended(`<state id="a"><invoke id="child" type="scxml"><content>${ended(child)}</content></invoke>
      <transition event="done.invoke.child">${say('_event.data')}</transition></state>`);
    createActor(scxml(text, { trusted: true, log: ({ value }) => logged.push(value) }), {
      input: { sessionid: 'parent' },
    }).start();
    expect(logged).to.deep.equal([{ sessionid: 'parent.child.1', reason: 'finished', params: { n: 1 } }]);
  });

  it('that is cancelled runs its onexit, and tells nothing more', () => {
    const { logged, actor } = run(`
      <state id="a">
        ${invoke(`<state id="x"><onexit>${say("'left'")}${tell('too.late')}</onexit></state>`)}
        <transition event="go" target="b"/>
      </state>
      <state id="b">${hear}</state>`);
    actor.send({ type: 'go' });
    expect(logged).to.deep.equal(['left']);
  });

  it('whose own message makes its parent cancel it runs its onexit too, and the rest of its messages are dropped', () => {
    const { logged, clock } = run(`
      <state id="a">
        ${invoke(`<state id="x">
          <onentry><send event="wake" delay="1s"/></onentry><onexit>${say("'left'")}</onexit>
          <transition event="wake">${tell('enough')}${tell('too.late')}<send event="again"/></transition>
          <transition event="again">${say("'still there'")}</transition>
        </state>`)}
        <transition event="enough" target="b"/>
      </state>
      <state id="b">${hear}</state>`);
    clock.increment(1000);
    expect(logged.filter((value) => value !== 'still there')).to.deep.equal(['left']);
  });

  it('that ends while its last message makes its parent leave it still tells its end (IRP 236)', () => {
    const { logged, clock } = run(`
      <state id="a">
        ${invoke(`<state id="x"><onentry><send event="wake" delay="1s"/></onentry>
          <transition event="wake" target="f">${tell('enough')}</transition></state><final id="f"/>`)}
        <transition event="enough" target="b"/>
      </state>
      <state id="b">${hear}</state>`);
    clock.increment(1000);
    expect(logged).to.deep.equal(['done.invoke.child']);
  });

  it('is started anew under its old id when its state is left and entered again, and is reachable there', () => {
    const { logged, actor } = run(`
      <state id="a">
        ${invoke(`<state id="x"><onentry>${say("'entered'")}</onentry><onexit>${say("'left'")}</onexit>
          <transition event="ask">${tell('answer')}</transition></state>`)}
        <transition event="again" target="a"/>
        <transition event="ask"><send target="#_child" event="ask"/></transition>
        <transition event="ask.session"><send target="#_scxml_parent.child" event="ask"/></transition>
        <transition event="answer">${say('_event.name + _event.invokeid')}</transition>
      </state>`);
    for (const type of ['again', 'ask', 'ask.session']) actor.send({ type });
    expect(logged).to.deep.equal(['entered', 'left', 'entered', 'answerchild', 'answerchild']);
  });

  it('hears what is forwarded, as it was sent', () => {
    const { logged, actor } = run(`<state id="a">
      ${invoke(`<state id="x"><transition event="*">${say("_event.name + ' ' + _event.data.n")}</transition></state>`, 'id="child" autoforward="true"')}
    </state>`);
    actor.send({ type: 'some.thing', data: { n: 3 } });
    expect(logged).to.deep.equal(['some.thing 3']);
  });

  it('that cannot be read is error.communication with every problem', () => {
    const { logged } = run(`<state id="a">
      <invoke><content><scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="no"/></content></invoke>
      <transition event="error.communication">${say('_event.data.reason')}</transition></state>`);
    expect(logged).to.have.lengthOf(1);
    expect(String(logged[0])).to.match(/"no"/);
  });

  it('that fails is error.communication with the reason, and no child any more', () => {
    const { logged, actor } = run(`<state id="a">
      ${invoke('<state id="x"><transition event="go" target="y"/></state><state id="y"><transition target="y"/></state>')}
      <transition event="go"><send target="#_child" event="go"/></transition>
      <transition event="error.communication">${say('_event.invokeid')}</transition></state>`);
    actor.send({ type: 'go' });
    expect(logged).to.deep.equal(['child']);
    expect(actor.getSnapshot().children).to.deep.equal({});
    expect(actor.getSnapshot().status).to.equal('active');
  });

  it('gets its parameters, shared and cyclic objects included', () => {
    const { logged } = run(`<datamodel><data id="ring" expr="({})"/></datamodel>
      <state id="a"><onentry><script>ring.me = ring; ring.list = [ring, ring.list];</script>
        <send event="e"><param name="first" expr="[1]"/><param name="ring" expr="ring"/></send></onentry>
      <transition event="e">
        ${say('_event.data.ring.me === _event.data.ring &amp;&amp; _event.data.ring.list[0] === _event.data.ring')}
        ${say('_event.data.first')}
      </transition></state>`);
    expect(logged).to.deep.equal([true, [1]]);
  });

  it('fills an empty finalize with parts that keep their shape', () => {
    const { logged } = run(`<datamodel><data id="pair"/><data id="$odd"/></datamodel>
      <state id="a">
        <invoke><param name="pair" location="pair"/><param name="$odd" location="$odd"/><content>${document(`<datamodel><data id="o" expr="({})"/></datamodel>
          <state id="x"><onentry><send target="#_parent" event="e">
            <param name="other" expr="[[]]"/><param name="pair" expr="[o, o]"/><param name="$odd" expr="7"/>
          </send></onentry></state>`)}</content><finalize/></invoke>
        <transition event="e">${say('pair[0] === pair[1] &amp;&amp; pair[0] !== pair')}${say('$odd')}</transition>
      </state>`);
    expect(logged).to.deep.equal([true, 7]);
  });
});

describe('a restored actor', () => {
  it('that is saved again before it is started loses nothing', () => {
    const { logged, clock, logic, actor } = run(`<state id="a"><onentry><send event="due" delay="1s"/></onentry>
      ${invoke(`<state id="x"><transition event="ask">${tell('answer')}</transition></state>`)}
      <transition event="due"><send target="#_child" event="ask"/></transition>
      <transition event="answer">${say("'answered'")}</transition></state>`);
    const saved = () => JSON.parse(JSON.stringify(idle.getPersistedSnapshot())) as Snapshot<unknown>;
    let idle = actor;
    const first = saved();
    actor.stop();
    idle = createActor(logic, { clock, snapshot: first });
    createActor(logic, { clock, snapshot: saved() }).start();
    clock.increment(1000);
    expect(logged).to.deep.equal(['answered']);
  });
});
