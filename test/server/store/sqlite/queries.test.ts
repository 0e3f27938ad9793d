import Database from 'better-sqlite3';
import { expect } from 'chai';
import type { CallbackQuery, CallbackRecord } from '../../../../server/store/port.js';
import { pageOf } from '../../../../server/store/sqlite/queries.js';
import { migrate } from '../../../../server/store/sqlite/schema.js';
import { create } from '../../../contracts/store/records.js';
import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { databaseIn } from '../../../../server/store/sqlite/connection.js';
import { folders } from './folder.js';

const number = [{ name: '_customer_number', value: '5115' }];
const both = [...number, { name: '_vq', value: 'VQ' }];
const limit = 500;

type Asked = readonly [what: string, query: CallbackQuery, indexes: readonly string[]];
const pages: readonly Asked[] = [
  ['by number', { properties: number, limit }, ['callback_by_property']],
  ['by two properties', { properties: both, limit }, ['callback_by_property']],
  ['by one of two', { properties: both, any: true, limit }, ['callback_by_property']],
  ['by number and service', { properties: number, services: ['s'], limit }, ['callback_by_property']],
  ['by state and range', { states: ['QUEUED'], from: 1, to: 2, limit }, ['callback_by_state']],
  ['by two states', { states: ['QUEUED', 'ROUTING'], limit }, ['callback_by_state']],
  ['by service', { services: ['s'], limit }, ['callback_by_service_and_state']],
  ['by services and state', { services: ['s', 't'], states: ['QUEUED'], limit }, ['callback_by_service_and_state']],
  ['by time', { from: 1, limit, after: { desiredTime: 2, id: '1-a' } }, ['callback_by_state']],
];
describe('queries for callback records in SQLite', () => {
  const folder = folders();
  const planned = ([sql, ...values]: ReturnType<typeof pageOf>): string => {
    const database = new Database(':memory:');
    migrate(database);
    const steps = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    database.close();
    return steps.map(({ detail }) => detail).join('\n');
  };

  for (const [what, query, indexes] of pages)
    it(`reads a page ${what} in the order of an index, and no more of it`, () => {
      const plan = planned(pageOf(query));
      for (const index of indexes) expect(plan).to.match(new RegExp(`INDEX ${index} \\(`));
      expect(plan).to.not.match(/SCAN c\b/);
      // what is sorted are the rows of the page
      expect(plan.match(/TEMP B-TREE FOR ORDER BY/g) ?? []).to.have.length.of.at.most(1);
    });

  const unbooked = `DROP TABLE booked; ${['insert', 'delete', 'update'].map((on) => `DROP TRIGGER booked_${on};`).join(' ')}`;

  it('counts what was booked before the database kept count of it', async () => {
    const place = folder();
    const before = await sqliteStore(place);
    const booking = (id: string, desiredTime: number, changes: Partial<CallbackRecord> = {}) =>
      create({ id, desiredTime, state: 'SCHEDULED', ...changes });
    await before.commit([
      ...[booking('1-a', 600_000), booking('1-b', 899_999), booking('1-c', 900_000)],
      ...[booking('1-d', 600_000, { state: 'COMPLETED' }), booking('1-e', 600_000, { service: 'Other' })],
    ]);
    await before.close();
    const database = new Database(databaseIn(place));
    database.exec(`${unbooked} PRAGMA user_version = 7;`);
    database.close();
    const after = await sqliteStore(place);
    await after.commit([booking('1-f', 600_000)]);
    const counts = await after.booked({ service: 'BasicCallback', from: 0, to: 1_200_000, bucketMs: 300_000 });
    expect([...counts]).to.deep.equal([
      [600_000, 3],
      [900_000, 1],
    ]);
    await after.close();
  });

  it('finds what was there before there was a table of properties', async () => {
    const place = folder();
    const before = await sqliteStore(place);
    const properties = { email: 'a@b.c', tries: 3, vip: true, none: null, nested: { a: '1' } };
    await before.commit([create({ properties })]);
    await before.close();
    const database = new Database(databaseIn(place));
    database.exec(`DROP TABLE callback_property; DROP INDEX session_by_callback; DROP INDEX callback_by_service_and_state;
      ${unbooked} CREATE INDEX callback_by_customer ON callback (customer_number, created_at); PRAGMA user_version = 5;`);
    migrate(database);
    const known = database.prepare('SELECT name, value FROM callback_property ORDER BY name').raw().all();
    expect(known).to.deep.equal([
      ['_customer_number', '5115'],
      ['email', 'a@b.c'],
      ['tries', '3'],
      ['vip', 'true'],
    ]);
    database.close();
  });
});
