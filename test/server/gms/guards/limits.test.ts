import { expect } from 'chai';
import fc from 'fast-check';
import { limiting, type Limit } from '../../../../server/gms/guards/limits.js';
import { memoryStore } from '../../../../server/store/memory.js';
import { callbackRecord } from '../../../contracts/store/records.js';

const full = new Error('full');

const scene = () => {
  const store = memoryStore(() => new Promise((resolve) => setImmediate(resolve)));
  const within = limiting(store);
  const limit = (service: string, most: number): Limit => ({
    key: service,
    most,
    count: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return store.countCallbacks({ service, live: true });
    },
    refusal: () => full,
  });
  const write = (id: string, service: string): Promise<void> =>
    store.commit([{ kind: 'callback', record: callbackRecord({ id, service }) }]);
  return { store, within, limit, write };
};

const fateOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'in',
    (error: unknown) => error,
  );

describe('limits', () => {
  it('let in exactly as many of those who come at the same instant as there are places, whoever fails', async () => {
    const requests = fc.array(
      fc.record({
        services: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
        fails: fc.boolean(),
        lateness: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(requests, fc.integer({ min: 0, max: 6 }), async (all, most) => {
        const { store, within, limit, write } = scene();
        const fates = await Promise.all(
          all.map(async ({ services: [service = 'a'], fails, lateness }, index) => {
            for (let turn = 0; turn < lateness; turn++) await new Promise((resolve) => setImmediate(resolve));
            const fate = await fateOf(
              within(String(index), [limit(service, most)], async () => {
                if (fails) throw new Error('failed');
                await write(String(index), service);
              }),
            );
            return { service, fails, fate };
          }),
        );
        for (const service of ['a', 'b', 'c']) {
          const those = fates.filter((each) => each.service === service);
          const able = those.filter(({ fails }) => !fails).length;
          const there = await store.countCallbacks({ service });
          expect(there).to.equal(Math.min(able, most));
          expect(those.filter(({ fate }) => fate === 'in')).to.have.length(there);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hold several at a time: who finds one of them full takes no place of another', async () => {
    const { within, limit, write } = scene();
    await within('1', [limit('a', 1)], () => write('1', 'a'));
    expect(await fateOf(within('2', [limit('b', 1), limit('a', 1)], () => write('2', 'b')))).to.equal(full);
    expect(await fateOf(within('3', [limit('b', 1)], () => write('3', 'b')))).to.equal('in');
  });

  it('give a place back when the record is written, though what comes after it lasts', async () => {
    const { store, within, limit, write } = scene();
    let end = (): void => undefined;
    const first = within('1', [limit('a', 2)], async () => {
      await write('1', 'a');
      await new Promise<void>((resolve) => (end = resolve));
    });
    while ((await store.countCallbacks({})) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await fateOf(within('2', [limit('a', 2)], () => write('2', 'a')))).to.equal('in');
    expect(await fateOf(within('3', [limit('a', 2)], () => write('3', 'a')))).to.equal(full);
    end();
    await first;
  });
});
