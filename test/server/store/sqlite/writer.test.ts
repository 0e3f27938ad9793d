import Database from 'better-sqlite3';
import { expect } from 'chai';
import { databaseIn, writingConnection } from '../../../../server/store/sqlite/connection.js';
import { encode } from '../../../../server/store/sqlite/encode.js';
import { migrate } from '../../../../server/store/sqlite/schema.js';
import type { Batch, Outcome, Value } from '../../../../server/store/sqlite/wire.js';
import { Writer } from '../../../../server/store/sqlite/writer.js';
import type { Write } from '../../../../server/store/port.js';
import { create, outbox, session } from '../../../contracts/store/records.js';
import { folders } from './folder.js';

const batchOf = (...commits: readonly (readonly Write[])[]): Batch => {
  const values: Value[] = [];
  const ends = commits.map((writes) => {
    for (const write of writes) encode(write, values);
    return values.length;
  });
  return { values, ends, queries: [] };
};
const large = (id: string): Write => create({ id, properties: { text: 'x'.repeat(200_000) } });
const failed = ({ failures }: Outcome): [number, boolean][] =>
  [...failures].map(([commit, { unavailable }]) => [commit, unavailable]);
const idsIn = (database: Database.Database): unknown[] =>
  database.prepare('SELECT id FROM callback ORDER BY id').pluck().all();

describe('Writer', () => {
  const folder = folders();
  let database: Database.Database;
  beforeEach(() => {
    database = writingConnection(databaseIn(folder()));
    migrate(database);
  });
  afterEach(() => void database.close());

  it('writes nothing of a batch for which there is no room, says what to do, and writes again when there is', () => {
    const writer = new Writer(database);
    expect(failed(writer.write(batchOf([create({ id: 'a' })])))).to.deep.equal([]);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 2}`);
    const full = writer.write(batchOf([create({ id: 'b' })], [large('c')], [create({ id: 'd' })]));
    expect(failed(full)).to.deep.equal([
      [0, true],
      [1, true],
      [2, true],
    ]);
    expect(full.failures.get(1)?.message).to.include('full').and.include('make room');
    expect(full.changed).to.deep.equal([]);
    expect(failed(writer.write(batchOf([create({ id: 'e' })])))).to.deep.equal([]);
    database.pragma('max_page_count = 100000');
    expect(failed(writer.write(batchOf([large('c')])))).to.deep.equal([]);
    expect(idsIn(database)).to.deep.equal(['a', 'c', 'e']);
  });

  it('writes batches together, and tells which commit of them all was refused', () => {
    const writer = new Writer(database);
    const [first, second] = [
      batchOf([create({ id: 'a' })], [create({ id: 'b' })]),
      batchOf([session(7)], [create({ id: 'c' })]),
    ];
    const outcome = writer.write(first, { ...second, queries: [{ what: 'lastSeq' }] });
    expect(failed(outcome)).to.deep.equal([[2, false]]);
    expect([outcome.batches, outcome.answers]).to.deep.equal([2, [0]]);
    expect(idsIn(database)).to.deep.equal(['a', 'b', 'c']);
  });

  it('says that it may not write to a database that is read-only', () => {
    const readOnly = new Database(database.name, { readonly: true });
    const outcome = new Writer(readOnly).write(batchOf([outbox(1)]));
    expect(failed(outcome)).to.deep.equal([[0, true]]);
    expect(outcome.failures.get(0)?.message).to.include('right to write');
    readOnly.close();
  });

  it('tells which commit changed which callback record, as it left them, and nothing of those refused', () => {
    const update = (at: number, state: 'ROUTING' | 'PROCESSING'): Write => ({
      kind: 'callback.update',
      id: 'a',
      update: { at, state },
    });
    const { changed } = new Writer(database).write(
      batchOf(
        [create({ id: 'a' }), update(2_000, 'ROUTING')],
        [create({ id: 'b' }), { kind: 'callback.update', id: 'none', update: { at: 1 } }],
        [update(3_000, 'PROCESSING')],
      ),
    );
    expect(changed.map(([commit, [id, , state]]) => [commit, id, state])).to.deep.equal([
      [0, 'a', 'ROUTING'],
      [2, 'a', 'PROCESSING'],
    ]);
  });
});
