/** Error and done events as ORS names and fills them: one event with two names. */
import { expect } from 'chai';
import type { ScxmlEvent } from '../../../engine/event.js';
import { log } from '../step/stepping.js';
import { inEveryWorld } from './worlds.js';

const told = log('[_event.name, _event.data.element, _event.data.linenumber, _event.data.document].join()');
const failing = (content: string, handler = '*', more = ''): string =>
  `<script>var x = { y: 1 };</script>
<state id="s"><transition event="go">
${content}</transition>${more}<transition event="${handler}">${told}</transition></state>`;

inEveryWorld('an error of the ORS dialect', (start) => {
  const modules = { 'urn:acts': { act: { attributes: {} } } };
  const named = (body: string): unknown[] => start(body, { options: { uri: 'doc.scxml', modules } }).send('go');

  const table: readonly (readonly [content: string, name: string, element: string])[] = [
    ['<script>nothing.is = 1;</script>', 'error.script.ReferenceError', 'script'],
    ['<script>x.y.z.u = 1;</script>', 'error.script.TypeError', 'script'],
    ['<script>throw 1;</script>', 'error.script', 'script'],
    ['<script>}</script>', 'error.script', 'script'],
    ['<if cond="nothing"/>', 'error.illegalcond.ReferenceError', 'if'],
    ['<assign location="nothing" expr="1"/>', 'error.illegalassign', 'assign'],
    ['<assign location="_data.x" expr="nothing"/>', 'error.illegalassign', 'assign'],
    ['<log expr="nothing"/>', 'error.illegalvalue.ReferenceError', 'log'],
    ['<send event="nothing"/>', 'error.illegalvalue.ReferenceError', 'send'],
    [`<send event="'e'" delay="'so' + 'on'"/>`, 'error.illegalvalue', 'send'],
    [`<send event="'e'"><param name="p" expr="nothing"/></send>`, 'error.illegalvalue.ReferenceError', 'param'],
    [`<send event="'e'" type="'fm'" target="'t'"/>`, 'error.send.targettypeinvalid.s', 'send'],
    [`<send event="'e'" target="'#_none'"/>`, 'error.send.nosuchsession', 'send'],
    [`<send event="'e'" idlocation="nothing.is"/>`, 'error.illegalloc.ReferenceError', 'send'],
    [`<send event="'e'" idlocation="x.y.z.u"/>`, 'error.illegalloc.TypeError', 'send'],
    ['<u:act xmlns:u="urn:acts" requestid="nothing.is"/>', 'error.illegalloc.ReferenceError', 'act'],
    ['<u:act xmlns:u="urn:acts" requestid="_event.name"/>', 'error.illegalloc.TypeError', 'act'],
    ['<u:it xmlns:u="urn:u"/>', 'error.unsupported.it', 'it'],
  ];
  for (const [content, name, element] of table) {
    it(`is ${name} for ${content}`, () => {
      const trace = named(failing(content)).filter((entry) => entry !== undefined);
      expect(trace).to.include(`${name},${element},4,doc.scxml`);
    });
    it(`is what SCXML calls it as well for ${content}`, () => {
      const w3c = content.includes('#_none') ? 'error.communication' : 'error.execution';
      expect(named(failing(content, w3c))).to.deep.equal([`${name},${element},4,doc.scxml`]);
    });
  }

  it('is error.illegalcond for a transition', () => {
    const body = failing('', 'error.illegalcond', '\n<transition event="other" cond="nothing"/>');
    expect(start(body, { options: { uri: 'doc.scxml' } }).send('other')).to.deep.equal([
      'error.illegalcond.ReferenceError,transition,5,doc.scxml',
    ]);
  });

  it('is error.illegaldata for <data>', () => {
    const body = `<datamodel><data id="d" expr="nothing"/></datamodel><state id="s"><transition event="error">${told}</transition></state>`;
    expect(start(body).trace).to.include('error.illegaldata.ReferenceError,data,2,document');
  });

  it('is error.illegalloc for the place of the id of an invoked session', () => {
    const body = failing('', 'error.illegalloc', '<transition event="other" target="i"/>');
    const failed = `<state id="i"><invoke src="child.scxml" idlocation="nothing.is"/><transition event="error">${told}</transition></state>`;
    const trace = start(body + failed, { options: { uri: 'doc.scxml' } }).send('other');
    expect(trace.join(';')).to.include('error.illegalloc.ReferenceError,invoke');
  });

  const sources: readonly (readonly [src: string, uri: string, protocol: string])[] = [
    ['absent.json', 'file:///ors/doc.scxml', 'file'],
    ['../absent.json', 'http://ors.example/docs/doc.scxml', 'http'],
    ['https://ors.example/absent.json', 'file:///ors/doc.scxml', 'https'],
    ['absent.json', 'document', 'file'],
    ['http://ors.example/absent.json', 'document', 'http'],
  ];
  for (const [src, uri, protocol] of sources)
    it(`is error.badfetch.${protocol} for <data src="${src}"> of ${uri} that cannot be loaded`, () => {
      const target = log('[_event.name, _event.data.target, _event.data.element].join()');
      const body = (handler: string) =>
        `<datamodel><data id="d" src="${src}"/></datamodel><state id="s"><transition event="${handler}">${target}</transition></state>`;
      for (const handler of ['error.badfetch', 'error.execution'])
        expect(start(body(handler), { options: { uri } }).trace).to.include(`error.badfetch.${protocol},${src},data`);
    });

  const invoking = (handler: string): string =>
    `<state id="s"><invoke id="i" src="child.scxml"/><transition event="${handler}">${told}</transition></state>`;

  it('is error.badfetch for an invoked document that cannot be had, with the status, and error.communication too', () => {
    const data = { reason: 'it does not exist', target: 'http://x/absent.scxml', status: 404 };
    const late: ScxmlEvent = { name: 'error.communication', type: 'platform', invokeid: 'i', data };
    for (const handler of ['error.badfetch.http.404', 'error.communication']) {
      const session = start(invoking(handler));
      expect(session.send(late)).to.deep.equal(['error.badfetch.http.404,invoke,,document']);
    }
  });

  it('is error.communication alone for an invoked document that was had and cannot run', () => {
    const data = { reason: 'it is wrong' };
    const late: ScxmlEvent = { name: 'error.communication', type: 'platform', invokeid: 'i', data };
    expect(String(start(invoking('error')).send(late)[0])).to.match(/^error\.communication,/);
  });

  it('is one event: of two transitions for its names the first in the document takes it', () => {
    const body = failing(
      '<script>nothing.is;</script>',
      'error.script',
      `<transition event="error.execution">${log("'first'")}</transition>`,
    );
    expect(named(body)).to.deep.equal(['first']);
  });

  it('is error.send.failed when a message could not be delivered', () => {
    const late: ScxmlEvent = { name: 'error.communication', type: 'platform', sendid: 'one', data: { reason: 'gone' } };
    const session = start(
      failing(
        '',
        'error.send.failed',
        `<transition event="error.send.failed" cond="_event.sendid == 'one'">${log('_event.data.reason')}</transition>`,
      ),
    );
    expect(session.send(late)).to.deep.equal(['gone']);
  });
});

inEveryWorld('a done event of the ORS dialect', (start) => {
  it('has what <donedata> says in params, with the session and the reason', () => {
    const body = `<state id="s"><transition event="go" target="c"/></state>
      <state id="c"><final id="f"><donedata><param name="vQueue" expr="'VQ'"/></donedata></final>
      <transition event="done.state.c">${log('_event.data')}</transition></state>`;
    expect(start(body).send('go')).to.deep.include({ sessionid: 'self', reason: 'finished', params: { vQueue: 'VQ' } });
  });

  it('comes of a parallel state without params', () => {
    const region = (id: string): string => `<state id="${id}"><final id="${id}.f"/></state>`;
    const body = `<state id="s"><transition event="go" target="p"/></state>
      <parallel id="p">${region('a')}${region('b')}<transition event="done.state.p">${log('_event.data')}</transition></parallel>`;
    expect(start(body).send('go')).to.deep.include({ sessionid: 'self', reason: 'finished' });
  });

  it('says which invoked session is over', () => {
    const body = `<state id="s"><invoke id="i" type="scxml" src="child.scxml"/><transition event="done.invoke.i">${log('_event.data')}</transition></state>`;
    const session = start(body);
    const done = { name: 'done.invoke.i', type: 'platform', invokeid: 'i', data: { a: 1 }, from: 'child' } as const;
    expect(session.send(done)).to.deep.equal([{ sessionid: 'child', reason: 'finished', params: { a: 1 } }]);
  });
});

inEveryWorld('an event of the ORS dialect', (start) => {
  it('is the same object to all its handlers', () => {
    const body = `<script>var seen = [];</script><parallel id="p">
      <state id="application"><transition event="*"><script>seen.push(_event);</script></transition></state>
      <state id="handler"><transition event="e">${log('seen.indexOf(_event)')}${log('seen.length')}</transition></state></parallel>`;
    const session = start(body);
    expect(session.send('e').filter((entry) => typeof entry === 'number')).to.deep.equal([0, 1]);
    expect(session.send('e').filter((entry) => typeof entry === 'number')).to.deep.equal([1, 2]);
  });
});
