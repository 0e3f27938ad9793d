import Database from 'better-sqlite3';
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StoreUnavailable } from '../../../../server/store/port.js';
import { databaseIn } from '../../../../server/store/sqlite/connection.js';
import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { storeContract } from '../../../contracts/store.js';
import { beginning, contents, everything } from '../../../contracts/store/everything.js';
import { allDue, create, inbox, outbox, refusal, seqs, session } from '../../../contracts/store/records.js';
import { folders } from './folder.js';
import { transactionsIn } from './log.js';

describe('sqliteStore', () => {
  storeContract(() => sqliteStore(folder()));
  const folder = folders();

  it('has everything when it is opened again', async () => {
    const place = folder();
    const first = await sqliteStore(place);
    await first.commit(beginning);
    await first.commit(everything);
    await first.commit([{ kind: 'outbox.done', seq: 2 }]);
    const written = await contents(first);
    await first.close();
    const second = await sqliteStore(place);
    expect(await contents(second)).to.deep.equal(written);
    expect(await second.lastSeq()).to.equal(3);
    await second.close();
  });

  it('writes what is called in one turn in few transactions of about 256 at most, and tells of them', async () => {
    const place = folder();
    const batches: number[] = [];
    const store = await sqliteStore(place, { batched: (commits) => void batches.push(commits) });
    const before = transactionsIn(place);
    await Promise.all(Array.from({ length: 300 }, (_, i) => store.commit([outbox(i + 1)])));
    expect(transactionsIn(place) - before).to.equal(batches.length);
    expect(batches.reduce((sum, each) => sum + each, 0)).to.equal(300);
    expect(Math.max(...batches)).to.be.within(16, 256 + 15);
    expect(batches.length).to.be.below(19);
    await store.close();
  });

  it('writes the others one by one when a commit of their batch is refused', async () => {
    const place = folder();
    const store = await sqliteStore(place);
    const before = transactionsIn(place);
    const outcomes = await Promise.all([
      refusal(store, [outbox(1)]),
      refusal(store, [outbox(2), session(7)]),
      refusal(store, [outbox(3)]),
    ]);
    expect(outcomes.map((message) => message !== undefined)).to.deep.equal([false, true, false]);
    expect(seqs(await allDue(store))).to.deep.equal([1, 3]);
    expect(transactionsIn(place) - before).to.equal(2);
    await store.close();
  });

  it('does not take the greatest seq from a commit that is refused', async () => {
    const store = await sqliteStore(folder());
    await Promise.all([refusal(store, [outbox(1)]), refusal(store, [outbox(9), session(7)])]);
    expect(await store.lastSeq()).to.equal(1);
    await store.close();
  });

  it('belongs to one process at a time, and says so to the second', async () => {
    const place = folder();
    const first = await sqliteStore(place);
    const refused = await sqliteStore(place).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error).with.property('message').that.includes(place).and.includes('stop it first');
    await first.commit([create()]);
    await first.close();
    const second = await sqliteStore(place);
    expect((await second.callbacks({})).length).to.equal(1);
    await second.close();
  });

  it('is unavailable while the database cannot be written, and works again after', async () => {
    const place = folder();
    const store = await sqliteStore(place);
    const other = new Database(databaseIn(place));
    other.exec('BEGIN IMMEDIATE');
    const failed = await Promise.all([1, 2].map((seq) => store.commit([outbox(seq)]).catch((error: unknown) => error)));
    for (const error of failed)
      expect(error)
        .to.be.instanceOf(StoreUnavailable)
        .with.property('message')
        .that.includes('locked')
        .and.includes(place);
    other.exec('ROLLBACK');
    other.close();
    await store.commit([outbox(3)]);
    expect(seqs(await allDue(store))).to.deep.equal([3]);
    await store.close();
  });

  it('refuses what comes after close', async () => {
    const store = await sqliteStore(folder());
    await store.close();
    expect(await refusal(store, [outbox(1)])).to.include('closed');
  });

  it('leaves nothing in the log when it is closed', async () => {
    const place = folder();
    const store = await sqliteStore(place);
    await store.commit([outbox(1)]);
    await store.close();
    const database = new Database(databaseIn(place), { readonly: true });
    expect(database.prepare('SELECT seq FROM outbox').pluck().all()).to.deep.equal([1]);
    database.close();
  });

  it('has every commit that it answered before the process was killed, each of them whole', async () => {
    const place = folder();
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'writes.ts'), place], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let safe = 0;
    const ended = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      safe = Math.max(safe, Number(line));
      if (safe >= 500) child.kill('SIGKILL');
    }
    await ended;
    expect(child.signalCode).to.equal('SIGKILL');
    const store = await sqliteStore(place);
    const { version = 0 } = (await store.session('S1')) ?? {};
    expect(version).to.be.at.least(safe);
    expect(await store.lastSeq()).to.equal(version);
    const entries = await store.due({ due: -Infinity, seq: 0 }, Infinity, 1e6);
    expect(seqs(entries)).to.deep.equal(Array.from({ length: version }, (_, i) => i + 1));
    expect(await store.inbox('S1', String(version))).to.not.equal(undefined);
    expect(await store.inbox('S1', String(version + 1))).to.equal(undefined);
    expect(await refusal(store, [inbox({ id: String(safe) })])).to.include('already');
    await store.close();
  });
});
