/** `<send>`, `<cancel>` and `<raise>` as ORS has them: attributes are value expressions. */
import { expect } from 'chai';
import type { SendEffect } from '../../../engine/effect.js';
import type { ScxmlEvent } from '../../../engine/event.js';
import { log } from '../step/stepping.js';
import { inEveryWorld } from './worlds.js';

const HTTP = 'http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor';
const variables = `<script>var name = 'E'; var wait = '200ms'; var number = 5; var to = { id: 'other' }; var url = 'http://h/x';</script>`;
const state = (content: string, more = ''): string =>
  `${variables}<state id="s"><transition event="go">${content}</transition>${more}
   <transition event="*">${log('_event.name')}${log('_event.data')}</transition></state>`;

/** The event of a send that is due, as a host would deliver it. */
const due = ({ event }: SendEffect): ScxmlEvent => event;
const only = <T>(list: readonly T[]): T => {
  expect(list).to.have.length(1);
  return list[0] as T;
};

inEveryWorld('<send> of the ORS dialect', (start) => {
  const table: readonly (readonly [attributes: string, wanted: Readonly<Record<string, unknown>>])[] = [
    [`event="'E'"`, { name: 'E', target: undefined, delay: 0 }],
    ['event="&quot;E&quot;"', { name: 'E' }],
    ['event="name"', { name: 'E' }],
    [`event="name + '.done'"`, { name: 'E.done' }],
    [`eventexpr="name"`, { name: 'E' }],
    [`event="'E'" delay="'1s'"`, { delay: 1000 }],
    [`event="'E'" delay="wait"`, { delay: 200 }],
    [`event="'E'" delayexpr="wait"`, { delay: 200 }],
    [`event="'E'" delay="number + 's'"`, { delay: 5000 }],
    [`event="'E'" delay="number"`, { delay: 5 }],
    [`event="'E'" delay="10s"`, { delay: 10_000 }],
    [`event="'E'" target="to.id" type="'scxml'"`, { target: '#_scxml_other' }],
    [`event="'E'" target="to.id" targettype="'scxml'"`, { target: '#_scxml_other' }],
    [`event="'E'" target="'#_scxml_other'"`, { target: '#_scxml_other' }],
    [`event="'E'" target="_sessionid"`, { target: undefined }],
    [`event="'E'" target="url" type="'basichttp'"`, { target: 'http://h/x', processor: HTTP }],
    [`event="'E'" id="one"`, { sendid: 'one' }],
    [`event="'E'" sendid="one"`, { sendid: 'one' }],
  ];
  for (const [attributes, wanted] of table) {
    it(`sends ${attributes}`, () => {
      const session = start(state(`<send ${attributes}/>`), { options: { processors: [HTTP] } });
      session.send('go');
      const effect = only(session.of('send'));
      const { target, delay, processor } = effect;
      const { name, sendid } = effect.event;
      expect({ name, target, delay, processor, sendid }).to.include(wanted);
    });
  }

  it('carries its parameters, also those that only have a name', () => {
    const session = start(state(`<send event="'E'"><param name="a" expr="1 + 1"/><param name="number"/></send>`));
    session.send('go');
    expect(only(session.of('send')).event.data).to.deep.equal({ a: 2, number: 5 });
  });

  it('puts an event to _internal on the internal queue', () => {
    const session = start(state(`<send event="'E'" target="'_internal'"><param name="a" expr="1"/></send>`));
    expect(session.send('go')).to.deep.equal(['E', { a: 1 }]);
  });

  it('raises events with parameters', () => {
    const session = start(state(`<raise event="E.x"><param name="a" expr="name"/></raise>`));
    expect(session.send('go')).to.deep.equal(['E.x', { a: 'E' }]);
  });
});

inEveryWorld('<cancel> of the ORS dialect', (start) => {
  const guard = `<send event="'late'" delay="'10s'" idlocation="ids['guard']"/>`;
  const cancel = `<transition event="cancel.it"><cancel sendid="ids['guard']"/></transition>`;
  const body = state(`<script>ids = {};</script>${guard}`, cancel);

  it('says that it was successful, with the id', () => {
    const session = start(body);
    session.send('go');
    const { sendid } = only(session.of('send'));
    expect(session.send('cancel.it')).to.deep.equal(['cancel.successful', { sendid }]);
    expect(only(session.of('cancel')).sendid).to.equal(sendid);
  });

  it('says that it was not allowed when there is nothing left to cancel', () => {
    const session = start(body);
    session.send('go');
    const { sendid } = only(session.of('send'));
    session.send('cancel.it');
    expect(session.send('cancel.it')).to.deep.equal(['error.notallowed', { sendid }]);
  });

  it('says that it was not allowed when the event has come', () => {
    const session = start(body);
    session.send('go');
    const effect = only(session.of('send'));
    expect(session.send(due(effect))).to.deep.equal(['late', undefined]);
    expect(session.send('cancel.it')).to.deep.equal(['error.notallowed', { sendid: effect.sendid }]);
  });

  it('keeps back an event that was on its way when it was cancelled', () => {
    const session = start(body);
    session.send('go');
    const effect = only(session.of('send'));
    session.send('cancel.it');
    expect(session.send(due(effect))).to.deep.equal([]);
  });

  it('takes a literal id in id', () => {
    const session = start(
      state(
        `<send event="'late'" id="one" delay="'1s'"/>`,
        `<transition event="cancel.it"><cancel id="one"/></transition>`,
      ),
    );
    session.send('go');
    expect(session.send('cancel.it')).to.deep.equal(['cancel.successful', { sendid: 'one' }]);
  });

  it('is an error.cancel.notallowed too', () => {
    const handler = `<transition event="error.cancel">${log("'both names'")}</transition>`;
    expect(start(state(`<cancel sendid="'none'"/>`, handler)).send('go')).to.deep.equal(['both names']);
  });
});
