import Database from 'better-sqlite3';
import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { compileText, interpret, saveSessionText } from '../../../engine/index.js';
import { runVerify } from '../../../server/cli/verify.js';
import { databaseIn } from '../../../server/store/sqlite/connection.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import type { DocumentRecord, SessionRecord, Write } from '../../../server/store/port.js';
import { change, create, inbox, outbox, session } from '../../contracts/store/records.js';
import { folders } from '../store/sqlite/folder.js';
import { saidBy } from './terminal.js';

const text =
  '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript"><datamodel><data id="n" expr="1"/>' +
  '</datamodel><state id="waiting"/></scxml>';
const document: DocumentRecord = { hash: 'abc', uri: 'file:///a.scxml', text, author: undefined, resources: {} };
const stranger: DocumentRecord = { ...document, hash: 'def', author: 'https://example.org' };

const state = saveSessionText(interpret(compileText(text, { uri: 'a.scxml', trusted: true }), { sessionid: 'S1' }, 0));
const begins = (sessionid: string, hash = 'abc', changes: Partial<SessionRecord> = {}): Write =>
  session(1, { sessionid, document: hash, state, ...changes });

/** A callback that is being executed, one that waits, and one that is over. */
const sound: readonly Write[] = [
  { kind: 'document', record: document },
  { kind: 'document', record: stranger },
  create(),
  begins('S1'),
  begins('S2', 'def', { callback: undefined, invoker: { sessionid: 'S1', invokeid: 'i', seq: 1 }, depth: 1 }),
  change({ at: 2_000, state: 'ROUTING', sessionid: 'S1' }),
  outbox(1, { sendid: 'later', task: { type: 'cancel', sendid: 'x' } }),
  create({ id: '1-b', state: 'SCHEDULED', history: [{ at: 1, state: 'SCHEDULED' }] }),
  outbox(2, { key: 'callback/1-b', sessionid: '1-b', sendid: 'start', task: { type: 'callback', id: '1-b' } }),
  create({ id: '1-c', state: 'COMPLETED', reason: 'CANCELLED', history: [{ at: 1, state: 'COMPLETED' }] }),
  inbox(),
  inbox({ scope: 'start' }),
  inbox({ scope: 'queue' }),
  { kind: 'interaction', interactionid: 'c1', sessionid: 'S1' },
];

/** What is done to a sound store, where it is found then, and what is said of it. */
const wrong: readonly (readonly [what: string, sql: string, where: string, says: string])[] = [
  ['a document that is missing', "DELETE FROM document WHERE hash = 'abc'", 'session S1', 'abc is not there'],
  ['a document that does not compile', "UPDATE document SET text = '<html/>'", 'session S1', 'does not compile'],
  [
    'a state that the document does not have',
    "UPDATE session SET state = replace(state, '\"waiting\"', '\"gone\"') WHERE sessionid = 'S1'",
    'session S1',
    'state "gone"',
  ],
  [
    'the same in a document that is not trusted',
    "UPDATE session SET state = replace(state, '\"waiting\"', '\"gone\"') WHERE sessionid = 'S2'",
    'session S2',
    'state "gone"',
  ],
  ['a record that is no JSON', "UPDATE session SET state = '{' WHERE sessionid = 'S1'", 'session S1', 'does not fit'],
  ['an invoker that is missing', "UPDATE session SET invoker = 'S9' WHERE sessionid = 'S2'", 'session S2', 'S9'],
  ['a callback that is missing', "DELETE FROM callback WHERE id = '1-a'", 'session S1', '1-a'],
  ['an entry without its session', "UPDATE outbox SET sessionid = 'S9' WHERE seq = 1", 'S1/1/1', 'S9 is not there'],
  ['an entry that starts nothing', "DELETE FROM callback WHERE id = '1-b'", 'callback/1-b', '1-b, which it starts'],
  ['a seq that was never given', 'UPDATE last_seq SET seq = 1', 'callback/1-b', 'greater'],
  [
    'a delayed send of a session that is over',
    "UPDATE session SET status = 'done' WHERE sessionid = 'S1'",
    'S1/1/1',
    'is over',
  ],
  [
    'a dead letter without its session',
    "INSERT INTO dead_letter SELECT *, 'r', 1 FROM outbox WHERE seq = 1; UPDATE dead_letter SET sessionid = 'S9'",
    'dead letter S1/1/1',
    'S9',
  ],
  [
    'a callback whose session is missing',
    "UPDATE callback SET sessionid = 'S9' WHERE id = '1-a'",
    'callback 1-a',
    'S9',
  ],
  ['a callback that nothing starts', 'DELETE FROM outbox WHERE seq = 2', 'callback 1-b', 'nothing in the outbox'],
  [
    'one that is QUEUED without a session, and nothing starts it',
    `UPDATE callback SET state = 'QUEUED', sessionid = NULL, history = '[{"at":1,"state":"QUEUED"}]' WHERE id = '1-a'`,
    'callback 1-a',
    'it is QUEUED',
  ],
  [
    'one that is over, and would be started',
    `UPDATE callback SET state = 'COMPLETED', history = '[{"at":1,"state":"COMPLETED"}]' WHERE id = '1-b'`,
    'callback 1-b',
    'would start it',
  ],
  ['a history that ends elsewhere', "UPDATE callback SET state = 'PAUSED' WHERE id = '1-a'", 'callback 1-a', 'PAUSED'],
  [
    'a request without its session',
    `UPDATE inbox SET scope = '${'S9'.repeat(16)}' WHERE scope = 'S1'`,
    'request S9S9',
    'is not there',
  ],
  ['a call without its session', "UPDATE interaction SET sessionid = 'S9'", 'interaction c1', 'S9'],
];

describe('ringback verify', () => {
  const folder = folders();
  let data: string;
  beforeEach(async () => {
    data = folder();
    const store = await sqliteStore(data);
    await store.commit(sound);
    await store.close();
  });

  const verify = (format?: 'text' | 'json') =>
    saidBy((terminal) => runVerify(terminal, { data, ...(format && { format }) }));
  const change = (sql: string): void => {
    const database = new Database(databaseIn(data));
    database.exec(sql);
    database.close();
  };

  it('counts what is there when all is well', async () => {
    const { code, out, err } = await verify();
    expect([code, err]).to.deep.equal([0, []]);
    expect(out).to.have.length(1);
    expect(out[0]).to.include('2 sessions (2 active), 2 documents, 3 callbacks, 2 outbox entries');
  });

  it('does not miss what was forgotten in time: sessions that are over may be named by what is over as well', async () => {
    const invoker = { sessionid: 'S4', invokeid: 'i', seq: 1 };
    const store = await sqliteStore(data);
    await store.commit([
      create({ id: '1-d', state: 'COMPLETED', sessionid: 'S3', history: [{ at: 1, state: 'COMPLETED' }] }),
      begins('S3', 'abc', { status: 'done', endedAt: 1 }),
      begins('S4', 'abc', { status: 'done', endedAt: 1 }),
      begins('S5', 'abc', { status: 'done', endedAt: 2, invoker, depth: 1 }),
    ]);
    await store.commit(['S3', 'S4'].map((sessionid): Write => ({ kind: 'session.forget', sessionid })));
    await store.close();
    expect((await verify()).out).to.have.length(1);
  });

  it('reads while a server runs', async () => {
    const store = await sqliteStore(data);
    expect((await verify()).code).to.equal(0);
    await store.close();
  });

  for (const [what, sql, where, says] of wrong)
    it(`finds ${what}`, async () => {
      change(sql);
      const { code, out, err } = await verify();
      expect([code, err]).to.deep.equal([1, []]);
      expect(out.filter((line) => line.includes(where) && line.includes(says))).to.have.length(1, out.join('\n'));
      for (const line of out) expect(line).to.match(/^\S.*: .+: .+$/);
    });

  it('finds damage in the file, and then says nothing of records', async () => {
    const bytes = readFileSync(databaseIn(data));
    bytes.fill(0xff, 4096 * 3, 4096 * 5);
    writeFileSync(databaseIn(data), bytes);
    const { code, out, err } = await verify();
    expect(code).to.equal(1);
    expect([...out, ...err].join('\n')).to.match(/malformed|Tree|page|restore a backup/);
    expect(out.join()).to.not.include('session S');
  });

  it('says the same as JSON', async () => {
    change('UPDATE last_seq SET seq = 1');
    const { code, out } = await verify('json');
    const { findings, counts } = JSON.parse(out.join('\n')) as { findings: object[]; counts: object };
    expect(code).to.equal(1);
    expect(findings).to.have.length(1);
    expect(findings[0]).to.have.all.keys('where', 'what', 'todo');
    expect(counts).to.deep.include({ sessions: 2, callbacks: 3 });
  });

  it('says which folder has no data', async () => {
    data = folder();
    const { code, err } = await verify();
    expect(code).to.equal(1);
    expect(err.join()).to.include(data).and.include('--data');
  });
});
