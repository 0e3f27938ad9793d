// The disk is full: over HTTP everybody is told so, and when there is room again the same request is done, once.
import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../server/clock/virtual.js';
import { gatedStore, type GatedStore } from './host/gated-store.js';
import { wholeServer, type Whole } from './whole.js';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const HOUR = 3_600_000;
const callbacks = '/genesys/1/service/callback/BasicCallback';
const customer = { _customer_number: '+49 911 4711 0815' };
const inAnHour = { ...customer, _desired_time: new Date(NOW + HOUR).toISOString() };

const counter = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript"
    xmlns:ws="http://www.genesyslab.com/modules/ws">
  <datamodel><data id="n" expr="0"/><data id="ticks" expr="0"/></datamodel>
  <state id="s">
    <onentry><send event="tick" delay="10s"/></onentry>
    <transition event="add"><assign location="n" expr="n + 1"/></transition>
    <transition event="tick"><assign location="ticks" expr="ticks + 1"/></transition>
    <transition event="ask"><assign location="n" expr="n + 1"/>
      <ws:response requestid="_event.sendid"><param name="n" expr="n"/></ws:response></transition>
  </state>
</scxml>`;

describe('a server whose store cannot write', () => {
  let folder: string;
  let clock: VirtualClock;
  let store: GatedStore;
  let server: Whole;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringback-full-'));
    await writeFile(join(folder, 'counter.scxml'), counter);
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    clock = virtualClock(NOW);
    store = gatedStore();
    server = await wholeServer({ store, clock, folder });
  });
  afterEach(() => server.close());

  const begin = async (): Promise<string> => {
    const { data } = await server.ask('POST', '/scxml/session/start', { body: { src: join(folder, 'counter.scxml') } });
    return String(data['sessionid']);
  };
  const variables = async (id: string) => (await server.ask('POST', `/scxml/session/${id}/query`)).data['data'];
  const counts = () => store.counts(clock.now());
  /** Sessions that were ever begun. */
  const sessions = async (): Promise<number> => {
    const { active, done, error } = (await counts()).sessions;
    return active + done + error;
  };
  const book = async (body: object): Promise<string> =>
    String((await server.ask('POST', callbacks, { body })).data['_id']);

  interface Scene {
    readonly code: string | number;
    /** What is there before; answers the path. */
    readonly prepare: () => Promise<string>;
    readonly body?: () => object;
    /** What a request that was done once leaves. */
    readonly left: (path: string) => Promise<void>;
  }
  const scenes: Record<string, Scene> = {
    'the start of a session': {
      code: 'STORE_UNAVAILABLE',
      prepare: async () => '/scxml/session/start',
      body: () => ({ src: join(folder, 'counter.scxml') }),
      left: async () => void expect(await sessions()).to.equal(1),
    },
    'an event': {
      code: 'STORE_UNAVAILABLE',
      prepare: async () => `/scxml/session/${await begin()}/event/add`,
      left: async (path) => void expect(await variables(path.slice(15, 47))).to.include({ n: 1 }),
    },
    'a request': {
      code: 'STORE_UNAVAILABLE',
      prepare: async () => `/scxml/session/${await begin()}/request/ask`,
      left: async (path) => void expect(await variables(path.slice(15, 47))).to.include({ n: 1 }),
    },
    'a callback now': {
      code: 50390,
      prepare: async () => callbacks,
      body: () => customer,
      async left() {
        expect(await store.callbacks({})).to.have.length(1);
        expect(await sessions()).to.equal(1);
      },
    },
    'a callback later': {
      code: 50390,
      prepare: async () => callbacks,
      body: () => inAnHour,
      async left() {
        expect([(await store.callbacks({})).length, await sessions()]).to.deep.equal([1, 0]);
        await clock.advance(HOUR);
        expect(await sessions()).to.equal(1);
      },
    },
  };
  for (const [what, { code, prepare, body, left }] of Object.entries(scenes))
    it(`answers ${what} with 503 and the reason, and does it once when it can write again`, async () => {
      const path = await prepare();
      const ask = () => server.ask('POST', path, { key: 'k', ...(body && { body: body() }) });
      store.fill(true);
      for (const refused of [await ask(), await ask()]) {
        expect([refused.status, refused.data['code']]).to.deep.equal([503, code]);
        expect(refused.data['message']).to.include('the disk is full').and.include('Idempotency-Key');
      }
      store.fill(false);
      const [first, again] = [await ask(), await ask()];
      expect([first.status, first.headers['idempotent-replayed']]).to.deep.equal([200, undefined]);
      expect([again.status, again.headers['idempotent-replayed']]).to.deep.equal([200, 'true']);
      expect(again.data).to.deep.equal(first.data);
      await clock.advance(3_000);
      await left(path);
    });

  for (const [when, body] of Object.entries({ now: customer, later: inAnHour }))
    it(`answers the cancel of a callback that is wanted ${when} with 503 and the reason, and does it when it can write again`, async () => {
      const path = `${callbacks}/${await book(body)}`;
      await clock.advance(0);
      store.fill(true);
      for (const query of ['', '?discard_ors_failure=true']) {
        const { status, data } = await server.ask('DELETE', path + query);
        expect([status, data['phrase']]).to.deep.equal([503, 'STORE_UNAVAILABLE']);
        expect(data['message']).to.include('the disk is full');
      }
      store.fill(false);
      expect((await server.ask('DELETE', path)).status).to.equal(200);
      await clock.advance(2 * HOUR);
      const [record] = await store.callbacks({});
      expect(record).to.include({ state: 'COMPLETED', reason: 'CANCELLED' });
      expect([(await counts()).sessions.active, (await counts()).outbox.waiting]).to.deep.equal([0, 0]);
    });

  it('has what fell due meanwhile happen once: a delayed send, and a callback at its time', async () => {
    const id = await begin();
    await book({ ...customer, _desired_time: new Date(NOW + 125_000).toISOString() });
    store.fill(true);
    await clock.advance(60_000);
    expect(await variables(id)).to.include({ ticks: 0 });
    const [waiting] = await store.callbacks({});
    expect([waiting?.state, await sessions()]).to.deep.equal(['SCHEDULED', 1]);
    store.fill(false);
    await clock.advance(5_000);
    expect(await variables(id)).to.include({ ticks: 1 });
    expect(await sessions()).to.equal(2);
    await clock.advance(HOUR);
    expect([await variables(id), await sessions()]).to.deep.equal([{ n: 0, ticks: 1 }, 2]);
  });

  it('has accepted a callback whose record it could still write: it is started when the store can write again', async () => {
    let changes = 0;
    store.onCallback(() => {
      changes += 1;
      store.fill(changes === 1);
    });
    const { status, data } = await server.ask('POST', callbacks, { body: customer, key: 'k' });
    expect([status, await sessions()]).to.deep.equal([200, 0]);
    await clock.advance(10_000);
    store.fill(false);
    await clock.advance(3_000);
    expect(await sessions()).to.equal(1);
    const [started] = await store.callbacks({});
    expect([started?.id, started?.sessionid]).to.include(data['_id']).and.not.include(undefined);
  });
});
