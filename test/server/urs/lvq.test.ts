/** `lvq` over HTTP, as the guide has it ("Query URS", "Calculate Estimated Wait Time"), on a contact centre and the virtual clock. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { RouterPort, RoutingEvent } from '../../../server/routing/port.js';
import { lvq } from '../../../server/urs/lvq.js';
import { ursRoutes } from '../../../server/urs/routes.js';
import { rateLimit } from '../../../server/rate-limit.js';
import { contactCentre } from '../../../server/voice/simulated/centre.js';
import { serve, type Served } from '../served.js';

const START = Date.UTC(2016, 6, 7, 20, 10, 22);
const agents = ['A', 'B', 'C'].map((id) => ({
  id,
  dn: id,
  switch: 'S',
  place: id,
  groups: id === 'A' ? ['G', 'H', 'I'] : ['G'],
}));

describe('lvq', () => {
  let clock: ReturnType<typeof virtualClock>;
  let router: RouterPort;
  let told: RoutingEvent[];
  let served: Served;
  beforeEach(async () => {
    clock = virtualClock(START);
    told = [];
    ({ router } = contactCentre({ clock, seed: 'lvq', agents, customers: [], routePoints: [] }));
    router.start((event) => void told.push(event));
    served = await serve(
      ursRoutes(lvq({ router, clock, requestsOf: (call) => (call === 'ixn 2' ? ['w2'] : []) }), rateLimit(clock, 20)),
    );
  });
  afterEach(async () => {
    router.stop();
    await served.close();
  });

  const ask = async (path: string): Promise<unknown> => (await served.http.get<unknown>(`/urs/call/${path}`)).data;
  /** A call of so many seconds, by an agent who was free when it came. */
  const handle = async (agent: string, seconds: number, group = 'G'): Promise<void> => {
    router.report(agent, 'Ready');
    router.submit({ id: `${agent} ${clock.now()}`, vq: `VQ_${group}`, targets: [`${group}@S.GA`] });
    for (const event of told.splice(0))
      if (event.type === 'selected') router.confirm(event.selected.reservation, 'accepted');
    router.report(agent, 'Ringing');
    router.report(agent, 'Busy');
    await clock.advance(seconds * 1000);
    router.report(agent, 'NotReady');
  };
  const wait = (count: number): void => {
    for (let n = 1; n <= count; n++) router.submit({ id: `w${n}`, vq: 'VQ_G', targets: ['G@S.GA'] });
  };

  it('urs: 60, 120 and 60 s in the queue and 6 who wait are 560 s, in the fields of the guide', async () => {
    for (const seconds of [60, 120, 60]) router.peg('VQ_G', seconds * 1000);
    wait(6);
    expect(await ask('max/lvq?name=VQ_G&aqt=urs&tenant=Environment')).to.deep.equal({
      ...{ wcalls: 6, wpos: 7, time: START / 1000, hit: 3, calls: 6, wt: 0 },
      ...{ ewt: 560, pos: 7, aqt: 80 },
    });
  });

  it('urs2: agents of 60, 120 and 60 s a call and 6 who wait are 168 s', async () => {
    await handle('A', 60);
    await handle('B', 120);
    await handle('C', 60);
    wait(6);
    expect(await ask('max/lvq?name=VQ_G&aqt=urs2')).to.deep.include({ ewt: 168, aqt: 24, calls: 6, pos: 7, hit: 3 });
  });

  it('urs2: the first of them works for three queues: 231 s', async () => {
    await handle('B', 120);
    await handle('C', 60);
    await handle('A', 60, 'H');
    await handle('A', 60, 'I');
    wait(6);
    expect(await ask('max/lvq?name=VQ_G&aqt=urs2')).to.deep.include({ ewt: 231, aqt: 33 });
  });

  it('stat: as Stat Server’s ExpectedWaitTime says, for a call that waits its part of it', async () => {
    wait(6);
    expect(await ask('max/lvq?name=VQ_G&aqt=stat')).to.not.have.any.keys('ewt', 'aqt');
    for (let n = 1; n <= 6; n++) router.cancel(`w${n}`);
    await handle('A', 60);
    await handle('B', 120);
    await handle('C', 60);
    wait(6);
    expect(router.statistic('VQ_G', 'ExpectedWaitTime')).to.equal(168);
    expect(await ask('max/lvq?name=VQ_G&aqt=stat')).to.deep.include({ ewt: 168, aqt: 24, calls: 6, pos: 7 });
    expect(await ask('ixn%202/lvq?name=VQ_G&aqt=stat')).to.deep.include({ ewt: 48, aqt: 24, pos: 2 });
  });

  it('is an empty object for a queue without activity', async () => {
    expect(await ask('max/lvq?name=VQ_X')).to.deep.equal({});
  });

  it('says no time where none is known', async () => {
    wait(2);
    expect(await ask('max/lvq?name=VQ_G')).to.deep.equal({
      ...{ wcalls: 2, wpos: 3, time: START / 1000, hit: 0, calls: 2, wt: 0, pos: 3 },
    });
  });

  it('knows a queue that was only pegged', async () => {
    router.peg('VQ_EWT', 45_000);
    expect(await ask('max/lvq?name=VQ_EWT')).to.deep.include({ calls: 0, hit: 1, pos: 1, ewt: 45 });
  });

  it('shows the place of a call that waits, and for how long it does', async () => {
    router.peg('VQ_G', 10_000);
    wait(3);
    await clock.advance(7_500);
    expect(await ask('ixn%202/lvq?name=VQ_G')).to.deep.include({
      pos: 2,
      wpos: 2,
      calls: 3,
      wt: 7.5,
      ewt: 20,
      aqt: 10,
    });
  });

  it('takes the name in the path, too, and the first of several', async () => {
    router.peg('VQ G', 10_000);
    for (const path of [
      'max/lvq/VQ%20G?tenant=Environment',
      'max/lvq?name=VQ%20G&name=VQ_X',
      'max/lvq/VQ%20G?name=VQ_X',
    ])
      expect(await ask(path), path).to.deep.include({ ewt: 10 });
  });

  const wrong: [path: string, status: number, code: string, says: RegExp][] = [
    ['max/lvq', 400, 'PARAMETER_MISSING', /"name".*virtual queue/],
    ['max/lvq?name=', 400, 'PARAMETER_MISSING', /"name"/],
    [`max/lvq?name=${'n'.repeat(256)}`, 400, 'PARAMETER_INVALID', /"name" must be.*255/],
    [`max/lvq?name=VQ&tenant=${'n'.repeat(256)}`, 400, 'PARAMETER_INVALID', /"tenant" must be.*255/],
    ['max/lvq?name=VQ&aqt=urs3', 400, 'PARAMETER_INVALID', /"aqt" must be one of urs, urs2, stat/],
    ['max/lvq?name=VQ&scale=2', 400, 'PARAMETER_INVALID', /"scale" must be true or false/],
    ['ixn9/lvq?name=VQ', 404, 'CALL_NOT_IN_QUEUE', /"ixn9".*"VQ"/],
  ];
  for (const [path, status, code, says] of wrong)
    it(`refuses ${path.slice(0, 40)}`, async () => {
      const answer = await served.http.get<{ code: string; message: string }>(`/urs/call/${path}`);
      expect([answer.status, answer.data.code]).to.deep.equal([status, code]);
      expect(answer.data.message).to.match(says);
    });

  it('answers 429 to who asks too often', async () => {
    for (let n = 0; n < 20; n++) await ask('max/lvq?name=VQ');
    const { status, data, headers } = await served.http.get<{ code: string }>('/urs/call/max/lvq?name=VQ');
    expect([status, data.code, headers['retry-after']]).to.deep.equal([429, 'TOO_MANY_REQUESTS', '3']);
  });

  it('has a help that names every parameter, every method and every field of the answer', async () => {
    const { data, headers } = await served.http.get<string>('/urs/help/call/lvq');
    expect(headers['content-type']).to.match(/^text\/plain/);
    for (const parameter of ['name', 'aqt', 'tenant', 'scale'])
      expect(data).to.match(new RegExp(`^${parameter} `, 'm'));
    for (const method of ['urs', 'urs2', 'stat']) {
      expect(data).to.match(new RegExp(`\\b${method}( \\(default\\))?: `));
      expect((await served.http.get(`/urs/call/max/lvq?name=VQ_G&aqt=${method}`)).status).to.equal(200);
    }
    for (const field of ['wcalls', 'wpos', 'time', 'hit', 'calls', 'wt', 'ewt', 'pos', 'aqt'])
      expect(data).to.match(new RegExp(`^${field} +\\w`, 'm'));
  });
});
