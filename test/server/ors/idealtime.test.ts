import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';

const HOUR = 3_600_000;

describe('a start at its time, over HTTP', () => {
  let clock: VirtualClock;
  let store: Store;
  let whole: Whole;
  beforeEach(async () => {
    clock = virtualClock();
    store = memoryStore();
    whole = await wholeServer({ store, clock });
  });
  afterEach(() => whole.close());

  const book = async (): Promise<string> => {
    const body = { src: 'session-sample', customer: 'Ada', idealtime: clock.now() + HOUR };
    const { status, data } = await whole.ask('POST', '/scxml/session/start', { body });
    expect(status).to.equal(200);
    return String(data['sessionid']);
  };
  const query = (id: string) => whole.ask('GET', `/scxml/session/${id}/query`);
  const next = async (): Promise<void> => {
    await whole.close();
    whole = await wholeServer({ store, clock });
  };

  it('survives a restart, and begins then', async () => {
    const id = await book();
    await next();
    expect((await query(id)).data).to.deep.include({ status: 'scheduled', data: { customer: 'Ada' } });
    const { status, data, headers } = await whole.ask('POST', `/scxml/session/${id}/event/note`, {
      body: { text: 'x' },
    });
    expect([status, data['code']]).to.deep.equal([409, 'SESSION_SCHEDULED']);
    expect(String(headers['set-cookie'])).to.include(`ORSSESSIONID=${id}.node1`);
    await clock.advance(HOUR);
    expect((await query(id)).data).to.deep.include({ status: 'active', data: { customer: 'Ada', notes: [] } });
  });

  it('that passed while there was no server is made up for at once', async () => {
    const id = await book();
    await whole.close();
    await clock.advance(2 * HOUR);
    whole = await wholeServer({ store, clock });
    await clock.advance(1);
    expect((await query(id)).data).to.deep.include({ status: 'active' });
  });

  it('that was taken back is not there, also not for the next server', async () => {
    const id = await book();
    expect((await whole.ask('POST', `/scxml/session/${id}/terminate`)).status).to.equal(200);
    await next();
    await clock.advance(2 * HOUR);
    expect((await query(id)).status).to.equal(404);
  });
});

describe('two nodes behind one address', () => {
  it('send a client with its cookie to the one that has the session', async () => {
    const clock = virtualClock();
    const owner = await wholeServer({ store: memoryStore(), clock, environment: { RINGBACK_NODE: '7' } });
    const environment = { RINGBACK_NODE: '8', RINGBACK_NODES: `7=${owner.url}` };
    const other = await wholeServer({ store: memoryStore(), clock, environment });
    const started = await owner.ask('POST', '/scxml/session/start', {
      body: { src: 'session-sample', customer: 'Ada' },
    });
    const [cookie = ''] = String(started.headers['set-cookie']).split(';');
    const path = `/scxml/session/${String(started.data['sessionid'])}`;
    const asked = (more: RequestInit) => fetch(`${other.url}${path}/event/note`, { headers: { cookie }, ...more });
    expect((await asked({ redirect: 'manual' })).headers.get('location')).to.equal(`${owner.url}${path}/event/note`);
    const headers = { cookie, 'content-type': 'application/json' };
    expect((await asked({ method: 'POST', body: '{"text":"here"}', headers })).status).to.equal(200);
    const { data } = await owner.ask('GET', `${path}/query`);
    expect(data['data']).to.deep.equal({ customer: 'Ada', notes: ['here'] });
    await other.close();
    await owner.close();
  });
});
