import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import { wholeServer, type Whole } from '../whole.js';

const scxml = (content: string): string => `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0"
    datamodel="ecmascript" xmlns:session="www.genesyslab.com/modules/session" xmlns:ws="www.genesyslab.com/modules/ws">
  ${content}</scxml>`;

const parent = scxml(`
  <datamodel><data id="child"/><data id="what"/><data id="when"/><data id="asked"/><data id="heard" expr="[]"/></datamodel>
  <state id="s">
    <onentry>
      <session:start srcexpr="what" requestid="asked" idealtime="when"><param name="n" expr="7"/></session:start>
    </onentry>
    <transition event="stop"><session:terminate sessionid="child"/></transition>
    <transition event="csv">
      <ws:response requestid="_event.sendid" resultcode="'201'" contenttype="'text/csv'"><content _expr="heard.join(',')"/></ws:response>
    </transition>
    <transition event="session.start.done" cond="_event.data.requestid == asked">
      <script>child = _event.data.sessionid; heard.push(_event.name);</script>
    </transition>
    <transition event="*"><script>heard.push(_event.name.replace(child, 'child') + ' ' + (_event.data.reason || _event.data.error || ''));</script></transition>
  </state>`);

const child = scxml(`
  <datamodel><data id="n" expr="0"/></datamodel>
  <state id="s"><transition event="end" target="f"/></state>
  <final id="f"><donedata><param name="n" expr="n"/></donedata></final>`);

describe('sessions that start sessions', () => {
  let clock: VirtualClock;
  let folder: string;
  let whole: Whole;
  beforeEach(async () => {
    clock = virtualClock();
    folder = mkdtempSync(join(tmpdir(), 'ringback-started-'));
    writeFileSync(join(folder, 'parent.scxml'), parent);
    writeFileSync(join(folder, 'child.scxml'), child);
    whole = await wholeServer({ store: memoryStore(), clock, folder });
  });
  afterEach(async () => {
    await whole.close();
    rmSync(folder, { recursive: true });
  });

  const data = async (id: string): Promise<Record<string, unknown>> => {
    const { data: view } = await whole.ask('GET', `/scxml/session/${id}/query`);
    return view['data'] as Record<string, unknown>;
  };
  /** Starts the parent with this, and answers its id and that of its child. */
  const begin = async (more: object = {}): Promise<[parent: string, child: string]> => {
    const body = { src: join(folder, 'parent.scxml'), what: join(folder, 'child.scxml'), ...more };
    const { data: answer } = await whole.ask('POST', '/scxml/session/start', { body });
    await clock.advance(1);
    const id = String(answer['sessionid']);
    return [id, String((await data(id))['child'])];
  };
  const send = async (id: string, name: string): Promise<void> => {
    await whole.ask('POST', `/scxml/session/${id}/event/${name}`);
    await clock.advance(1);
  };

  it('hear that it has begun, with its parameters, and how it ended', async () => {
    const [id, started] = await begin();
    expect(await data(started)).to.deep.equal({ n: 7 });
    await send(started, 'end');
    expect((await data(id))['heard']).to.deep.equal(['session.start.done', 'done.start.child finished']);
  });

  it('end it, and hear of both', async () => {
    const [id, started] = await begin();
    await send(id, 'stop');
    const { data: view } = await whole.ask('GET', `/scxml/session/${started}/query`);
    expect(view['status']).to.equal('done');
    const [first, ...more] = (await data(id))['heard'] as string[];
    expect(first).to.equal('session.start.done');
    expect(more).to.have.members(['session.terminate.done ', 'done.start.child terminated']);
    await send(id, 'stop');
    expect(((await data(id))['heard'] as string[]).at(-1)).to.equal('error.session.terminate SESSION_OVER');
  });

  it('end, and it goes on', async () => {
    const [id, started] = await begin();
    await whole.ask('POST', `/scxml/session/${id}/terminate`);
    const { data: view } = await whole.ask('GET', `/scxml/session/${started}/query`);
    expect(view['status']).to.equal('active');
  });

  it('start it for later, and can take it back', async () => {
    const [id, started] = await begin({ when: clock.now() + 60_000 });
    expect((await whole.ask('GET', `/scxml/session/${started}/query`)).data['status']).to.equal('scheduled');
    await send(id, 'stop');
    expect((await whole.ask('GET', `/scxml/session/${started}/query`)).status).to.equal(404);
    expect((await data(id))['heard']).to.deep.equal(['session.start.done', 'session.terminate.done ']);
  });

  it('hear why it did not begin', async () => {
    const [id] = await begin({ what: join(folder, 'none.scxml') });
    expect((await data(id))['heard']).to.deep.equal(['error.session.start DOCUMENT_NOT_FOUND']);
  });

  it('answer with a body of their own, and a repeat with its key gets the same', async () => {
    const [id] = await begin();
    for (const replayed of [undefined, 'true']) {
      const answer = await whole.ask('GET', `/scxml/session/${id}/request/csv`, { key: 'k' });
      expect([answer.status, answer.data]).to.deep.equal([201, 'session.start.done']);
      expect(answer.headers['content-type']).to.equal('text/csv; charset=utf-8');
      expect(answer.headers['idempotent-replayed']).to.equal(replayed);
    }
  });
});
