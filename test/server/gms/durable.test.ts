// Callbacks are started from the store: whatever ends a process, and whenever, each has one session or a reason.
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { demoServices } from '../../../server/gms/demo-services.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { mortal } from '../mortal.js';
import { wholeServer, type Whole, type WholeOptions } from '../whole.js';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const HOUR = 3_600_000;
const BUFFER = 120_000;
const path = '/genesys/1/service/callback/BasicCallback';
const customer = { _customer_number: '+49 911 4711 0815' };
const inAnHour = { ...customer, _desired_time: new Date(NOW + HOUR).toISOString() };

describe('callbacks that outlive their process', () => {
  let clock: VirtualClock;
  let store: Store;
  let open: Whole[];
  beforeEach(() => {
    clock = virtualClock(NOW);
    store = memoryStore();
    open = [];
  });
  afterEach(() => Promise.all(open.map((server) => server.close())));

  const begin = async (more: Partial<WholeOptions> = {}): Promise<Whole> => {
    const server = await wholeServer({ store, clock, ...more });
    open.push(server);
    await clock.advance(0);
    return server;
  };
  const end = async (): Promise<void> => {
    await open.pop()?.close();
  };
  const sessions = async (): Promise<number> => {
    const { active, done, error } = (await store.counts(clock.now())).sessions;
    return active + done + error;
  };
  /** What is still to start a callback. */
  const starts = async (): Promise<string[]> => {
    const entries = await store.due({ due: -Infinity, seq: 0 }, Infinity, 1000);
    return entries.map(({ key }) => key).filter((key) => key.startsWith('callback/'));
  };
  const records = () => store.callbacks({ service: 'BasicCallback' });
  const only = async () => {
    const [record, ...others] = await records();
    expect(others).to.be.empty;
    return record;
  };
  const book = async (server: Whole, body: object = inAnHour): Promise<string> =>
    String((await server.ask('POST', path, { body })).data['_id']);

  it('fire at their time less the buffer in another process, and not before', async () => {
    await book(await begin());
    await end();
    await begin();
    await clock.advance(HOUR - BUFFER - 1);
    expect([(await only())?.state, await sessions()]).to.deep.equal(['SCHEDULED', 0]);
    await clock.advance(1);
    const record = await only();
    expect(await starts()).to.be.empty;
    expect(record?.sessionid).to.match(/^[0-9A-Z]{32}$/);
    expect(record?.history.slice(0, 2)).to.deep.equal([
      { at: NOW, state: 'SCHEDULED' },
      { at: NOW + HOUR - BUFFER, state: 'QUEUED' },
    ]);
  });

  it('are submitted again when the next process finds no session of theirs', async () => {
    const id = await book(await begin(), customer);
    await end();
    const update = { at: clock.now(), sessionid: 'LOST' } as const;
    await store.commit([{ kind: 'callback.update', id, update }]);
    await begin();
    await clock.settle();
    const record = await only();
    expect(record?.sessionid).to.match(/^[0-9A-Z]{32}$/);
    expect(record?.properties).to.include({ _submit_attempt: 2 });
    expect(await starts()).to.be.empty;
  });

  it('fire at once in the next process when their time came while there was none', async () => {
    await book(await begin());
    await end();
    await clock.advance(2 * HOUR);
    expect(await sessions()).to.equal(0);
    await begin();
    expect([await sessions(), (await only())?.sessionid])
      .to.deep.include(1)
      .and.not.include(undefined);
    await end();
    await begin();
    expect(await sessions()).to.equal(1);
  });

  it('do not fire when they were cancelled by another process than the one that booked them', async () => {
    const id = await book(await begin());
    await end();
    const { status } = await (await begin()).ask('DELETE', `${path}/${id}`);
    expect(status).to.equal(200);
    expect((await store.counts(clock.now())).outbox).to.include({ waiting: 0, due: 0 });
    await end();
    await begin();
    await clock.advance(2 * HOUR);
    expect([await sessions(), (await only())?.reason]).to.deep.equal([0, 'CANCELLED']);
  });

  it('leave nothing in the outbox when they are cancelled before their time', async () => {
    const server = await begin();
    await server.ask('DELETE', `${path}/${await book(server)}`);
    expect((await store.counts(clock.now())).outbox).to.include({ waiting: 0, due: 0 });
  });

  it('are completed with SUBMIT_ERROR when their service is gone by then, and never tried again', async () => {
    await book(await begin());
    await end();
    const { 'voice-userterm-immediate': other } = demoServices;
    const server = await begin({ services: { other } });
    await clock.advance(HOUR);
    expect(await only()).to.include({ state: 'COMPLETED', reason: 'SUBMIT_ERROR' });
    expect(server.log.join('')).to.include('Service undefined: BasicCallback');
    expect((await store.counts(clock.now())).outbox).to.include({ waiting: 0, due: 0 });
  });

  it('take the options of their service as they are when they are started', async () => {
    await book(await begin());
    await end();
    const { template, options } = demoServices.BasicCallback;
    const changed = { template, options: { ...options, _target: 'Sales@StatServer.GA' } };
    const server = await begin({ services: { BasicCallback: changed } });
    await clock.advance(HOUR);
    const session = (await only())?.sessionid ?? '';
    const { data } = await server.ask('POST', `/scxml/session/${session}/query`);
    expect(data['data']).to.include({ _target: 'Sales@StatServer.GA' });
  });

  const scenes = {
    'that is wanted now': { body: customer, commits: 2 },
    'that is wanted later': { body: inAnHour, commits: 3 },
  };
  for (const [what, { body, commits }] of Object.entries(scenes))
    for (let at = 1; at <= commits + 1; at++)
      for (const written of [false, true]) {
        const when = `the process is killed at its commit ${at}, which is ${written ? '' : 'not '}written`;
        it(`have one session: one ${what}, when ${when}`, async () => {
          const life = mortal(store, clock, { at, written });
          const first = await begin(life);
          const asked = first.callbacks.start('BasicCallback', body, 'key');
          const answer = await Promise.race([asked, clock.settle()]);
          await clock.advance(HOUR);
          expect(life.isDead).to.equal(true);
          open.pop()?.kill();
          const next = await begin();
          const { status, data } = await next.ask('POST', path, { body, key: 'key' });
          await clock.advance(2 * HOUR);
          const record = await only();
          expect([status, data['_id'], await sessions()]).to.deep.equal([200, record?.id, 1]);
          expect(await starts()).to.be.empty;
          if (answer) expect(data).to.deep.equal(answer);
          expect(record?.sessionid).to.match(/^[0-9A-Z]{32}$/);
        });
      }
});
