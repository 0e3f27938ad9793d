import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { Pruning } from '../../../server/host/pruning.js';
import { createLog } from '../../../server/log.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { hosted, outcome } from './hosted.js';
import { inbox, outbox, session } from '../../contracts/store/records.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('pruning', () => {
  let clock: VirtualClock;
  let store: Store;
  let lines: string[];
  beforeEach(() => {
    clock = virtualClock();
    store = memoryStore();
    lines = [];
  });
  const begin = (keepMs: number, more: Partial<Pick<Store, 'commit' | 'endedSessions'>> = {}): Pruning => {
    const log = createLog('warn', { write: (line) => void lines.push(line) });
    const pruning = new Pruning({ store: { ...store, ...more }, clock, log, keepMs });
    pruning.start();
    return pruning;
  };
  const ended = (sessionid: string, ago: number) =>
    session(1, { sessionid, status: 'done', endedAt: clock.now() - ago });
  const isThere = async (sessionid: string): Promise<boolean> => (await store.session(sessionid)) !== undefined;

  it('forgets sessions when they have been over for so long, each hour', async () => {
    await store.commit([
      ended('OLD', 7 * DAY),
      ended('LATER', 7 * DAY - 90 * 60_000),
      session(1, { sessionid: 'ACTIVE' }),
    ]);
    begin(7 * DAY);
    await clock.advance(HOUR);
    expect([await isThere('OLD'), await isThere('LATER'), await isThere('ACTIVE')]).to.deep.equal([false, true, true]);
    await clock.advance(HOUR);
    expect([await isThere('LATER'), await isThere('ACTIVE')]).to.deep.equal([false, true]);
  });

  it('keeps them for ever where that is asked for, and a day at least', async () => {
    await store.commit([ended('OLD', 1000 * DAY)]);
    begin(0).start();
    await clock.advance(2 * HOUR);
    expect(await isThere('OLD')).to.equal(true);
    await store.commit([ended('YOUNG', 20 * HOUR)]);
    begin(1);
    await clock.advance(HOUR);
    expect([await isThere('OLD'), await isThere('YOUNG')]).to.deep.equal([false, true]);
  });

  it('keeps one that is named by something undone', async () => {
    await store.commit([ended('OLD', 9 * DAY), outbox(1, { sessionid: 'OLD' })]);
    begin(DAY);
    await clock.advance(HOUR);
    expect(await isThere('OLD')).to.equal(true);
    await store.commit([{ kind: 'outbox.done', seq: 1 }]);
    await clock.advance(HOUR);
    expect(await isThere('OLD')).to.equal(false);
  });

  it('forgets ids of requests after a day, before the sessions that they name', async () => {
    await store.commit([ended('OLD', 9 * DAY), inbox({ scope: 'OLD', at: clock.now() - DAY })]);
    begin(DAY);
    await clock.advance(HOUR);
    expect(await store.inbox('OLD', 'r1')).to.equal(undefined);
  });

  it('takes any number, some in each commit', async () => {
    const names = Array.from({ length: 1201 }, (_, at) => `S${at}`);
    await store.commit(names.map((name) => ended(name, 9 * DAY)));
    const sizes: number[] = [];
    begin(DAY, {
      commit: (writes) => {
        sizes.push(writes.length);
        return store.commit(writes);
      },
    });
    await clock.advance(HOUR);
    expect(sizes).to.deep.equal([1, 500, 500, 201]);
    expect((await store.counts(0)).sessions.done).to.equal(0);
  });

  it('says that it could not, and tries again in an hour', async () => {
    await store.commit([ended('OLD', 9 * DAY)]);
    let full = true;
    begin(DAY, { commit: (writes) => (full ? Promise.reject(new Error('the disk is full')) : store.commit(writes)) });
    await clock.advance(HOUR);
    expect(await isThere('OLD')).to.equal(true);
    expect(lines.join()).to.include('the disk is full');
    full = false;
    await clock.advance(HOUR);
    expect(await isThere('OLD')).to.equal(false);
  });

  it('stops', async () => {
    await store.commit([ended('OLD', 9 * DAY)]);
    begin(DAY).stop();
    await clock.advance(3 * HOUR);
    expect(await isThere('OLD')).to.equal(true);
  });

  const ends: Record<string, readonly [content: string, event: string | undefined, status: string]> = {
    'in its first step': ['<final id="f"/>', undefined, 'done'],
    'by an event': ['<state id="s"><transition event="end" target="f"/></state><final id="f"/>', 'end', 'done'],
    'by breaking a limit': [
      '<state id="s"><transition event="end" target="t"/></state><state id="t"><transition target="u"/></state><state id="u"><transition target="t"/></state>',
      'end',
      'error',
    ],
  };
  for (const [how, [content, event, status]] of Object.entries(ends))
    it(`is of a session a time after it has ended: ${how}`, async () => {
      const hosting = hosted({ keepMs: 2 * DAY });
      const { host, clock: time, store: kept } = hosting;
      await host.open();
      const id = await hosting.run(content);
      await time.advance(5 * DAY);
      if (event !== undefined) await outcome(host.deliver(id, { name: event }));
      const known = async () => outcome(host.query(id));
      if (event !== undefined) expect((await kept.session(id))?.endedAt).to.equal(time.now());
      if (event !== undefined) expect((await host.query(id)).status).to.equal(status);
      await time.advance(2 * DAY - HOUR);
      expect(await known()).to.equal(event === undefined ? 'SESSION_NOT_FOUND' : 'resolved');
      await time.advance(2 * HOUR);
      expect(await known()).to.equal('SESSION_NOT_FOUND');
      expect(await outcome(host.deliver(id, { name: 'any' }))).to.equal('SESSION_NOT_FOUND');
      await host.stop(0);
    });
});
