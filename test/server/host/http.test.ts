import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolatedKernel, type IsolatedKernel } from '../../../engine/index.js';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { Host } from '../../../server/host/host.js';
import { Replies } from '../../../server/host/replies.js';
import { newId } from '../../../server/ids.js';
import { createLog } from '../../../server/log.js';
import { Documents } from '../../../server/ors/documents.js';
import { callbackModule } from '../../../server/ors/modules/callback.js';
import { unreported } from '../../support/unreported.js';
import { wsModule } from '../../../server/ors/modules/ws.js';
import { orsRoutes } from '../../../server/ors/routes.js';
import { memoryStore } from '../../../server/store/memory.js';
import { serve, type Served } from '../served.js';
import { scxml } from './hosted.js';

const bomb = scxml(`
  <datamodel><data id="n" expr="1"/></datamodel>
  <state id="calm">
    <transition event="boom"><script>var all = []; for (;;) all.push([1, 2, 3, 4])</script></transition>
    <transition event="error.execution" cond="n === 1" target="hurt"/>
  </state>
  <state id="hurt"/>`);

const counter = scxml(`
  <datamodel><data id="step" expr="1"/><data id="n" expr="0"/><data id="asked"/></datamodel>
  <state id="counting">
    <transition event="add"><assign location="n" expr="n + Number(_event.data.by) * Number(step)"/></transition>
    <transition event="ask"><assign location="asked" expr="_event.sendid"/></transition>
    <transition event="answer"><ws:response requestid="asked"><param name="n" expr="n"/></ws:response></transition>
    <transition event="refuse"><ws:response requestid="asked" type="negative" resultcode="'409'"/></transition>
    <transition event="loop" target="turning"/>
  </state>
  <state id="turning"><transition target="turning"/></state>`);

interface Body {
  readonly sessionid: string;
  readonly code: string;
  readonly version: number;
  readonly data?: { readonly asked?: string };
  readonly details: readonly { readonly line: number; readonly column: number }[];
}

describe('sessions over HTTP, with the host behind', () => {
  let folder: string;
  let elsewhere: string;
  let kernel: Promise<IsolatedKernel>;
  let served: Served;
  let clock: VirtualClock;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringback-strategies-'));
    elsewhere = await mkdtemp(join(tmpdir(), 'ringback-elsewhere-'));
    await writeFile(join(folder, 'counter.scxml'), counter);
    await writeFile(join(folder, 'bad.scxml'), scxml('<state id="a">\n  <transition target="nowhere"/>\n</state>'));
    await writeFile(join(folder, 'torn.scxml'), '<scxml>\n<state>');
    await writeFile(join(elsewhere, 'counter.scxml'), counter);
    await writeFile(join(elsewhere, 'bomb.scxml'), bomb);
    kernel = isolatedKernel({ limits: { memory: 24 } });
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await rm(elsewhere, { recursive: true });
  });
  beforeEach(async () => {
    clock = virtualClock();
    const replies = new Replies(clock);
    const sessions = new Host({
      documents: new Documents({ strategies: folder, folders: [elsewhere], hosts: [], trusted: [] }, () => kernel),
      store: memoryStore(),
      clock,
      modules: [wsModule(replies), callbackModule(unreported)],
      newId,
      newSeed: () => 1,
      replies,
      platform: () => ({}),
      log: createLog('silent'),
    });
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 30_000 }));
  });
  afterEach(() => served.close());

  const post = async (path: string, body: object = {}): Promise<{ status: number; data: Body }> => {
    const { status, data } = await served.http.post<Body>(path, body);
    return { status, data };
  };
  const start = async (body: object = {}): Promise<string> =>
    (await post('/scxml/session/start', { src: 'counter', ...body })).data.sessionid;
  const query = async (id: string): Promise<Body> => (await post(`/scxml/session/${id}/query`)).data;

  it('a session is started, gets events, and is queried', async () => {
    const id = await start({ step: '5' });
    expect(id).to.match(/^[0-9A-Z]{32}$/);
    expect(await post(`/scxml/session/${id}/event/add`, { by: 3 })).to.deep.equal({ status: 200, data: {} });
    expect(await query(id)).to.deep.include({
      status: 'active',
      configuration: ['counting'],
      version: 2,
      data: { step: '5', n: 15 },
    });
  });

  /** Asks, and acts when the request has reached the session. */
  const asked = async (id: string, act: () => Promise<unknown>) => {
    const reply = served.http.get<unknown>(`/scxml/session/${id}/request/ask`);
    while (!(await query(id)).data?.asked) await clock.settle();
    await act();
    const { status, data } = await reply;
    return { status, data };
  };

  it('a request is held until the strategy answers it', async () => {
    const id = await start();
    const reply = await asked(id, async () => {
      await post(`/scxml/session/${id}/event/add`, { by: 2 });
      await post(`/scxml/session/${id}/event/answer`);
    });
    expect(reply).to.deep.equal({ status: 200, data: { n: 2 } });
  });

  it('a request that the strategy refuses has the result code as its status', async () => {
    const id = await start();
    const { status } = await asked(id, () => post(`/scxml/session/${id}/event/refuse`));
    expect(status).to.equal(409);
  });

  it('a request that nobody answers is 504 at its time', async () => {
    const id = await start();
    const { status, data } = await asked(id, () => clock.advance(30_000));
    expect([status, (data as Body).code]).to.deep.equal([504, 'REQUEST_TIMEOUT']);
  });

  it('a request to a session that is terminated meanwhile is 409', async () => {
    const id = await start();
    const { status, data } = await asked(id, () => post(`/scxml/session/${id}/terminate`));
    expect([status, (data as Body).code]).to.deep.equal([409, 'SESSION_OVER']);
  });

  it('a session is terminated once; afterwards it still answers a query', async () => {
    const id = await start();
    const ends = [await post(`/scxml/session/${id}/terminate`), await post(`/scxml/session/${id}/terminate`)];
    expect(ends.map(({ status }) => status)).to.deep.equal([200, 409]);
    expect(await query(id)).to.include({ status: 'done' });
  });

  it('a session that breaks a limit is 500 for the event that did it, and over for others', async () => {
    const id = await start();
    const told = [await post(`/scxml/session/${id}/event/loop`), await post(`/scxml/session/${id}/event/add`)];
    expect(told.map(({ status, data }) => [status, data.code])).to.deep.equal([
      [500, 'SESSION_FAILED'],
      [409, 'SESSION_OVER'],
    ]);
  });

  it('works below /genesys/1/ors, with as many slashes as clients write', async () => {
    const { data } = await post('/genesys/1/ors//scxml/session/start', { src: 'counter' });
    const { status } = await post(`/genesys/1/ors//scxml//session/${data.sessionid}/event/add`, { by: 1 });
    expect([status, (await query(data.sessionid)).version]).to.deep.equal([200, 2]);
  });

  it('a bad document is 400 with every problem, its line and its column', async () => {
    const { status, data } = await post('/scxml/session/start', { src: 'bad' });
    expect([status, data.code, data.details.map(({ line, column }) => [line, column])]).to.deep.equal([
      400,
      'DOCUMENT_INVALID',
      [[3, 3]],
    ]);
  });

  it('a document that is no XML is 400 with the place', async () => {
    const { status, data } = await post('/scxml/session/start', { src: 'torn' });
    expect([status, data.code, data.details[0]?.line]).to.deep.equal([400, 'DOCUMENT_INVALID', 2]);
  });

  it('a document that is not trusted runs beside others of its place, and its memory bomb is an error of its own', async () => {
    const [good, bad] = await Promise.all(
      ['counter', 'bomb'].map((name) => start({ src: join(elsewhere, `${name}.scxml`) })),
    );
    const add = (): Promise<{ status: number }> => post(`/scxml/session/${good ?? ''}/event/add`, { by: 2 });
    expect((await add()).status).to.equal(200);
    expect((await post(`/scxml/session/${bad ?? ''}/event/boom`)).status).to.equal(200);
    expect(await query(bad ?? '')).to.deep.include({ configuration: ['hurt'], data: { n: 1 } });
    expect((await add()).status).to.equal(200);
    expect(await query(good ?? '')).to.deep.include({ configuration: ['counting'], data: { step: 1, n: 4 } });
  });
});
