/** An actor that goes on from `getPersistedSnapshot()`: what surrounds its session goes on too, and nothing happens twice. */
import { expect } from 'chai';
import { createActor, SimulatedClock, type Snapshot } from 'xstate';
import { scxml, type PersistedSnapshot } from '../../../engine/index.js';

/** A session whose log can be read, and which can be told to go on as another actor. */
class Life {
  readonly log: unknown[] = [];
  readonly #clock = new SimulatedClock();
  readonly #logic;
  #actor;

  constructor(text: string, files: Readonly<Record<string, string>> = {}) {
    this.#logic = scxml(text, {
      trusted: true,
      uri: 'life.scxml',
      resources: (src) => files[src],
      log: ({ label, value }) => this.log.push(label === undefined ? value : [label, value]),
    });
    this.#actor = createActor(this.#logic, { clock: this.#clock, input: { sessionid: 'life' } }).start();
  }

  get persisted(): PersistedSnapshot {
    return JSON.parse(JSON.stringify(this.#actor.getPersistedSnapshot())) as PersistedSnapshot;
  }

  get configuration(): string[] {
    return this.#actor.getSnapshot().configuration;
  }

  send(type: string): this {
    this.#actor.send({ type });
    return this;
  }

  pass(ms: number): this {
    this.#clock.increment(ms);
    return this;
  }

  /** As after a restart of the process. */
  again(): this {
    const snapshot = this.persisted as unknown as Snapshot<unknown>;
    this.#actor.stop();
    this.#actor = createActor(this.#logic, { clock: this.#clock, snapshot }).start();
    return this;
  }
}

const document = (inside: string) =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${inside}</scxml>`;

describe('a persisted actor', () => {
  it('enters nothing again, and its delayed sends have what was left of them', () => {
    const life = new Life(
      document(`<state id="a">
        <onentry><log expr="'in a'"/><send event="due" delay="100ms"/></onentry>
        <transition event="due" target="b"/>
      </state><state id="b"/>`),
    );
    life.pass(60).again().pass(39);
    expect(life.configuration).to.deep.equal(['a']);
    life.again().pass(1);
    expect(life.configuration).to.deep.equal(['b']);
    expect(life.log).to.deep.equal(['in a']);
  });

  it('does not hear again of a child that has ended', () => {
    const life = new Life(
      document(`<state id="a">
        <invoke id="child"><content>${document('<final id="end"/>')}</content></invoke>
        <transition event="done.invoke.child"><log expr="_event.name"/></transition>
      </state>`),
    );
    expect(life.log).to.deep.equal(['done.invoke.child']);
    life.again();
    expect(life.log).to.deep.equal(['done.invoke.child']);
    expect(life.persisted.children).to.deep.equal({});
  });

  it('does not hear again of a child that has failed', () => {
    const endless = document('<state id="x"><transition target="x"/></state>');
    const life = new Life(
      document(`<state id="a">
        <invoke id="child"><content>${endless}</content></invoke>
        <transition event="error.communication"><log expr="_event.invokeid"/></transition>
      </state>`),
    );
    life.again();
    expect(life.log).to.deep.equal(['child']);
    expect(life.persisted.children).to.deep.equal({});
  });

  it("goes on with its children's children, who answer through both", () => {
    const grandchild = document(`<state id="g">
      <transition event="ask"><send target="#_parent" event="answer"/></transition>
    </state>`);
    const child = document(`<state id="c">
      <invoke id="grandchild" autoforward="true"><content>${grandchild}</content></invoke>
      <transition event="answer"><send target="#_parent" event="report"/></transition>
    </state>`);
    const life = new Life(
      document(`<state id="a">
        <invoke id="child" autoforward="true"><content>${child}</content></invoke>
        <transition event="report"><log expr="_event.invokeid"/></transition>
      </state>`),
    );
    life.again().send('ask').again().send('ask');
    expect(life.log).to.deep.equal(['child', 'child']);
  });

  it('cancels a child that it went on with, which leaves its states', () => {
    const child = document(`<state id="c"><onexit><log expr="'left'"/></onexit></state>`);
    const life = new Life(
      document(`<state id="a"><invoke><content>${child}</content></invoke><transition event="stop" target="b"/></state>
      <state id="b"/>`),
    );
    life.again();
    expect(life.log).to.deep.equal([]);
    life.send('stop');
    expect(life.log).to.deep.equal(['left']);
  });

  it('knows where the documents of its children and their children come from', () => {
    const child = document(`<state id="c">
      <invoke id="grandchild" autoforward="true" src="grandchild.scxml"/>
      <transition event="error.communication"><send target="#_parent" event="report">
        <param name="reason" expr="_event.data.reason"/></send></transition>
    </state>`);
    const grandchild = document(`<state id="g"><transition event="go" target="on"/></state>
      <state id="on"><transition target="on"/></state>`);
    const life = new Life(
      document(`<state id="a">
        <invoke id="child" autoforward="true" src="child.scxml"/>
        <transition event="report"><log expr="_event.data.reason.split(/: ?/)[1]"/></transition>
      </state>`),
      { 'child.scxml': child, 'grandchild.scxml': grandchild },
    );
    life.again().again().send('go');
    expect(life.log).to.deep.equal(['grandchild.scxml']);
  });
});
