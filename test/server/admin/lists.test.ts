// Transaction lists that operators change: over HTTP, for the next process, and that callbacks hear of them.
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';

const TOKEN = 'the-token-of-operators-0123456789';
const token = `Bearer ${TOKEN}`;
const LISTS = '/ringback/lists';
const ALL = `${LISTS}/GMS_Paused_Services/services/all`;

describe('transaction lists', () => {
  let store: Store;
  let clock: VirtualClock;
  let server: Whole;
  const begin = async (): Promise<void> => {
    server = await wholeServer({ store, clock, environment: { RINGBACK_ADMIN_TOKEN: TOKEN } });
  };
  beforeEach(async () => {
    store = memoryStore();
    clock = virtualClock(Date.parse('2026-03-01T12:00:00.000Z'));
    await begin();
  });
  afterEach(() => server.close());

  const lists = async () => (await server.ask('GET', LISTS, { token })).data['lists'];
  const put = (path: string, body: object) => server.ask('PUT', path, { token, body });

  it('are set, shown and taken out', async () => {
    expect(await lists()).to.deep.equal({});
    expect((await put(ALL, { value: 'true' })).data).to.deep.equal({});
    await put(`${LISTS}/Cities/Berlin/prefix`, { value: 30 });
    expect(await lists()).to.deep.equal({
      GMS_Paused_Services: { services: { all: 'true' } },
      Cities: { Berlin: { prefix: '30' } },
    });
    expect((await server.ask('DELETE', ALL, { token })).status).to.equal(200);
    expect(await lists()).to.deep.include({ GMS_Paused_Services: { services: {} } });
  });

  const refusals: Record<string, [method: string, path: string, body: object | undefined, status: number]> = {
    'a key that is not there': ['DELETE', ALL, undefined, 404],
    'a value that is no text': ['PUT', ALL, { value: { a: 1 } }, 400],
    'no value': ['PUT', ALL, {}, 400],
    'a blank among the numbers that customers call': ['PUT', `${LISTS}/GMS_Resources/a/b`, { value: ' ' }, 400],
    'a name that is too long': ['PUT', `${LISTS}/a/b/${'k'.repeat(256)}`, { value: 'x' }, 400],
  };
  for (const [title, [method, path, body, status]] of Object.entries(refusals))
    it(`refuse ${title} with ${status}`, async () => {
      expect((await server.ask(method, path, { token, ...(body && { body }) })).status).to.equal(status);
      expect(await lists()).to.deep.equal({});
    });

  it('are closed to who shows no token', async () => {
    expect((await server.ask('GET', LISTS)).status).to.equal(401);
    expect((await server.ask('PUT', ALL, { body: { value: 'true' } })).status).to.equal(401);
  });

  it('are there in the next process', async () => {
    await put(ALL, { value: 'true' });
    const before = await lists();
    await server.close();
    await begin();
    expect(await lists()).to.deep.equal(before);
  });

  it('are told at the next start to callbacks that the process before had not told', async () => {
    const path = '/genesys/1/service/callback/BasicCallback';
    const { data } = await server.ask('POST', path, { body: { _customer_number: '5115' } });
    const state = async () => {
      const record = await store.callback(String(data['_id']));
      return `${record?.state} ${record?.reason ?? ''}`.trim();
    };
    await server.close();
    const item = { list: 'GMS_Paused_Services', section: 'services', key: 'BasicCallback', value: 'true' };
    await store.commit([{ kind: 'list', item }]);
    expect(await state()).to.equal('QUEUED');
    await begin();
    await clock.settle();
    expect(await state()).to.equal('PAUSED');
    await put(`${LISTS}/GMS_Paused_Services/services/BasicCallback`, { value: 'false' });
    await clock.settle();
    expect(await state()).to.equal('QUEUED');
  });
});
