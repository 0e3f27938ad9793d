/** Sessions, the documents they run and their calls, in every store. */
import { expect } from 'chai';
import type { DocumentRecord, Store, Write } from '../../../server/store/port.js';
import { outbox, refusal, session, sessionRecord } from './records.js';

const document: DocumentRecord = {
  hash: 'abc',
  uri: 'file:///callback.scxml',
  text: '<scxml/>',
  author: 'https://example.org',
  resources: { 'a.js': 'var a;' },
};

export function sessionContract(store: () => Store): void {
  it('gives back the session as the last commit left it', async () => {
    await store().commit([session(1)]);
    await store().commit([session(2, { status: 'done', configuration: [] })]);
    expect(await store().session('S1')).to.deep.equal(sessionRecord(2, { status: 'done', configuration: [] }));
    expect(await store().session('S2')).to.equal(undefined);
  });

  it('gives back how a session was invoked, and one without a callback', async () => {
    const changes = { invoker: { sessionid: 'S0', invokeid: 'i', seq: 7 }, depth: 1, callback: undefined };
    await store().commit([session(1, changes)]);
    expect(await store().session('S1')).to.deep.equal(sessionRecord(1, changes));
  });

  for (const [what, versions, wrong] of [
    ['begins with another version than 1', [], 2],
    ['begins with version 0', [], 0],
    ['skips a version', [1], 3],
    ['repeats a version', [1, 2], 2],
    ['begins a session again', [1], 1],
  ] as const)
    it(`refuses a commit whole that ${what}`, async () => {
      for (const version of versions) await store().commit([session(version)]);
      const before = await store().session('S1');
      const message = await refusal(store(), [{ kind: 'document', record: document }, session(wrong)]);
      expect(message).to.include('S1').and.include(`version ${wrong}`).and.include(`at version ${versions.length}`);
      expect(await store().session('S1')).to.deep.equal(before);
      expect(await store().document('abc')).to.equal(undefined);
    });

  it('takes several versions of a session in one commit', async () => {
    await store().commit([session(1), session(2), session(3)]);
    expect((await store().session('S1'))?.version).to.equal(3);
  });

  it('refuses every commit that was built upon one that is refused', async () => {
    const outcomes = await Promise.all([
      refusal(store(), [session(1)]),
      refusal(store(), [session(2), { kind: 'callback.update', id: 'none', update: { at: 1 } }]),
      refusal(store(), [session(3)]),
      refusal(store(), [session(4)]),
    ]);
    expect(outcomes.map((message) => message !== undefined)).to.deep.equal([false, true, true, true]);
    expect((await store().session('S1'))?.version).to.equal(1);
  });

  it('lists the sessions that are not over, with who invoked them', async () => {
    const invoker = { sessionid: 'S1', invokeid: 'i', seq: 7 };
    await store().commit([
      session(1),
      session(1, { sessionid: 'S2', invoker }),
      session(1, { sessionid: 'S3' }),
      session(2, { sessionid: 'S3', status: 'done' }),
      session(1, { sessionid: 'S4', status: 'error' }),
    ]);
    const active = [...(await store().activeSessions())].sort((a, b) => (a.sessionid < b.sessionid ? -1 : 1));
    expect(active).to.deep.equal([
      { sessionid: 'S1', invoker: undefined },
      { sessionid: 'S2', invoker },
    ]);
  });

  const over = (sessionid: string, endedAt: number): Write[] => [
    session(1, { sessionid }),
    session(2, { sessionid, status: 'done', endedAt }),
  ];

  it('gives back when a session ended', async () => {
    await store().commit([...over('S1', 7), session(1, { sessionid: 'S2', status: 'error', endedAt: 8 })]);
    expect([(await store().session('S1'))?.endedAt, (await store().session('S2'))?.endedAt]).to.deep.equal([7, 8]);
  });

  it('lists the sessions that ended before, first those that ended first, as many as are wanted', async () => {
    await store().commit([...over('S1', 30), ...over('S2', 10), ...over('S3', 20), ...over('S4', 40)]);
    await store().commit([
      session(1, { sessionid: 'S5' }),
      session(1, { sessionid: 'S6', status: 'error', endedAt: 5 }),
    ]);
    expect(await store().endedSessions(40, 10)).to.deep.equal(['S6', 'S2', 'S3', 'S1']);
    expect(await store().endedSessions(40, 2)).to.deep.equal(['S6', 'S2']);
    expect(await store().endedSessions(5, 10)).to.deep.equal([]);
  });

  it('leaves out of these what the outbox or a dead letter names', async () => {
    await store().commit([...over('S1', 1), ...over('S2', 1), ...over('S3', 1)]);
    await store().commit([
      outbox(1, { sessionid: 'S1' }),
      outbox(2, { sessionid: 'S2' }),
      outbox(3, { sessionid: undefined }),
    ]);
    await store().commit([{ kind: 'outbox.dead', seq: 2, reason: 'no route', at: 4_000 }]);
    expect(await store().endedSessions(40, 10)).to.deep.equal(['S3']);
    await store().commit([
      { kind: 'outbox.done', seq: 1 },
      { kind: 'outbox.done', seq: 2 },
    ]);
    expect(await store().endedSessions(40, 10)).to.have.members(['S1', 'S2', 'S3']);
  });

  it('forgets a session that is over, and none that is active', async () => {
    await store().commit([...over('S1', 1), session(1, { sessionid: 'S2' })]);
    const forget = (sessionid: string): Write => ({ kind: 'session.forget', sessionid });
    await store().commit([forget('S1'), forget('S2'), forget('none')]);
    expect(await store().session('S1')).to.equal(undefined);
    expect((await store().session('S2'))?.version).to.equal(1);
    expect(await store().endedSessions(40, 10)).to.deep.equal([]);
    expect((await store().counts(0)).sessions).to.deep.include({ active: 1, done: 0 });
  });

  it('forgets none of a commit that is refused', async () => {
    await store().commit(over('S1', 1));
    expect(
      await refusal(store(), [{ kind: 'session.forget', sessionid: 'S1' }, session(9, { sessionid: 'S2' })]),
    ).to.be.a('string');
    expect((await store().session('S1'))?.version).to.equal(2);
  });

  it('keeps a document as it was first written', async () => {
    await store().commit([{ kind: 'document', record: document }]);
    await store().commit([{ kind: 'document', record: { ...document, text: '<other/>' } }]);
    expect(await store().document('abc')).to.deep.equal(document);
    expect(await store().document('none')).to.equal(undefined);
  });

  it('keeps whose a document is: of nobody when it is trusted', async () => {
    await store().commit([{ kind: 'document', record: { ...document, author: undefined } }]);
    expect(await store().document('abc')).to.deep.equal({ ...document, author: undefined });
  });

  it('knows the calls that sessions have', async () => {
    await store().commit([
      { kind: 'interaction', interactionid: 'c1', sessionid: 'S1' },
      { kind: 'interaction', interactionid: 'c2', sessionid: 'S1' },
      { kind: 'interaction', interactionid: 'c2', sessionid: 'S2' },
    ]);
    await store().commit([
      { kind: 'interaction.gone', interactionid: 'c1' },
      { kind: 'interaction.gone', interactionid: 'c9' },
    ]);
    expect(await store().interactions()).to.deep.equal([{ interactionid: 'c2', sessionid: 'S2' }]);
  });

  it('keeps copies: what is changed afterwards, outside, does not change it', async () => {
    const configuration = ['waiting'];
    await store().commit([session(1, { configuration })]);
    configuration.push('changed');
    const read = (await store().session('S1')) as unknown as { configuration: string[] };
    expect(read).to.deep.include({ configuration: ['waiting'] });
    read.configuration.push('changed');
    expect((await store().session('S1'))?.configuration).to.deep.equal(['waiting']);
  });
}
