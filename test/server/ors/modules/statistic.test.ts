import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../../server/clock/virtual.js';
import { statisticModule, statisticTable, type StatisticModule } from '../../../../server/ors/modules/statistic.js';
import type { RouterPort } from '../../../../server/routing/port.js';
import { memoryStore } from '../../../../server/store/memory.js';
import type { Store } from '../../../../server/store/port.js';
import { agent, world } from '../../routing/world.js';
import { perform, sessionOf, type Session } from './bench.js';
import { holdToTable } from './fields.js';

const SALES = 'Sales@S.GA';
const READY = 'StatAgentsAvailable';

describe('the statistic module', () => {
  let clock: VirtualClock;
  let router: RouterPort;
  let store: Store;
  let module: StatisticModule;
  let session: Session;
  let sessions: Session[];
  beforeEach(() => {
    clock = virtualClock();
    store = memoryStore();
    router = process();
    session = sessionOf();
    sessions = [session];
  });
  afterEach(() => {
    for (const one of sessions) heard(one);
  });
  /** What there is of a process: a router in which nobody is ready, and the module. */
  const process = (): RouterPort => {
    const begun = world([agent('a', 'Sales'), agent('b', 'Sales')], { clock }).router;
    module = statisticModule({ router: begun, clock, store, everyMs: 2000 });
    return begun;
  };
  const also = (one: Session): Session => {
    sessions.push(one);
    return one;
  };
  const act = (name: string, by: Session, object: unknown = SALES, statistic: unknown = READY): Promise<void> =>
    perform(module, name, by, { object, statistic } as never);
  /** What it has heard since the last time, which is as the table says. */
  const heard = (by = session) => {
    const since = by.heard.splice(0);
    holdToTable(statisticTable, since);
    return since;
  };
  const update = (value: number) => ['statistic.update', { object: SALES, statistic: READY, value }];
  const done = [['statistic.subscribe.done', { requestid: 'r' }]];

  it('tells that a session is subscribed, and then each value that is another one', async () => {
    await act('subscribe', session);
    expect(heard()).to.deep.equal(done);
    await clock.advance(10_000);
    expect(heard()).to.deep.equal([]);
    router.report('a', 'Ready');
    expect(heard()).to.deep.equal([]);
    await clock.advance(2000);
    expect(heard()).to.deep.equal([update(1)]);
    router.report('b', 'Ready');
    router.report('a', 'Busy');
    await clock.advance(2000);
    expect(heard(), 'nothing has changed between two looks').to.deep.equal([]);
    router.report('b', 'NotReady');
    await clock.advance(2000);
    expect([heard(), session.isOver()]).to.deep.equal([[update(0)], false]);
  });

  it('tells of a queue by its name, when its waiting time becomes known as well', async () => {
    await act('subscribe', session, 'VQ', 'ExpectedWaitTime');
    router.report('a', 'Ready');
    router.report('a', 'Busy');
    await clock.advance(60_000);
    expect(heard()).to.deep.equal(done);
    router.report('a', 'NotReady');
    router.submit({ id: '1', vq: 'VQ', targets: [SALES] });
    await clock.advance(2000);
    const data = { object: 'VQ', statistic: 'ExpectedWaitTime', value: 120 };
    expect(heard()).to.deep.equal([['statistic.update', data]]);
  });

  const invalid: [what: string, object: unknown, statistic: unknown, says: RegExp][] = [
    ['nobody', 'Nobody@S.GA', READY, /"Nobody", which does not exist/],
    ['no statistic', SALES, 'Moon', /"Moon" is no statistic/],
    ['a statistic of queues, of a group', SALES, 'CallsEntered', /of virtual queues only/],
    ['an object that is no text', { type: 'A' }, READY, /are texts/],
    ['a statistic that is an object', SALES, { Params: {} }, /are texts/],
  ];
  for (const [what, object, statistic, says] of invalid)
    for (const name of ['subscribe', 'unsubscribe'])
      it(`refuses to ${name}: ${what}`, async () => {
        await act(name, session, object, statistic);
        const [[event, data] = ['', {}]] = heard();
        expect(event).to.equal(`error.statistic.${name}`);
        expect(data).to.include({ requestid: 'r', error: 'Request Invalid' });
        expect((data as { description: string }).description).to.match(says);
        expect(session.isOver()).to.equal(true);
      });

  it('refuses what a session has already, however it is written, and leaves that', async () => {
    await act('subscribe', session);
    const other = also(sessionOf('S', 'S/2/0'));
    await act('subscribe', other, 'Sales@Another.GA');
    const description = `the session has ${READY} of "Sales@Another.GA" already`;
    expect(heard(other)).to.deep.equal([
      ['error.statistic.subscribe', { requestid: 'r', error: 'Subscription Already Active', description }],
    ]);
    expect([session.isOver(), other.isOver()]).to.deep.equal([false, true]);
  });

  it('gives another session the same statistic', async () => {
    const other = also(sessionOf('OTHER'));
    for (const one of [session, other]) await act('subscribe', one);
    router.report('a', 'Ready');
    await clock.advance(2000);
    for (const one of [session, other]) expect(heard(one)).to.deep.equal([...done, update(1)]);
  });

  it('tells nothing any more when it is unsubscribed, and can be subscribed to anew', async () => {
    await act('subscribe', session);
    const other = also(sessionOf('S', 'S/2/0'));
    await act('unsubscribe', other);
    expect(heard(other)).to.deep.equal([['statistic.unsubscribe.done', { requestid: 'r' }]]);
    expect(session.isOver()).to.equal(true);
    router.report('a', 'Ready');
    await clock.advance(4000);
    expect(heard()).to.deep.equal(done);
    await act('subscribe', also(sessionOf('S', 'S/3/0')));
    expect(sessions.at(-1)?.heard).to.deep.equal(done);
  });

  it('cannot unsubscribe what the session is not subscribed to, also if another one is', async () => {
    await act('subscribe', also(sessionOf('OTHER')));
    await act('unsubscribe', session);
    const description = `the session is not subscribed to ${READY} of "${SALES}"`;
    expect(heard()).to.deep.equal([
      ['error.statistic.unsubscribe', { requestid: 'r', error: 'Request Invalid', description }],
    ]);
  });

  it('ends with its session, and looks at nothing more', async () => {
    await act('subscribe', session);
    await act('subscribe', session, 'VQ', 'CallsEntered');
    heard();
    await module.ended?.('S');
    expect(session.isOver()).to.equal(true);
    router.statistic = () => expect.fail('somebody looks');
    await clock.advance(10_000);
    expect(heard()).to.deep.equal([]);
  });

  it('looks at nothing more when the server stops', async () => {
    await act('subscribe', session);
    module.stop();
    router.statistic = () => expect.fail('somebody looks');
    await clock.advance(10_000);
    expect([heard(), session.isOver()]).to.deep.equal([done, false]);
  });

  for (const [what, name, object] of [
    ['subscribed', 'subscribe', SALES],
    ['refused', 'subscribe', 'Nobody@S.GA'],
    ['unsubscribed', 'unsubscribe', SALES],
  ] as const)
    it(`tells nothing to a session that ends meanwhile, and keeps nothing of it: ${what}`, async () => {
      session.end();
      await act(name, session, object);
      expect([heard(), session.isOver()]).to.deep.equal([[], true]);
      await act('subscribe', also(sessionOf()));
      expect(sessions.at(-1)?.heard).to.deep.equal(done);
    });

  it('forgets a session that has ended unheard', async () => {
    await act('subscribe', session);
    session.end();
    router.report('a', 'Ready');
    await clock.advance(2000);
    expect(session.isOver()).to.equal(true);
  });

  describe('in the next process', () => {
    it('goes on, does not tell again that it is subscribed, and tells the first value', async () => {
      await act('subscribe', session);
      await store.commit(session.writes);
      router = process();
      const again = also(session.again());
      await act('subscribe', again);
      expect(heard(again)).to.deep.equal([]);
      router.report('a', 'Ready');
      await clock.advance(2000);
      expect(heard(again)).to.deep.equal([update(1)]);
      await clock.advance(10_000);
      expect([heard(again), again.isOver()]).to.deep.equal([[], false]);
    });

    it('tells that it is subscribed where the session has not heard it', async () => {
      await act('subscribe', session);
      router = process();
      const again = also(session.again());
      await act('subscribe', again);
      expect(heard(again)).to.deep.equal(done);
    });

    it('unsubscribes again what may be gone by its own work', async () => {
      const again = also(sessionOf('S', 'S/2/0', true));
      await act('unsubscribe', again);
      expect(heard(again)).to.deep.equal([['statistic.unsubscribe.done', { requestid: 'r' }]]);
    });

    it('can be unsubscribed while it is not known yet whether it was told', async () => {
      const again = also(session.again());
      const subscribing = act('subscribe', again);
      await act('unsubscribe', also(sessionOf('S', 'S/2/0')));
      await subscribing;
      await clock.advance(4000);
      expect([heard(again), again.isOver()]).to.deep.equal([[], true]);
    });
  });
});
