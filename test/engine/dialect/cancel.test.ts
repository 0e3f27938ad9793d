/** What a session of the ORS dialect does when it is cancelled: it hears of it, and exits after one more microstep. */
import { expect } from 'chai';
import { log, Stepping } from '../step/stepping.js';
import { inEveryWorld } from './worlds.js';

const body = `<state id="s">
    <onexit>${log("'left s'")}</onexit>
    <transition event="cancel.invoke" target="t">${log('_event.name')}</transition>
  </state>
  <state id="t">
    <onentry><raise event="more"/></onentry>
    <onexit>${log("'left t'")}</onexit>
    <transition event="more" target="u"/>
    <transition target="u"/>
  </state>
  <state id="u"><onentry>${log("'never'")}</onentry></state>`;

inEveryWorld('A cancelled session of the ORS dialect', (start) => {
  for (const [title, input, name] of [
    ['that was invoked', { invokeid: 'i' }, 'cancel.invoke.i'],
    ['that nobody invoked', {}, 'cancel.invoke.self'],
  ] as const)
    it(`${title} hears ${name}, and exits after the microstep of that`, () => {
      const session = start(body, { input });
      session.cancel();
      expect(session.logged).to.deep.equal(['left s', name, 'left t']);
      expect(session.of('done')).to.deep.equal([{ type: 'done', output: undefined, cancelled: true }]);
    });

  it('that does not care just exits', () => {
    const session = start(`<state id="s"><onexit>${log("'left s'")}</onexit></state>`);
    session.cancel();
    expect(session.logged).to.deep.equal(['left s']);
  });
});

describe('A cancelled session of SCXML 1.0', () => {
  it('hears nothing of it', () => {
    const session = new Stepping(body);
    session.cancel();
    expect(session.logged).to.deep.equal(['left s']);
  });
});
