import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { Outbox } from '../../../server/host/outbox.js';
import { createLog } from '../../../server/log.js';
import { memoryStore } from '../../../server/store/memory.js';
import { StoreUnavailable } from '../../../server/store/port.js';

describe('the outbox, when the store cannot write', () => {
  const opened = async () => {
    const clock = virtualClock(1_000_000);
    const inner = memoryStore();
    const performed: [seconds: number, key: string][] = [];
    let isFull = false;
    const outbox = new Outbox({
      store: {
        ...inner,
        commit: (writes) => (isFull ? Promise.reject(new StoreUnavailable('the disk is full')) : inner.commit(writes)),
      },
      clock,
      log: createLog('info', { write: () => undefined }),
      chance: () => 0.5,
      perform: ({ key }) => performed.push([(clock.now() - 1_000_000) / 1000, key]),
      passing: () => undefined,
    });
    await outbox.start();
    const fill = (full: boolean): void => void (isFull = full);
    return { clock, inner, outbox, performed, fill };
  };

  it('performs at its new time what was put off, though it is looked for before that is written', async () => {
    const { clock, inner, outbox, performed, fill } = await opened();
    // a minute is in memory, and what is due is looked for half a minute before
    await clock.advance(50_000);
    const entry = outbox.entry('callback/1', '1', { type: 'callback', id: '1' });
    await inner.commit([{ kind: 'outbox', entry }]);
    fill(true);
    outbox.putOff(entry, 15_000);
    await clock.advance(500);
    fill(false);
    await clock.advance(600_000);
    expect(performed.map(([at, key]) => [Math.round(at), key])).to.deep.equal([[65, 'callback/1']]);
  });

  it('says when what it owes is paid', async () => {
    const { clock, inner, outbox, fill } = await opened();
    const entry = outbox.entry('callback/1', '1', { type: 'callback', id: '1' });
    fill(true);
    let isSaved = false;
    const debt = await outbox.write([{ kind: 'outbox', entry }]);
    const saved = debt?.paid.then(() => (isSaved = true));
    await clock.advance(10_000);
    expect(isSaved).to.equal(false);
    fill(false);
    await clock.advance(1_000);
    await saved;
    expect((await inner.due({ due: -Infinity, seq: 0 }, Infinity, 10)).map(({ key }) => key)).to.deep.equal([
      'callback/1',
    ]);
  });
});
