import { expect } from 'chai';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditFile, auditInMemory, type Entry } from '../../../server/users/audit.js';

const entry = (did: string): Entry => ({ at: '2026-03-02T09:00:00.000Z', user: 'eve', address: '10.0.0.1', did });

describe('the audit log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-audit-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('has its entries in the order in which they were written, and the next process has them', async () => {
    const file = join(folder, 'audit.jsonl');
    const audit = auditFile(file);
    expect(await audit.last(10)).to.deep.equal([]);
    await Promise.all(Array.from({ length: 20 }, (_, index) => audit.write(entry(`POST /${index}`))));
    const last = await auditFile(file).last(3);
    expect(last.map(({ did }) => did)).to.deep.equal(['POST /17', 'POST /18', 'POST /19']);
  });

  it('passes over a line that a crash has cut', async () => {
    const file = join(folder, 'audit.jsonl');
    const audit = auditFile(file);
    await audit.write(entry('POST /1'));
    appendFileSync(file, '{"at":"2026');
    expect(await audit.last(10)).to.deep.equal([entry('POST /1')]);
    const next = auditFile(file);
    await next.write(entry('POST /2'));
    expect(await next.last(10)).to.deep.equal([entry('POST /1'), entry('POST /2')]);
  });

  it('reads the end only of a long file', async () => {
    const file = join(folder, 'audit.jsonl');
    appendFileSync(file, `${JSON.stringify(entry('POST /old'))}\n`.repeat(20_000));
    const audit = auditFile(file);
    await audit.write(entry('POST /new'));
    expect((await audit.last(1)).map(({ did }) => did)).to.deep.equal(['POST /new']);
  });

  it('says that it cannot be written', async () => {
    const audit = auditFile(join(folder, 'missing', 'audit.jsonl'));
    const failure = await audit.write(entry('POST /1')).catch((error: unknown) => error);
    expect(failure).to.include({ code: 'STORE_UNAVAILABLE' });
  });

  it('shows no number and no secret, whoever wrote it', async () => {
    const file = join(folder, 'audit.jsonl');
    const written = { ...entry('POST /x/16504661230?token=secret'), user: '16504661230', to: ['+1 650 466 1230'] };
    for (const audit of [auditFile(file), auditInMemory()]) {
      await audit.write(written);
      expect(JSON.stringify(await audit.last(1))).not.to.match(/466|secret/);
    }
    expect(readFileSync(file, 'utf8')).not.to.match(/466|secret/);
  });
});
