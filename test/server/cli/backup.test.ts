import Database from 'better-sqlite3';
import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBackup } from '../../../server/cli/backup.js';
import { runRestore } from '../../../server/cli/restore.js';
import { databaseIn } from '../../../server/store/sqlite/connection.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import { beginning, contents, everything } from '../../contracts/store/everything.js';
import { outbox, session } from '../../contracts/store/records.js';
import { folders } from '../store/sqlite/folder.js';
import { saidBy } from './terminal.js';

const backup = (file: string, data: string, force = false) =>
  saidBy((terminal) => runBackup(file, terminal, { data, force }));
const restore = (file: string, data: string, force = false) =>
  saidBy((terminal) => runRestore(file, terminal, { data, force }));

describe('ringback backup and ringback restore', () => {
  const folder = folders();
  let data: string;
  let file: string;
  beforeEach(() => {
    data = folder();
    file = join(folder(), 'copy.db');
  });

  const filled = async () => {
    const store = await sqliteStore(data);
    await store.commit(beginning);
    await store.commit(everything);
    return store;
  };

  it('bring everything to another folder, from a server that runs', async () => {
    const store = await filled();
    const written = await contents(store);
    expect(await backup(file, data)).to.deep.include({ code: 0, err: [] });
    await store.commit([outbox(90)]);
    await store.close();
    const other = join(folder(), 'new');
    expect(await restore(file, other)).to.deep.include({ code: 0, err: [] });
    const restored = await sqliteStore(other);
    expect(await contents(restored)).to.deep.equal(written);
    await restored.close();
  });

  it('copy one moment, however much is written meanwhile', async () => {
    const store = await sqliteStore(data);
    await store.commit([session(1), outbox(1)]);
    let version = 1;
    const copying = new AbortController();
    const writing = (async () => {
      while (!copying.signal.aborted) await store.commit([session(++version), outbox(version)]);
    })();
    expect(await backup(file, data)).to.deep.include({ code: 0, err: [] });
    copying.abort();
    await writing;
    await store.close();
    const copy = new Database(file, { readonly: true });
    const at = copy.prepare('SELECT version FROM session').pluck().get() as number;
    expect(at).to.be.within(1, version);
    expect(copy.prepare('SELECT count(*), max(seq) FROM outbox').raw().get()).to.deep.equal([at, at]);
    copy.close();
  });

  it('leave one file and nothing beside it', async () => {
    await (await filled()).close();
    await backup(file, data);
    expect(readdirSync(join(file, '..'))).to.deep.equal(['copy.db']);
  });

  it('do not write over a file unless told to', async () => {
    await (await filled()).close();
    writeFileSync(file, 'mine');
    const { code, err } = await backup(file, data);
    expect(code).to.equal(1);
    expect(err.join()).to.include(file).and.include('--force');
    expect(readFileSync(file, 'utf8')).to.equal('mine');
    expect((await backup(file, data, true)).code).to.equal(0);
    expect((await restore(file, folder())).code).to.equal(0);
  });

  it('say which folder has no data', async () => {
    const { code, err } = await backup(file, join(data, 'none'));
    expect(code).to.equal(1);
    expect(err.join()).to.include(join(data, 'none')).and.include('--data');
    expect(existsSync(file)).to.equal(false);
  });

  it('put nothing in the place of data unless told to', async () => {
    const store = await filled();
    const written = await contents(store);
    await backup(file, data);
    await store.commit([outbox(90)]);
    await store.close();
    const { code, err } = await restore(file, data);
    expect(code).to.equal(1);
    expect(err.join()).to.include(data).and.include('--force');
    expect((await restore(file, data, true)).code).to.equal(0);
    const restored = await sqliteStore(data);
    expect(await contents(restored)).to.deep.equal(written);
    await restored.close();
  });

  it('do not restore under a server that runs', async () => {
    const store = await filled();
    await backup(file, data);
    const { code, err } = await restore(file, data, true);
    expect(code).to.equal(1);
    expect(err.join()).to.include('another Ringback that runs').and.include(data);
    await store.commit([outbox(90)]);
    await store.close();
  });

  for (const [what, damage, says] of [
    ['is damaged', (bytes: Buffer) => bytes.fill(0xff, 4096 * 4, 4096 * 6), 'damaged'],
    ['is no database', (bytes: Buffer) => bytes.fill(0x61), 'not a database'],
  ] as const)
    it(`do not restore a file that ${what}, and leave the data as they are`, async () => {
      const store = await filled();
      const written = await contents(store);
      await backup(file, data);
      await store.close();
      writeFileSync(file, damage(readFileSync(file)));
      const { code, err } = await restore(file, data, true);
      expect(code).to.equal(1);
      expect(err.join()).to.include(says);
      const left = await sqliteStore(data);
      expect(await contents(left)).to.deep.equal(written);
      await left.close();
    });

  it('do not restore a database of something else', async () => {
    const foreign = new Database(file);
    foreign.exec('CREATE TABLE foreign_table (a)');
    foreign.close();
    const { code, err } = await restore(file, data);
    expect(code).to.equal(1);
    expect(err.join()).to.include('no database of Ringback');
    expect(existsSync(databaseIn(data))).to.equal(false);
  });
});
