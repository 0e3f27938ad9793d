/** Callbacks that another server executes: two servers as they ship, over HTTP, on one virtual clock. */
import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { CallbackRecord, Store } from '../../../server/store/port.js';
import { DEMO_CENTRE } from '../../../server/voice/simulated/demo.js';
import { freePort } from '../../support/port.js';
import { wholeServer, type Whole } from '../whole.js';

const MINUTE = 60_000;
const token = 'a-secret-that-peers-share';
const PATH = '/genesys/1/service/callback/billing';
const options = {
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@S.GA',
  _route_point: '5000@S',
  _resource_group: 'R',
};

describe('a callback that another server executes', () => {
  let clock: VirtualClock;
  const stores: Record<'home' | 'away', Store> = { home: memoryStore(), away: memoryStore() };
  const ports = { home: 0, away: 0, dead: 0 };
  let open: Whole[];
  let home: Whole;
  let away: Whole;

  const url = (port: number): string => `http://127.0.0.1:${port}`;
  const begin = async (which: 'home' | 'away', more: object = {}, world = {}): Promise<Whole> => {
    const services = { billing: { template: 'callback', options: { ...options, ...more } } };
    const RINGBACK_PEERS = Object.values(ports)
      .map((port) => `127.0.0.1:${port}`)
      .join(',');
    const environment = { RINGBACK_PEERS, RINGBACK_PEER_TOKEN: token, RINGBACK_ADMIN_TOKEN: 'secret-of-the-operator' };
    const centre = { ...withAgents.centre, agents: resting };
    const place = { store: stores[which], clock, port: ports[which] };
    const server = await wholeServer({ ...place, services, environment, centre, ...world });
    open.push(server);
    return server;
  };
  const withAgents = { centre: { ...DEMO_CENTRE, routePoints: ['5000'] } };
  const resting = DEMO_CENTRE.agents.map((agent) => ({ ...agent, readyAfterMs: 600 * MINUTE }));

  beforeEach(async () => {
    clock = virtualClock(Date.parse('2026-11-23T12:00:00.000Z'));
    open = [];
    stores.home = memoryStore();
    stores.away = memoryStore();
    for (const name of ['home', 'away', 'dead'] as const) ports[name] = await freePort();
  });
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  const wants = async (more: object = {}) => {
    const { status, data } = await home.ask('POST', PATH, { body: { _customer_number: '5551230', ...more } });
    return { status, data, id: String(data['_id']) };
  };
  const record = async (id: string): Promise<CallbackRecord | undefined> => stores.home.callback(id);
  const stands = async (id: string): Promise<string> => {
    const found = await record(id);
    return [found?.state, found?.reason].filter((part) => part !== undefined).join(' ');
  };
  const sessionsOf = async (store: Store): Promise<number> => (await store.activeSessions()).length;

  describe('with both at work', () => {
    it('goes on there, and its record here says how', async () => {
      away = await begin('away', {}, withAgents);
      home = await begin('home', { _ors: url(ports.away) });
      const { status, id } = await wants();
      expect([status, await stands(id), await sessionsOf(stores.home)]).to.deep.equal([200, 'QUEUED', 0]);
      await clock.advance(10 * MINUTE);
      expect(await stands(id)).to.equal('COMPLETED AGENT_CONNECTED');
      expect((await record(id))?.history.map(({ state }) => state)).to.deep.equal(['QUEUED', 'ROUTING', 'COMPLETED']);
    });

    it('is cancelled there', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      expect(await sessionsOf(stores.away)).to.equal(1);
      expect((await home.ask('DELETE', `${PATH}/${id}`)).status).to.equal(200);
      await clock.advance(MINUTE);
      expect([await stands(id), await sessionsOf(stores.away)]).to.deep.equal(['COMPLETED CANCELLED', 0]);
    });

    it('answers from there how it stands in its queue', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      await clock.advance(MINUTE);
      const { status, data } = await home.ask('GET', `/genesys/1/service/${id}/check-queue-position`);
      expect([status, data['_position']]).to.deep.equal([200, 1]);
    });

    it('is paused there by a list here', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      const item = '/ringback/lists/GMS_Paused_Services/services/all';
      const set = { body: { value: 'true' }, token: 'Bearer secret-of-the-operator' };
      expect((await home.ask('PUT', item, set)).status).to.equal(200);
      await clock.advance(MINUTE);
      expect(await stands(id)).to.equal('PAUSED');
    });

    it('is not to be found there: it is no callback of that server', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      const { status, data } = await away.ask('GET', `/genesys/2/service/callback/billing/${id}`);
      expect([status, data['phrase']]).to.deep.equal([400, 'CALLBACK_NOT_FOUND']);
      expect((await away.ask('GET', '/genesys/1/service/callback?_customer_number=5551230')).data).to.deep.equal([]);
    });
  });

  describe('when one of them dies', () => {
    it('goes on in the next process there', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      away.kill();
      await clock.advance(2 * MINUTE);
      await begin('away', {}, withAgents);
      await clock.advance(10 * MINUTE);
      expect(await stands(id)).to.equal('COMPLETED AGENT_CONNECTED');
    });

    it('is heard of by the next process here', async () => {
      away = await begin('away', {}, withAgents);
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      await home.close();
      await clock.advance(10 * MINUTE);
      const before = await stands(id);
      home = await begin('home', { _ors: url(ports.away) });
      await clock.advance(2 * MINUTE);
      expect([before, await stands(id)]).to.deep.equal(['QUEUED', 'COMPLETED AGENT_CONNECTED']);
    });

    it('is submitted again when that one has lost everything', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: url(ports.away) });
      const { id } = await wants();
      const first = (await record(id))?.sessionid;
      away.kill();
      stores.away = memoryStore();
      away = await begin('away');
      await clock.advance(2 * MINUTE);
      expect(await stands(id)).to.equal('QUEUED');
      expect((await record(id))?.sessionid).to.not.equal(first);
      expect(await sessionsOf(stores.away)).to.equal(1);
    });
  });

  describe('when servers do not answer', () => {
    it('is taken by the next one of the list', async () => {
      away = await begin('away');
      home = await begin('home', { _ors: `${url(ports.dead)}, ${url(ports.away)}`, _ors_lb_strategy: 'linear' });
      const { id } = await wants();
      await clock.settle();
      expect([await stands(id), await sessionsOf(stores.away)]).to.deep.equal(['QUEUED', 1]);
    });

    it('waits for one of them, and is then started once', async () => {
      home = await begin('home', { _ors: url(ports.away) });
      const { status, id } = await wants();
      expect([status, await stands(id)]).to.deep.equal([200, 'QUEUED']);
      away = await begin('away');
      await clock.advance(2 * MINUTE);
      expect([await stands(id), await sessionsOf(stores.away)]).to.deep.equal(['ROUTING', 1]);
    });

    it('is SUBMIT_ERROR after _max_ors_submit_attempts rounds', async () => {
      home = await begin('home', { _ors: url(ports.dead), _max_ors_submit_attempts: 2 });
      const { id } = await wants();
      expect(await stands(id)).to.equal('QUEUED');
      await clock.advance(MINUTE);
      expect(await stands(id)).to.equal('COMPLETED SUBMIT_ERROR');
    });

    it('is answered with ORS_ERROR where a single round is allowed', async () => {
      home = await begin('home', { _ors: url(ports.dead), _max_ors_submit_attempts: 1 });
      const { status, data } = await wants();
      expect([status, data['phrase']]).to.deep.equal([500, 'ORS_ERROR']);
      expect(data['message']).to.match(
        /^Callback 1-[\da-f-]{36} reached maximum attempts to submit to ORS reached \(1\)$/,
      );
    });

    it('is asked of the same one again, with the same key, while it is not known whether it was taken', async () => {
      const heard: string[] = [];
      let answers = false;
      const silent: Server = createServer((request, response) => {
        request.resume();
        heard.push(String(request.headers['idempotency-key']));
        if (answers) response.end(JSON.stringify({ sessionid: 'A'.repeat(32) }));
        else request.socket.destroy();
      }).listen(ports.dead, '127.0.0.1');
      await once(silent, 'listening');
      away = await begin('away');
      home = await begin('home', { _ors: `${url(ports.dead)},${url(ports.away)}`, _ors_lb_strategy: 'linear' });
      const { id } = await wants();
      await clock.advance(20_000);
      answers = true;
      await clock.advance(20_000);
      silent.close();
      expect((await record(id))?.sessionid).to.equal('A'.repeat(32));
      expect([new Set(heard).size, await sessionsOf(stores.away)]).to.deep.equal([1, 0]);
      expect(heard.length).to.be.greaterThan(2);
    });
  });

  describe('of a server that does not know the secret', () => {
    const authorizations = { none: undefined, another: 'Bearer some-other-secret-of-someone' };
    for (const [what, shown] of Object.entries(authorizations))
      it(`is refused: ${what}`, async () => {
        away = await begin('away');
        const put = await away.ask('PUT', '/ringback/executions/1-a', { body: {}, ...(shown && { token: shown }) });
        const get = await away.ask('GET', '/ringback/executions/1-a', { ...(shown && { token: shown }) });
        expect([put.status, put.data['code'], get.status]).to.deep.equal([403, 'PEER_UNKNOWN', 403]);
      });

    it('is not executed for an address that is not listed', async () => {
      away = await begin('away');
      const response = await clock.during(
        fetch(`${away.url}/scxml/session/start`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'ringback-home': 'http://elsewhere.example',
            'content-type': 'application/json',
          },
          body: JSON.stringify({ src: 'callback', _service_id: '1-a', _ors_attempt: 1 }),
        }),
      );
      expect(response.status).to.equal(403);
      expect(await sessionsOf(stores.away)).to.equal(0);
    });
  });
});
