/**
 * Waiting times and statistics of the whole server, over HTTP: the guide's worked examples ("Calculate Estimated Wait Time using AHT or
 * Time in Queue") by every way to ask for them, and who may ask what.
 */
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../server/clock/virtual.js';
import { countsOfCalls, isOfQueuesOnly, statisticNames } from '../../server/routing/statistic-names.js';
import { memoryStore } from '../../server/store/memory.js';
import { wholeServer, type Whole } from './whole.js';

const TOKEN = 'a-token-of-operators';
const agents = ['A', 'B', 'C'].map((id) => ({
  id,
  dn: id,
  switch: 'S',
  place: `Place_${id}`,
  groups: id === 'A' ? ['G', 'H', 'I'] : ['G'],
}));
const services = {
  'ewt-for-vq': { template: 'urs-stat', options: { _caching_policy: 5 } },
  'my-urs-stat': {
    template: 'urs-stat',
    options: { _urs_stat_url_parameters: 'name=VQ_G&tenant=Environment&aqt=urs' },
  },
};

describe('waiting times over HTTP', () => {
  let clock: VirtualClock;
  let whole: Whole;
  const begin = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    clock = virtualClock(Date.UTC(2026, 10, 23));
    whole = await wholeServer({
      store: memoryStore(),
      clock,
      services,
      environment: { RINGBACK_ADMIN_TOKEN: TOKEN, ...environment },
      centre: { agents, customers: [], routePoints: ['5000'] },
    });
    await clock.advance(60_000);
    for (const { id } of agents) whole.router.report(id, 'NotReady');
  };
  beforeEach(() => begin());
  afterEach(() => whole.close());

  /** A call of so many seconds, by an agent who was free when it came. */
  const handle = async (agent: string, seconds: number, group = 'G'): Promise<void> => {
    const { router } = whole;
    router.report(agent, 'Ready');
    const standing = router.submit({ id: `${agent} ${clock.now()}`, vq: `VQ_${group}`, targets: [`${group}@S.GA`] });
    if (standing.state !== 'selected') throw new Error(`the call of ${agent} is ${standing.state}`);
    router.confirm(standing.selected.reservation, 'accepted');
    router.report(agent, 'Busy');
    await clock.advance(seconds * 1000);
    router.report(agent, 'NotReady');
  };
  const wait = (count: number): void => {
    for (let n = 0; n < count; n++) whole.router.submit({ id: `w${n}`, vq: 'VQ_G', targets: ['G@S.GA'] });
  };
  const ask = async (path: string): Promise<unknown> => {
    const { status, data } = await whole.ask('GET', path);
    expect(status, path).to.equal(200);
    return data;
  };
  const form = (fields: Readonly<Record<string, string>>): URLSearchParams => new URLSearchParams(fields);
  const peek = async (fields: Readonly<Record<string, string>>, token = `Bearer ${TOKEN}`) => {
    const { status, data } = await whole.ask('POST', '/genesys/1/statistic', { body: form(fields), token });
    return [status, data] as const;
  };
  const ofQueue = (metric: string) => ({ objectId: 'VQ_G@S', objectType: 'Queue', tenant: 'Environment', metric });

  interface Example {
    readonly says: string;
    readonly aqts: readonly string[];
    readonly before: () => Promise<void> | void;
    readonly aqt: number;
    readonly ewt: number;
  }
  const examples: readonly Example[] = [
    {
      says: 'calls that were distributed in 60, 120 and 60 s, and 6 that wait: 560 s',
      aqts: ['urs'],
      before: () => {
        for (const seconds of [60, 120, 60]) whole.router.peg('VQ_G', seconds * 1000);
      },
      ...{ aqt: 80, ewt: 560 },
    },
    {
      says: 'agents of 60, 120 and 60 s a call, and 6 that wait: 168 s',
      aqts: ['urs2', 'stat'],
      before: async () => {
        await handle('A', 60);
        await handle('B', 120);
        await handle('C', 60);
      },
      ...{ aqt: 24, ewt: 168 },
    },
    {
      says: 'the first of them works for three queues: 231 s',
      aqts: ['urs2', 'stat'],
      before: async () => {
        await handle('B', 120);
        await handle('C', 60);
        await handle('A', 60, 'H');
        await handle('A', 60, 'I');
      },
      ...{ aqt: 33, ewt: 231 },
    },
  ];
  const versions: Readonly<Record<string, string>> = { urs: 'ewt1', urs2: 'ewt2', stat: 'ewt3' };
  for (const { says, aqts, before, aqt, ewt } of examples)
    it(`${says}, by every way to ask`, async () => {
      await before();
      wait(6);
      const wanted = { calls: 6, pos: 7, aqt, ewt };
      for (const method of aqts) {
        const query = `name=VQ_G&aqt=${method}&tenant=Environment`;
        expect(await ask(`/urs/call/max/lvq?${query}`), method).to.deep.include(wanted);
        expect(await ask(`/genesys/1/service/ewt-for-vq?${query}`), method).to.deep.include(wanted);
        const { VQ_G } = (await ask(`/genesys/2/ewt/${versions[method] ?? ''}?vq=VQ_G`)) as Record<string, object>;
        expect(VQ_G, method).to.deep.include(wanted);
      }
      if (aqts.includes('urs')) expect(await ask('/genesys/1/service/my-urs-stat')).to.deep.include(wanted);
      else expect(await peek(ofQueue('ExpectedWaitTime'))).to.deep.equal([200, { value: ewt }]);
    });

  it('are not guessed while too little is known', async () => {
    wait(2);
    for (const method of Object.keys(versions)) {
      expect(await ask(`/urs/call/max/lvq?name=VQ_G&aqt=${method}`))
        .to.include({ calls: 2 })
        .and.not.have.any.keys('ewt');
      expect(await ask(`/genesys/1/service/ewt-for-vq?name=VQ_G&aqt=${method}`)).to.not.have.any.keys('ewt', 'aqt');
      expect(await ask(`/genesys/2/ewt/${versions[method] ?? ''}?vq=VQ_X`)).to.deep.equal({ VQ_X: {} });
    }
    const [status, data] = await peek(ofQueue('ExpectedWaitTime'));
    expect([status, data['value']]).to.deep.equal([200, null]);
    expect(data['message']).to.match(/too little is known of VQ_G/);
  });

  it('are kept for as long as _caching_policy says, by the service only', async () => {
    whole.router.peg('VQ_G', 10_000);
    const both = async (): Promise<unknown[]> => [
      (await whole.ask('GET', '/genesys/1/service/ewt-for-vq?name=VQ_G')).data['ewt'],
      (await whole.ask('GET', '/urs/call/max/lvq?name=VQ_G')).data['ewt'],
    ];
    expect(await both()).to.deep.equal([10, 10]);
    wait(1);
    expect(await both()).to.deep.equal([10, 20]);
    await clock.advance(4_999);
    expect(await both()).to.deep.equal([10, 20]);
    await clock.advance(1);
    expect(await both()).to.deep.equal([20, 20]);
  });

  it('are for anybody, but not as often as they like', async () => {
    await whole.close();
    await begin({ RINGBACK_WAITING_PER_MINUTE: '3' });
    const paths = ['/urs/call/max/lvq?name=VQ', '/genesys/1/service/my-urs-stat', '/genesys/2/ewt/ewt2?vq=VQ'];
    for (const path of paths) await ask(path);
    for (const path of paths) expect((await whole.ask('GET', path)).status, path).to.equal(429);
    expect((await peek(ofQueue('CallsEntered')))[0]).to.equal(429);
    await clock.advance(20_000);
    await ask('/urs/call/max/lvq?name=VQ');
  });

  describe('statistics', () => {
    const objects: readonly (readonly [type: string, id: string, named: string])[] = [
      ['Agent', 'A', 'A@S.A'],
      ['Place', 'Place_B@S', 'Place_B@S.AP'],
      ['RegularPlace', 'Place_B', 'Place_B@S.AP'],
      ['GroupAgents', 'G', 'G@S.GA'],
      ['AgentGroup', 'G@Stat', 'G@S.GA'],
      ['Queue', 'VQ_G@S', 'VQ_G'],
    ];
    for (const [objectType, objectId, named] of objects)
      it(`of ${objectType} ${objectId} are those of strategies, by the same names`, async () => {
        await handle('A', 60);
        await handle('B', 120);
        wait(2);
        whole.router.report('B', 'AfterCallWork');
        for (const metric of statisticNames) {
          const [status, data] = await peek({ objectType, objectId, metric });
          if (objectType !== 'Queue' && isOfQueuesOnly(metric)) expect([status, metric]).to.deep.equal([403, metric]);
          else
            expect([status, data['value']], metric).to.deep.equal([200, whole.router.statistic(named, metric) ?? null]);
        }
      });

    it('are not all null: what was done is counted', async () => {
      await handle('A', 60);
      wait(2);
      expect(await peek(ofQueue('CurrNumberWaitingCalls'))).to.deep.equal([200, { value: 2 }]);
      const value = { objectType: 'GroupAgents', objectId: 'G', statisticType: 'RStatAgentsTotal' };
      expect(await peek(value)).to.deep.equal([200, { value: 3 }]);
      expect(await peek({ ...value, statisticType: 'StatAgentsAvailable' })).to.deep.equal([200, { value: 0 }]);
    });

    it('have no counts that a queue which nobody has used lacks', async () => {
      for (const metric of countsOfCalls)
        expect(await peek({ objectType: 'Queue', objectId: 'VQ_X', metric }), metric).to.deep.equal([
          200,
          { value: 0 },
        ]);
    });

    const wrong: [title: string, fields: Readonly<Record<string, string>>, status: number, says: RegExp][] = [
      ['without an object', { objectId: '' }, 400, /objectId is missing/],
      ['without a type', { objectType: ' ' }, 400, /objectType is missing/],
      ['without a metric', { metric: '' }, 400, /metric is missing/],
      ['of an object with a long name', { objectId: 'x'.repeat(256) }, 400, /objectId must be one text of at most 255/],
      ['of two in one', { objectId: 'VQ;Agent' }, 400, /without a semicolon/],
      ['of another type', { objectType: 'constructor' }, 403, /Object type 'constructor' not found/],
      ['that there is not', { metric: 'TotalLoginTime' }, 403, /"TotalLoginTime" is no statistic; those are/],
      ['of nobody', { objectType: 'Agent', objectId: 'Z', metric: 'StatAgentsBusy' }, 403, /agent "Z", which does not/],
      ['of another tenant', { tenant: 'Resources' }, 403, /Tenant 'Resources' not found/],
      ['of a part', { filter: 'Gold' }, 400, /filter selects nothing here/],
      ['of a time', { timeRange: '0-30' }, 400, /timeRange selects nothing here/],
      ['told in another way', { notificationMode: 'Always' }, 400, /NoNotification, Reset, Immediate/],
      ['of a skill that is none', { objectType: 'GroupAgents', objectId: '?:(((' }, 403, /./],
    ];
    for (const [title, fields, status, says] of wrong)
      it(`${title} are ${status}`, async () => {
        const [got, data] = await peek({ ...ofQueue('CallsEntered'), ...fields });
        expect([got, data['phrase']]).to.deep.equal([
          status,
          status === 400 ? 'BAD_PARAMETER' : 'STATISTIC_NOT_DEFINED',
        ]);
        expect(data['message']).to.match(says);
        expect(data['exception']).to.match(/^com\.genesyslab\.gsg\.services\.callback\./);
      });

    it('are asked in JSON, too, and not with a list or nothing', async () => {
      const token = `Bearer ${TOKEN}`;
      const post = async (body?: object) =>
        (await whole.ask('POST', '/genesys/1/statistic', { token, ...(body && { body }) })).status;
      expect(await post(ofQueue('CallsEntered'))).to.equal(200);
      expect(await post({ ...ofQueue('CallsEntered'), objectId: ['VQ_G'] })).to.equal(400);
      expect(await post(['VQ_G'])).to.equal(400);
      expect(await post()).to.equal(400);
    });

    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    const doors: [title: string, token: string, status: number][] = [
      ['the token', `Bearer ${TOKEN}`, 200],
      ['it as the password of anybody', basic(`wall:${TOKEN}`), 200],
      ['it as the password of nobody', basic(`:${TOKEN}`), 200],
      ['nothing', '', 401],
      ['another password', basic('wall:another'), 401],
      ['it as the user', basic(`${TOKEN}:`), 401],
      ['it without a user', basic(TOKEN), 401],
      ['what is no base64', 'Basic ?', 401],
    ];
    for (const [title, token, status] of doors)
      it(`are ${status} to who shows ${title}`, async () => {
        expect((await peek(ofQueue('CallsEntered'), token))[0]).to.equal(status);
      });

    it('are closed where operators have no token, and take its password as other doors of theirs do', async () => {
      const token = basic(`wall:${TOKEN}`);
      expect((await whole.ask('GET', '/ringback/centre', { token })).status).to.equal(200);
      await whole.close();
      await begin({ RINGBACK_ADMIN_TOKEN: '' });
      const [status, data] = await peek(ofQueue('CallsEntered'));
      expect([status, data['code']]).to.deep.equal([403, 'ADMIN_CLOSED']);
    });
  });
});
