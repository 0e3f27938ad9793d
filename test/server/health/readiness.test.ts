/** Readiness, by the store that it watches. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { Readiness } from '../../../server/health/readiness.js';
import { attempt, watchedStore, type Outcome } from '../../../server/health/watched-store.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import { contents } from '../../contracts/store/everything.js';
import { create } from '../../contracts/store/records.js';
import { gatedStore } from '../host/gated-store.js';
import { folders } from '../store/sqlite/folder.js';

const watched = () => {
  const inner = gatedStore();
  const clock = virtualClock();
  const readiness: Readiness = new Readiness(() => attempt(store, 'probe'));
  const store = watchedStore(inner, clock, [readiness]);
  const codeOf = (): string | undefined => readiness.objection()?.code;
  return { inner, clock, readiness, store, codeOf };
};
const ignored = (): void => undefined;

describe('a server is ready', () => {
  it('between its opening and its stop', () => {
    const { readiness, codeOf } = watched();
    expect(codeOf()).to.equal('NOT_READY');
    readiness.open();
    expect(codeOf()).to.equal(undefined);
    readiness.stop();
    expect(codeOf()).to.equal('NOT_READY');
  });

  it('not when its store could not write, and again when it can, though nobody gives it work', async () => {
    const { inner, clock, readiness, store, codeOf } = watched();
    readiness.open();
    inner.fill(true);
    await store.commit([create()]).catch(ignored);
    expect(readiness.objection()?.message).to.include('the disk is full');
    await clock.settle();
    expect(codeOf()).to.equal('STORE_FAILING');
    inner.fill(false);
    await clock.settle();
    expect(codeOf()).to.equal('STORE_FAILING');
    await clock.settle();
    expect(codeOf()).to.equal(undefined);
  });

  it('and has its store tried once at a time', async () => {
    const { inner, clock, readiness, store, codeOf } = watched();
    readiness.open();
    inner.fill(true);
    await store.commit([create()]).catch(ignored);
    inner.fill(false);
    inner.hold();
    const before = inner.commits.length;
    for (let asked = 0; asked < 5; asked++) expect(codeOf()).to.equal('STORE_FAILING');
    expect(inner.commits.length).to.equal(before + 1);
    inner.held[0]?.pass();
    await clock.settle();
    expect(codeOf()).to.equal(undefined);
  });

  it('whatever the store refuses', async () => {
    const { inner, readiness, store, codeOf } = watched();
    readiness.open();
    inner.breakDown(true);
    await store.commit([create()]).catch(ignored);
    expect(codeOf()).to.equal(undefined);
  });
});

describe('an attempt to write', () => {
  const folder = folders();

  it('is written, can be repeated, and leaves nothing', async () => {
    const store = await sqliteStore(folder());
    const before = await contents(store);
    await attempt(store, 'a');
    await attempt(store, 'a');
    expect(await contents(store)).to.deep.equal(before);
    expect(await store.inbox('health', 'a')).to.equal(undefined);
    await store.close();
  });
});

describe('watchedStore', () => {
  it('tells of every commit how long it took and what became of it, before its caller', async () => {
    const inner = gatedStore();
    const clock = virtualClock();
    const told: [ms: number, outcome: Outcome | 'caller'][] = [];
    const store = watchedStore(inner, clock, [{ began: ignored, answered: (...answer) => told.push(answer) }]);
    inner.hold();
    const committed = store.commit([create()]).then(() => told.push([0, 'caller']));
    await clock.advance(30);
    inner.held[0]?.pass();
    await committed;
    inner.breakDown(true);
    await store.commit([create()]).catch(ignored);
    expect(told).to.deep.equal([
      [30, 'written'],
      [0, 'caller'],
      [0, 'refused'],
    ]);
  });
});
