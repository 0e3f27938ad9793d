import { expect } from 'chai';
import { virtualClock } from '../../server/clock/virtual.js';
import { earlyStore } from '../../server/early-store.js';
import { faultsFrom, passingOf } from '../../server/faults.js';
import { memoryStore } from '../../server/store/memory.js';
import { create } from '../contracts/store/records.js';

describe('faults', () => {
  it('are none when nobody asks for any', () => {
    expect(faultsFrom({})).to.deep.equal({ failAt: undefined, acknowledgesEarly: false });
  });

  it('are read in tests', () => {
    const environment = { NODE_ENV: 'test', RINGBACK_FAIL_AT: 'after step:12', RINGBACK_ACK_EARLY: '1' };
    expect(faultsFrom(environment)).to.deep.equal({
      failAt: { point: 'after step', nth: 12 },
      acknowledgesEarly: true,
    });
  });

  for (const name of ['RINGBACK_FAIL_AT', 'RINGBACK_ACK_EARLY'])
    it(`are refused anywhere else: ${name}`, () => {
      expect(() => faultsFrom({ [name]: '1', NODE_ENV: 'production' })).to.throw(`${name} is set`);
    });

  for (const wrong of ['after step', 'after step:0', 'after all:1', 'x'])
    it(`are refused when they are not clear: ${wrong}`, () => {
      expect(() => faultsFrom({ NODE_ENV: 'test', RINGBACK_FAIL_AT: wrong })).to.throw('before load, after step');
    });

  it('come at the nth passing of their point, once', () => {
    const deaths: string[] = [];
    const passing = passingOf({ failAt: { point: 'after commit', nth: 2 } }, () => deaths.push('died'));
    for (const point of ['after commit', 'after step', 'before load'] as const) passing(point);
    expect(deaths).to.deep.equal([]);
    for (const point of ['after commit', 'after commit'] as const) passing(point);
    expect(deaths).to.deep.equal(['died']);
  });
});

describe('earlyStore', () => {
  it('answers before it has written, and reads what it has answered', async () => {
    const inner = memoryStore();
    const clock = virtualClock();
    const store = earlyStore(inner, clock);
    await store.commit([create({ id: 'a' })]);
    await store.commit([create({ id: 'b' })]);
    expect(await inner.callbacks({})).to.deep.equal([]);
    const read = store.callbacks({});
    await clock.advance(15);
    expect((await read).map(({ id }) => id)).to.deep.equal(['a', 'b']);
    await store.commit([create({ id: 'c' })]);
    const closed = store.close();
    await clock.advance(15);
    await closed;
    expect((await inner.callbacks({})).length).to.equal(3);
  });
});
