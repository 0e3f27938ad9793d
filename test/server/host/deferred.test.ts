import { expect } from 'chai';
import { sessionTable } from '../../../server/ors/modules/session.js';
import { problem } from '../../../server/problems.js';
import { holdToTable } from '../ors/modules/fields.js';
import { hosted, outcome, scxml, watch, type Hosted } from './hosted.js';

const HOUR = 3_600_000;

describe('a session that is to start at its time', () => {
  let made: Hosted;
  beforeEach(async () => {
    made = hosted();
    made.documents.set(
      'main',
      scxml(`<datamodel><data id="a" expr="0"/></datamodel>
        <state id="s"><onentry><t:act say="'began with ' + a"/></onentry></state>`),
    );
    await made.host.open();
  });
  const book = (id?: string) =>
    made.host.start({ src: 'main', params: { a: 7 }, idealtime: made.clock.now() + HOUR }, id);

  it('does not begin before, and begins then with its parameters', async () => {
    const sessionid = await book();
    await made.clock.advance(HOUR - 1);
    expect(made.acts).to.deep.equal([]);
    await made.clock.advance(1);
    expect(made.acts).to.deep.equal(['began with 7']);
    expect(await made.view(sessionid)).to.deep.include({ status: 'active', configuration: ['s'] });
    expect(await made.store.waiting(sessionid, 'start')).to.equal(undefined);
  });

  it('whose time is over begins at once', async () => {
    await made.host.start({ src: 'main', params: {}, idealtime: made.clock.now() });
    expect(made.acts).to.deep.equal(['began with 0']);
  });

  it('is shown as scheduled, with its parameters and its time', async () => {
    const sessionid = await book();
    expect(await made.view(sessionid)).to.deep.equal({
      sessionid,
      uri: 'main',
      status: 'scheduled',
      configuration: [],
      version: 0,
      data: { a: 7 },
      startedAt: HOUR + made.clock.now(),
    });
  });

  it('takes no events meanwhile, and says when it will', async () => {
    const sessionid = await book();
    expect(await outcome(made.host.deliver(sessionid, { name: 'e' }))).to.equal('SESSION_SCHEDULED');
  });

  it('is taken back by its termination, and then is not there', async () => {
    const sessionid = await book();
    await made.host.terminate(sessionid);
    await made.clock.advance(2 * HOUR);
    expect(made.acts).to.deep.equal([]);
    expect(await outcome(made.view(sessionid))).to.equal('SESSION_NOT_FOUND');
    expect(await outcome(made.host.terminate(sessionid))).to.equal('SESSION_NOT_FOUND');
  });

  it('that is terminated just when it begins, begins and is over', async () => {
    const sessionid = await book();
    let open: () => void = () => undefined;
    made.gate = new Promise((resolve) => (open = resolve));
    await made.clock.advance(HOUR);
    const ended = watch(made.host.terminate(sessionid));
    await made.clock.settle();
    expect(ended.now).to.equal('pending');
    open();
    await made.clock.settle();
    expect([ended.now, (await made.view(sessionid)).status]).to.deep.equal(['resolved', 'done']);
  });

  it('is booked once for an id that comes again', async () => {
    expect(await book('k')).to.equal(await book('k'));
    await made.clock.advance(HOUR);
    expect(made.acts).to.have.lengthOf(1);
  });

  it('is refused at once when its document is not there, or cannot run', async () => {
    made.documents.set('bad', '<scxml/');
    for (const [src, code] of [
      ['none', 'DOCUMENT_NOT_FOUND'],
      ['bad', 'DOCUMENT_INVALID'],
    ] as const)
      expect(await outcome(made.host.start({ src, params: {}, idealtime: HOUR + made.clock.now() }))).to.equal(code);
  });

  it('whose document has gone by then is a dead letter, which can be tried anew', async () => {
    const sessionid = await book();
    const text = made.documents.get('main') ?? '';
    made.documents.delete('main');
    await made.clock.advance(HOUR);
    const [letter] = await made.store.deadLetters(9);
    expect(letter?.reason).to.equal(problem('DOCUMENT_NOT_FOUND', 'main').message);
    expect(await outcome(made.view(sessionid))).to.equal('SESSION_NOT_FOUND');
    made.documents.set('main', text);
    if (letter) await made.host.outbox.revive(letter);
    await made.clock.settle();
    expect(made.acts).to.deep.equal(['began with 7']);
  });
});

describe('a session that was started by another', () => {
  let made: Hosted;
  beforeEach(async () => {
    made = hosted();
    made.documents.set(
      'main',
      scxml('<state id="s"><transition event="*"><t:act say="[_event.name, _event.data]"/></transition></state>'),
    );
    made.documents.set(
      'child',
      scxml(`<state id="s">
          <onentry><t:act say="_x.starter"/></onentry>
          <transition event="end" target="f"/>
          <transition event="loop" target="loop"/>
        </state>
        <state id="loop"><transition target="loop"/></state>
        <final id="f"><donedata><param name="a" expr="1"/></donedata></final>`),
    );
    await made.host.open();
  });
  const both = async (): Promise<[starter: string, child: string]> => {
    const starter = await made.host.start({ src: 'main', params: {} });
    return [starter, await made.host.start({ src: 'child', params: {}, starter })];
  };
  const heard = () => made.acts.filter((act) => act.startsWith('[')).map((act) => JSON.parse(act) as [string, unknown]);

  it('knows by whom', async () => {
    const [starter] = await both();
    expect(made.acts).to.deep.equal([starter]);
  });

  const ends: [title: string, reason: string, end: (child: string) => Promise<unknown>, more: object][] = [
    ['finishes', 'finished', (child) => made.host.deliver(child, { name: 'end' }), { params: { a: 1 } }],
    ['is terminated', 'terminated', (child) => made.host.terminate(child), {}],
    ['breaks a limit', 'error', (child) => outcome(made.host.deliver(child, { name: 'loop' })), {}],
  ];
  for (const [title, reason, end, more] of ends)
    it(`and ${title} tells it, once`, async () => {
      const [, child] = await both();
      await end(child);
      await made.clock.settle();
      expect(heard()).to.deep.equal([[`done.start.${child}`, { sessionid: child, reason, ...more }]]);
      holdToTable(sessionTable, heard());
      expect(await made.store.due({ due: -Infinity, seq: 0 }, Infinity, 9)).to.deep.equal([]);
    });

  it('is known to it by the name of its document, too', async () => {
    const waits = '<state id="s"><transition event="done.scxml.kid" target="t"/></state><state id="t"/>';
    made.documents.set('main', scxml(waits));
    const kid = scxml('<final id="f"/>').replace('version', 'name="kid" version');
    made.documents.set('child', kid);
    const [starter] = await both();
    await made.clock.settle();
    expect((await made.view(starter)).configuration).to.deep.equal(['t']);
  });

  it('goes on when that one ends, and then tells nobody', async () => {
    const [starter, child] = await both();
    await made.host.terminate(starter);
    expect((await made.view(child)).status).to.equal('active');
    await made.host.deliver(child, { name: 'end' });
    await made.clock.settle();
    expect(heard()).to.deep.equal([]);
    expect(await made.store.due({ due: -Infinity, seq: 0 }, Infinity, 9)).to.deep.equal([]);
  });

  it('tells it when it was to begin later, and could not', async () => {
    const starter = await made.host.start({ src: 'main', params: {} });
    const idealtime = made.clock.now() + HOUR;
    const child = await made.host.start({ src: 'child', params: {}, starter, idealtime });
    made.documents.delete('child');
    await made.clock.advance(HOUR);
    expect(heard()).to.deep.equal([[`done.start.${child}`, { sessionid: child, reason: 'error' }]]);
  });
});
