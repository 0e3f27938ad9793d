/** Callback records and who hears of them, in every store. */
import { expect } from 'chai';
import fc from 'fast-check';
import { callbackStates, type CallbackRecord, type Store } from '../../../server/store/port.js';
import { callbackRecord, change, create } from './records.js';

export function callbackContract(store: () => Store): void {
  beforeEach(() => store().commit([create()]));

  it('gives back the callback record as it was written', async () => {
    expect(await store().callback('1-a')).to.deep.equal(callbackRecord());
    expect(await store().callback('1-b')).to.equal(undefined);
  });

  it('merges an update into the record and appends a change of state to its history', async () => {
    await store().commit([change({ at: 2_000, state: 'ROUTING', sessionid: 'S1', properties: { _attempt: 1 } })]);
    expect(await store().callback('1-a')).to.deep.equal(
      callbackRecord({
        state: 'ROUTING',
        sessionid: 'S1',
        properties: { usr_reason: 'billing', _attempt: 1 },
        history: [
          { at: 1_000, state: 'QUEUED' },
          { at: 2_000, state: 'ROUTING' },
        ],
      }),
    );
  });

  it('adds to the history when only the reason changes, and not when neither does', async () => {
    await store().commit([change({ at: 2_000, reason: 'BUSY' })]);
    await store().commit([change({ at: 3_000, state: 'QUEUED', reason: 'BUSY', sessionid: 'S1' })]);
    const record = await store().callback('1-a');
    expect(record?.history).to.deep.equal([
      { at: 1_000, state: 'QUEUED' },
      { at: 2_000, state: 'QUEUED', reason: 'BUSY' },
    ]);
    expect(record?.sessionid).to.equal('S1');
  });

  it('gives a record another time, by which it expires later, and another number', async () => {
    const { desiredTime, expirationTime } = callbackRecord();
    await store().commit([change({ at: 2_000, desiredTime: desiredTime + 60_000, customerNumber: '5115' })]);
    expect(await store().callback('1-a')).to.deep.equal(
      callbackRecord({
        desiredTime: desiredTime + 60_000,
        expirationTime: expirationTime + 60_000,
        customerNumber: '5115',
      }),
    );
  });

  it('drops every update to a COMPLETED record', async () => {
    await store().commit([change({ at: 2_000, state: 'COMPLETED', reason: 'CANCELLED' })]);
    const completed = await store().callback('1-a');
    await store().commit([change({ at: 3_000, state: 'QUEUED', reason: 'X', sessionid: 'S9', properties: { a: 1 } })]);
    expect(await store().callback('1-a')).to.deep.equal(completed);
  });

  it('dates an update from a clock that was set back like the last change: nothing is lost by it', async () => {
    await store().commit([change({ at: 2_000, state: 'ROUTING' })]);
    await store().commit([change({ at: 1_999, state: 'QUEUED' })]);
    const record = await store().callback('1-a');
    expect(record?.state).to.equal('QUEUED');
    expect(record?.history.at(-1)).to.deep.equal({ at: 2_000, state: 'QUEUED' });
  });

  it('creates and updates a record in one commit', async () => {
    await store().commit([create({ id: '1-b' }), change({ at: 1_500, state: 'ROUTING' }, '1-b')]);
    expect((await store().callback('1-b'))?.state).to.equal('ROUTING');
  });

  it('finds records by service, oldest first', async () => {
    await store().commit([
      create({ id: '1-d', createdAt: 900, service: 'Other' }),
      create({ id: '1-c', createdAt: 800 }),
    ]);
    const found = async (query: Parameters<Store['callbacks']>[0]) =>
      (await store().callbacks(query)).map(({ id }) => id);
    expect(await found({ service: 'BasicCallback' })).to.deep.equal(['1-c', '1-a']);
    expect(await found({ service: 'Other' })).to.deep.equal(['1-d']);
    expect(await found({ service: 'None' })).to.deep.equal([]);
  });

  it('finds records by state', async () => {
    await store().commit([create({ id: '1-b' }), change({ at: 2_000, state: 'ROUTING' }, '1-b')]);
    const found = async (query: Parameters<Store['callbacks']>[0]) =>
      (await store().callbacks(query)).map(({ id }) => id);
    expect(await found({ state: 'ROUTING' })).to.deep.equal(['1-b']);
    expect(await found({ state: 'QUEUED', service: 'BasicCallback' })).to.deep.equal(['1-a']);
    expect(await found({ state: 'PAUSED' })).to.deep.equal([]);
  });

  it('counts records by number, service, life, time and property', async () => {
    await store().commit([
      create({ id: '1-b', service: 'Other', createdAt: 900, properties: { vip: true, level: 3 } }),
      create({ id: '1-c', createdAt: 2_000, properties: { vip: 'true', level: '3', usr_reason: {} } }),
      create({ id: '1-d', createdAt: 3_000, customerNumber: '1' }),
      change({ at: 4_000, state: 'COMPLETED' }, '1-d'),
    ]);
    const count = async (query: Parameters<Store['countCallbacks']>[0]) => store().countCallbacks(query);
    expect(await count({})).to.equal(4);
    expect(await count({ property: { name: '_customer_number', value: '5115' } })).to.equal(3);
    expect(await count({ service: 'BasicCallback', live: true })).to.equal(2);
    expect(await count({ service: 'BasicCallback', createdAfter: 1_999 })).to.equal(2);
    expect(await count({ service: 'BasicCallback', createdAfter: 2_000 })).to.equal(1);
    expect(await count({ property: { name: 'usr_reason', value: 'billing' } })).to.equal(2);
    expect(await count({ property: { name: 'level', value: '3' } })).to.equal(2);
    expect(await count({ property: { name: 'vip', value: 'true' }, service: 'Other', live: true })).to.equal(1);
    expect(await count({ property: { name: 'constructor', value: '' } })).to.equal(0);
    await store().commit([change({ at: 5_000, customerNumber: '2' }, '1-c')]);
    for (const value of ['5115', '2', '1'])
      expect(await count({ property: { name: '_customer_number', value } }), value).to.equal(value === '5115' ? 3 : 1);
  });

  it('counts who is wanted when, by bucket and in a span, and no longer when it is over', async () => {
    const wanted = [600_000, 600_001, 899_999, 900_000, 1_500_000, 1_800_000];
    await store().commit([
      ...wanted.map((desiredTime, n) => create({ id: `3-${n}`, service: 'Booked', desiredTime, createdAt: 1_000 })),
      create({ id: '3-other', service: 'Other', desiredTime: 600_000, createdAt: 1_000 }),
    ]);
    const booked = async (bucketMs: number, to = 1_800_000) =>
      Object.fromEntries(await store().booked({ service: 'Booked', from: 600_000, to, bucketMs }));
    expect(await booked(300_000)).to.deep.equal({ 600000: 3, 900000: 1, 1500000: 1 });
    expect(await booked(600_000, 1_200_000)).to.deep.equal({ 600000: 4 });
    const within = { service: 'Booked', live: true, desiredFrom: 600_001, desiredBefore: 900_000 } as const;
    expect(await store().countCallbacks(within)).to.equal(2);
    await store().commit([
      change({ at: 2_000, state: 'COMPLETED' }, '3-1'),
      change({ at: 2_000, desiredTime: 1_500_000 }, '3-2'),
    ]);
    expect(await booked(300_000)).to.deep.equal({ 600000: 1, 900000: 1, 1500000: 2 });
    expect(await store().countCallbacks(within)).to.equal(0);
  });

  it('counts who is wanted when as looking at each record would, whatever has become of them', async () => {
    const at = fc.integer({ min: 0, max: 11 }).map((n) => n * 150_000);
    const written = fc.record({ what: fc.constant('written'), id: fc.integer({ min: 0, max: 4 }), at });
    const changed = fc.record({
      what: fc.constantFrom('moved', 'over', 'forgotten'),
      id: fc.integer({ min: 0, max: 4 }),
      at,
    });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(written, changed), { maxLength: 30 }), async (steps) => {
        const service = `counted-${++made}`;
        const times = new Map<string, number>();
        for (const { what, id: n, at: desiredTime } of steps) {
          const id = `${made}-${n}`;
          if (what === 'written' || !times.has(id)) {
            times.set(id, desiredTime);
            await store().commit([create({ id, service, desiredTime, state: 'SCHEDULED' })]);
          } else if (what === 'moved') {
            times.set(id, desiredTime);
            await store().commit([change({ at: 1, desiredTime }, id)]);
          } else {
            times.delete(id);
            const over = change({ at: 1, state: 'COMPLETED', reason: 'CANCELLED' }, id);
            await store().commit(what === 'over' ? [over] : [{ kind: 'callback.forget', id }]);
          }
        }
        for (const bucketMs of [300_000, 600_000]) {
          const [from, to] = [600_000, 1_200_000];
          const buckets = [...times.values()]
            .filter((time) => time >= from && time < to)
            .map((time) => time - (time % bucketMs));
          const expected = buckets.map(
            (bucket) => [bucket, buckets.filter((other) => other === bucket).length] as const,
          );
          expect(await store().booked({ service, from, to, bucketMs })).to.deep.equal(new Map(expected));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps what was said last of each key of a list', async () => {
    const item = (key: string, value: string | null) =>
      ({ kind: 'list', item: { list: 'Paused', section: 'services', key, value } }) as const;
    await store().commit([item('all', 'true'), item('Other', 'true')]);
    await store().commit([item('all', 'false'), item('Other', null)]);
    expect(await store().listItems()).to.have.deep.members([item('all', 'false').item, item('Other', null).item]);
  });

  it('tells listeners of each changed record after the commit, as it is now', async () => {
    const heard: CallbackRecord[] = [];
    store().onCallback((record) => heard.push(record));
    await store().commit([change({ at: 2_000, state: 'ROUTING' }), change({ at: 2_500, state: 'PROCESSING' })]);
    expect(heard).to.deep.equal([await store().callback('1-a')]);
    expect(heard[0]?.state).to.equal('PROCESSING');
  });

  it('tells listeners nothing of an update that says nothing new', async () => {
    const heard: CallbackRecord[] = [];
    store().onCallback((record) => heard.push(record));
    await store().commit([change({ at: 2_000, state: 'QUEUED' })]);
    expect(heard).to.be.empty;
  });

  it('keeps the history in order of time, one entry a change, whatever updates come', async () => {
    let made = 0;
    const update = fc.record({
      at: fc.integer({ min: 0, max: 3_000 }),
      state: fc.constantFrom(...callbackStates, ...callbackStates.slice(0, -1)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(update, { maxLength: 12 }), async (updates) => {
        const id = `2-${++made}`;
        await store().commit([create({ id }), ...updates.map((each) => change(each, id))]);
        const { history = [], state } = (await store().callback(id)) ?? {};
        expect(history.at(-1)?.state).to.equal(state);
        history.slice(1).forEach((entry, i) => {
          expect(entry.at).to.be.at.least(history[i]!.at);
          expect(entry.state).to.not.equal(history[i]!.state);
          expect(history[i]!.state).to.not.equal('COMPLETED');
        });
      }),
      { numRuns: 40 },
    );
  });
}
