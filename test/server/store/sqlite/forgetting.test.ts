import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { change, create, inbox, outbox, session } from '../../../contracts/store/records.js';
import { folders } from './folder.js';

describe('a callback that is forgotten in SQLite', () => {
  const folder = folders();

  it('leaves its number in no file of the folder, while the server runs', async () => {
    const place = folder();
    const store = await sqliteStore(place);
    const number = '+4991147110815';
    const holds = (): string[] => readdirSync(place).filter((file) => readFileSync(join(place, file)).includes(number));
    const long = `${'x'.repeat(20_000)} ${number}`;
    const others = Array.from({ length: 200 }, (_, n) => create({ id: `2-${n}`, customerNumber: `${n}` }));
    await store.commit(others);
    await store.commit([
      create({ customerNumber: number, properties: { usr_phone: number, usr_text: long } }),
      session(1, { state: long }),
      outbox(1, { key: 'callback/1-a/1/x', task: { type: 'start', src: 'x', params: { number } } }),
      inbox({ scope: 'S1', answer: { number } }),
    ]);
    await store.commit([
      session(2, { state: `${long} again` }),
      change({ at: 2_000, state: 'COMPLETED', customerNumber: '1', properties: { usr_phone: '1' } }),
      session(3, { state: number, status: 'done', endedAt: 3_000 }),
    ]);
    expect(holds()).to.not.be.empty;
    await store.commit([{ kind: 'callback.forget', id: '1-a' }]);
    expect(holds()).to.be.empty;
    expect((await store.callbacks({})).length).to.equal(200);
    await store.close();
    expect(holds()).to.be.empty;
  });
});
