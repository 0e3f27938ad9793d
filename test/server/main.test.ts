/** `npm start` as a process: where its data are, how it stops, how it dies when a test wants it to, and how the next one goes on. */
import { expect } from 'chai';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from './store/sqlite/folder.js';
import { refusedStart, startProcess, type ServerProcess } from './process.js';

/** Counts `tick`; never answers a request. */
const COUNTER = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
  <datamodel><data id="n" expr="0"/></datamodel>
  <state id="s"><onentry><send event="late" delay="3600s"/></onentry>
    <transition event="tick"><assign location="n" expr="n + 1"/></transition>
  </state></scxml>`;

describe('npm start', function () {
  this.timeout(60_000);
  const folder = folders();
  const running: ServerProcess[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.kill('SIGKILL');
      await server.ended;
    }
  });
  const start = async (environment: Readonly<Record<string, string>>): Promise<ServerProcess> => {
    const server = await startProcess(environment);
    running.push(server);
    return server;
  };
  const withCounter = (): { readonly src: string; readonly environment: Readonly<Record<string, string>> } => {
    const place = folder();
    const src = join(place, 'counter.scxml');
    writeFileSync(src, COUNTER);
    const data = join(place, 'data');
    return { src, environment: { RINGBACK_DATA: data, RINGBACK_TRUSTED: place, RINGBACK_DOCUMENT_FOLDERS: place } };
  };
  const begin = async ({ http }: ServerProcess, src: string): Promise<string> => {
    const { status, data } = await http.post<{ sessionid: string }>('/scxml/session/start', { src });
    expect(status, JSON.stringify(data)).to.equal(200);
    return data.sessionid;
  };
  const counted = async ({ http }: ServerProcess, id: string): Promise<number> =>
    (await http.get<{ data: { n: number } }>(`/scxml/session/${id}/query`)).data.data.n;

  it('stops in order, lets whoever waits know, and the next one goes on at once', async () => {
    const { src, environment } = withCounter();
    const first = await start(environment);
    expect(first.logged('ready')[0]).to.include({ url: first.url, data: environment['RINGBACK_DATA'], sessions: 0 });
    expect(statSync(environment['RINGBACK_DATA'] ?? '').mode & 0o777).to.equal(0o700);
    const id = await begin(first, src);
    await first.http.post(`/scxml/session/${id}/event/tick`);
    const waiting = first.http.post<unknown>(
      `/scxml/session/${id}/request/never`,
      {},
      { headers: { Connection: 'keep-alive' } },
    );
    await first.http.post(`/scxml/session/${id}/event/tick`);
    const second = refusedStart(environment);
    expect(await second)
      .to.deep.include({ code: 1 })
      .and.property('says')
      .that.includes('stop it first');
    first.kill('SIGTERM');
    const { status, data, headers } = await waiting;
    expect([status, headers['connection']]).to.deep.equal([503, 'close']);
    expect(data).to.include({ code: 'NOT_READY' });
    expect(await first.ended).to.deep.equal({ code: 0, signal: null });
    expect(first.logged('stopped')).to.have.lengthOf(1);
    const next = await start(environment);
    expect(next.logged('ready')[0]).to.include({ sessions: 1, timers: 1, effects: 0, deadLetters: 0 });
    expect(await counted(next, id)).to.equal(2);
    next.kill('SIGINT');
    expect((await next.ended).code).to.equal(0);
  });

  it('ends where a test wants it to, and what was answered is there after it', async () => {
    const { src, environment } = withCounter();
    const mortal = await start({ ...environment, NODE_ENV: 'test', RINGBACK_FAIL_AT: 'before commit:4' });
    const id = await begin(mortal, src);
    const tick = (server: ServerProcess): Promise<unknown> => server.http.post(`/scxml/session/${id}/event/tick`);
    await tick(mortal);
    await tick(mortal);
    const failure = await tick(mortal).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    expect((await mortal.ended).signal).to.equal('SIGKILL');
    const other = await start({ ...environment, NODE_ENV: 'test', RINGBACK_FAIL_AT: 'after commit:1' });
    expect(await counted(other, id)).to.equal(2);
    await tick(other).catch(() => undefined);
    expect((await other.ended).signal).to.equal('SIGKILL');
    const last = await start(environment);
    expect(await counted(last, id)).to.equal(3);
  });

  it('loses what it answered when it is told to answer early', async () => {
    const { src, environment } = withCounter();
    const faults = { NODE_ENV: 'test', RINGBACK_ACK_EARLY: '1', RINGBACK_FAIL_AT: 'before commit:2' };
    const liar = await start({ ...environment, ...faults });
    const id = await begin(liar, src);
    await liar.http.post(`/scxml/session/${id}/event/tick`);
    await liar.ended;
    expect(await counted(await start(environment), id)).to.equal(0);
  });

  it('keeps nothing with RINGBACK_STORE=memory, and ends at once on a second signal', async () => {
    const place = join(folder(), 'data');
    const server = await start({ RINGBACK_STORE: 'memory', RINGBACK_DATA: place });
    expect(server.logged('ready')[0]).to.include({ data: 'in memory' });
    expect(() => statSync(place)).to.throw('ENOENT');
    expect((await server.http.get('/health/ready')).status).to.equal(200);
    // a call that rings is under way, and holds the first stop up
    const number = { _customer_number: '16504661232', usr_reason: 'billing' };
    await server.http.post('/genesys/1/service/callback/voice-userterm-immediate', number);
    while (!/ringbac[k]_outbox_performing [1-9]/.test((await server.http.get<string>('/metrics')).data));
    server.kill('SIGTERM');
    while (server.logged('stopping').length === 0) await new Promise(setImmediate);
    server.kill('SIGTERM');
    expect(await server.ended).to.deep.equal({ code: 1, signal: null });
  });

  it('says what is wrong with its folder', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const { code, says } = await refusedStart({ RINGBACK_DATA: file });
    expect(code).to.equal(1);
    expect(says).to.include(file).and.include('RINGBACK_DATA').and.not.include(' at ');
  });
});
