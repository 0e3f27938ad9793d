import Database from 'better-sqlite3';
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { databaseIn } from '../../../../server/store/sqlite/connection.js';
import { migrations } from '../../../../server/store/sqlite/migrations.js';
import { migrate } from '../../../../server/store/sqlite/schema.js';
import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { folders } from './folder.js';

/** Of each migration that was published: they stand in databases, so they never change. Add one for each new migration. */
const published = [
  '0c4e517cfb90dce5',
  '744b03c41d278932',
  '9037209550287531',
  '274882ae6f5774a2',
  'f2d6e53c54c3754d',
  '4ceae4f5a74d0411',
  'cc22af30fc7d8e46',
  '06e275fdb32feb0d',
];

describe('the schema', () => {
  const folder = folders();

  it('has the migrations that were published, unchanged', () => {
    const hashes = migrations.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16));
    expect(hashes).to.deep.equal(published);
  });

  it('is made once: a database that is up to date is left as it is', async () => {
    const place = folder();
    await (await sqliteStore(place)).close();
    const database = new Database(databaseIn(place));
    const before = database.pragma('schema_version', { simple: true });
    migrate(database);
    expect(database.pragma('schema_version', { simple: true })).to.equal(before);
    database.close();
  });

  it('refuses a database of a later Ringback, and says which schemas this one knows', async () => {
    const place = folder();
    await (await sqliteStore(place)).close();
    const database = new Database(databaseIn(place));
    database.pragma('user_version = 99');
    database.close();
    const message = await failure(sqliteStore(place));
    expect(message).to.include(place).and.include('schema 99').and.include(`up to ${migrations.length}`);
  });

  it('refuses a database of something else, and writes nothing to it', async () => {
    const place = folder();
    const database = new Database(databaseIn(place));
    database.exec('CREATE TABLE foreign_table (a)');
    expect(await failure(sqliteStore(place))).to.include('no database of Ringback');
    expect(database.prepare('SELECT name FROM sqlite_schema').pluck().all()).to.deep.equal(['foreign_table']);
    expect(database.pragma('journal_mode', { simple: true })).to.equal('delete');
    database.close();
  });
});

const failure = async (opening: Promise<unknown>): Promise<string> => {
  try {
    await opening;
    return 'nothing failed';
  } catch (error) {
    return error instanceof Error ? error.message : 'no Error';
  }
};
