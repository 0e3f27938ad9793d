/** Callback records by what they are, in every store: properties, states, services and times, in pages. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  callbackStates,
  type CallbackFilter,
  type CallbackQuery,
  type CallbackRecord,
  type Store,
} from '../../../server/store/port.js';
import { callbackRecord, change, create } from './records.js';

export function queryContract(store: () => Store): void {
  const found = async (query: Partial<CallbackQuery>): Promise<string[]> =>
    (await store().findCallbacks({ limit: 100, ...query })).map(({ id }) => id);
  const number = (value: string) => ({ name: '_customer_number', value });

  it('finds a record by its number and by any property of one value, as text', async () => {
    const properties = { email: 'a@b.c', tries: 3, vip: true, none: null, empty: '', nested: { a: '1' } };
    await store().commit([create({ properties })]);
    const by = (name: string, value: string) => found({ properties: [{ name, value }] });
    expect(await by('_customer_number', '5115')).to.deep.equal(['1-a']);
    expect(await by('email', 'a@b.c')).to.deep.equal(['1-a']);
    expect(await by('tries', '3')).to.deep.equal(['1-a']);
    expect(await by('vip', 'true')).to.deep.equal(['1-a']);
    expect(await by('vip', 'false')).to.deep.equal([]);
    expect(await by('none', 'null')).to.deep.equal([]);
    expect(await by('empty', '')).to.deep.equal([]);
    expect(await by('a', '1')).to.deep.equal([]);
    expect(await store().findCallbacks({ properties: [number('5115')], limit: 1 })).to.deep.equal([
      callbackRecord({ properties }),
    ]);
  });

  it('finds a record by what it once was, too', async () => {
    await store().commit([create({ properties: { email: 'old' } })]);
    await store().commit([change({ at: 2_000, customerNumber: '1', properties: { email: 'new' } })]);
    for (const properties of [[number('5115')], [number('1')], [{ name: 'email', value: 'old' }]])
      expect(await found({ properties })).to.deep.equal(['1-a']);
  });

  it('finds a record at its new time when it has got one, by what it was as well', async () => {
    await store().commit([create(), change({ at: 2_000, customerNumber: '1', desiredTime: 9_000 })]);
    for (const properties of [undefined, [number('5115')], [number('1')]]) {
      const asked = properties && { properties };
      expect(await found({ ...asked, from: 9_000, to: 9_000 })).to.deep.equal(['1-a']);
      expect(await found({ ...asked, to: 8_999 })).to.deep.equal([]);
    }
  });

  it('gives the whole of an answer in pages, each behind the last of the page before', async () => {
    const ids = ['1-f', '1-b', '1-e', '1-c', '1-d', '1-a'];
    await store().commit(ids.map((id, n) => create({ id, desiredTime: 1_000 * (n >> 1), state: 'SCHEDULED' })));
    for (const properties of [undefined, [number('5115')]]) {
      const pages: string[][] = [];
      for (let after: CallbackRecord | undefined; ;) {
        const page = await store().findCallbacks({
          limit: 4,
          ...(properties && { properties }),
          ...(after && { after }),
        });
        if (page.length === 0) break;
        pages.push(page.map(({ id }) => id));
        after = page.at(-1);
      }
      expect(pages).to.deep.equal([
        ['1-b', '1-f', '1-c', '1-e'],
        ['1-a', '1-d'],
      ]);
    }
  });

  it('finds nothing of what a commit that was refused had in it', async () => {
    const refused = store().commit([create({ id: '1-b' }), change({ at: 1, state: 'QUEUED' }, '1-z')]);
    expect(await refused.catch(() => 'refused')).to.equal('refused');
    expect(await found({})).to.deep.equal([]);
    expect(await found({ properties: [number('5115')] })).to.deep.equal([]);
  });

  it('answers what looking at each record would, whatever is asked', async () => {
    const [times, services, values] = [
      [0, 1, 2, 3],
      ['s', 't', 'u'],
      ['x', 'y'],
    ];
    const some = <T>(all: readonly T[]) => fc.option(fc.uniqueArray(fc.constantFrom(...all)), { nil: undefined });
    const time = fc.option(fc.constantFrom(...times), { nil: undefined });
    const property = fc.record({ name: fc.constantFrom('p', 'q'), value: fc.constantFrom(...values) });
    const records = fc.array(
      fc.record({
        ...{ service: fc.constantFrom(...services), state: fc.constantFrom(...callbackStates) },
        ...{ desiredTime: fc.constantFrom(...times), createdAt: fc.constantFrom(...times) },
        properties: fc.dictionary(fc.constantFrom('p', 'q'), fc.constantFrom(...values), { noNullPrototype: true }),
      }),
      { maxLength: 12 },
    );
    const asked = fc.record({
      ...{ services: some(services), states: some(callbackStates), from: time, to: time },
      ...{ properties: fc.option(fc.array(property, { maxLength: 3 }), { nil: undefined }) },
      ...{ any: fc.boolean(), limit: fc.integer({ min: 1, max: 13 }) },
    });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(records, asked, async (changes, { any, limit, ...rest }) => {
        const given = Object.entries(rest).filter(([, value]) => value !== undefined);
        const filter: CallbackFilter = Object.fromEntries(given);
        const group = `g${++made}`;
        const all = changes.map((each, n) =>
          callbackRecord({ ...each, id: `${group}-${n}`, service: `${group}${each.service}` }),
        );
        const grouped = filter.services?.map((service) => group + service);
        const own = { services: grouped ?? services.map((service) => group + service) };
        await store().commit(all.map((record) => ({ kind: 'callback', record })));
        const query = { ...filter, ...own, any, limit } satisfies CallbackQuery;
        const wanted = all
          .filter((record) => matches(record, query))
          .sort((a, b) => a.desiredTime - b.desiredTime || (a.id < b.id ? -1 : 1));
        expect(await found(query)).to.deep.equal(wanted.slice(0, limit).map(({ id }) => id));
      }),
      { numRuns: 60 },
    );
  });
}

const matches = (record: CallbackRecord, query: CallbackQuery): boolean => {
  const { services = [record.service], states = [record.state], from = -1, to = 99 } = query;
  const isIn = services.includes(record.service) && states.includes(record.state);
  return isIn && hasProperties(record, query) && record.desiredTime >= from && record.desiredTime <= to;
};

const hasProperties = (record: CallbackRecord, { properties = [], any }: CallbackQuery): boolean => {
  const has = properties.map(({ name, value }) => record.properties[name] === value);
  return has.length === 0 || (any === true ? has.includes(true) : !has.includes(false));
};
