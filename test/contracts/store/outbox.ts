/** The outbox and its dead letters, in every store. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { OutboxEntry, Store, Write } from '../../../server/store/port.js';
import { allDue, entry, outbox, seqs } from './records.js';

const retry = (seq: number, due: number, attempts: number): Write => ({ kind: 'outbox.retry', seq, due, attempts });
const done = (seq: number): Write => ({ kind: 'outbox.done', seq });
const bury = (seq: number, at = 2_000): Write => ({ kind: 'outbox.dead', seq, reason: 'no route', at });
const revive = (seq: number, due = 5_000): Write => ({ kind: 'outbox.revive', seq, due });
const unsend = (sessionid: string, sendid: string): Write => ({ kind: 'outbox.unsend', sessionid, sendid });
const end = (sessionid: string): Write => ({ kind: 'outbox.end', sessionid });

export function outboxContract(store: () => Store): void {
  it('gives back entries as they were written', async () => {
    const written: OutboxEntry[] = [
      entry(1, { sendid: 'timer.1', attempts: 2 }),
      entry(2, { sessionid: undefined, task: { type: 'cancel', sendid: 'x' } }),
    ];
    await store().commit(written.map((each): Write => ({ kind: 'outbox', entry: each })));
    expect(await allDue(store())).to.deep.equal(written);
  });

  it('gives entries in the order of due, then seq', async () => {
    await store().commit([
      outbox(1, { due: 30 }),
      outbox(2, { due: 10 }),
      outbox(3, { due: 20 }),
      outbox(4, { due: 10 }),
    ]);
    expect(seqs(await allDue(store()))).to.deep.equal([2, 4, 3, 1]);
  });

  it('gives those behind a place, due at the latest then, and so many', async () => {
    const times = [10, 10, 10, 20, 30, 30];
    await store().commit(times.map((due, i) => outbox(i + 1, { due })));
    const due = async (after: [number, number], until: number, limit: number) =>
      seqs(await store().due({ due: after[0], seq: after[1] }, until, limit));
    expect(await due([10, 1], 30, 3)).to.deep.equal([2, 3, 4]);
    expect(await due([10, 3], 29, 9)).to.deep.equal([4]);
    expect(await due([-Infinity, 0], 10, 9)).to.deep.equal([1, 2, 3]);
    expect(await due([20, Number.MAX_SAFE_INTEGER], Infinity, 1)).to.deep.equal([5]);
    expect(await due([30, 6], Infinity, 9)).to.deep.equal([]);
    expect(await due([-Infinity, 0], 9, 9)).to.deep.equal([]);
  });

  it('rounds a time up to whole milliseconds: nothing is done before it', async () => {
    await store().commit([outbox(1, { due: 10.2 }), outbox(2), retry(2, 20.7, 1)]);
    expect((await allDue(store())).map(({ due }) => due)).to.deep.equal([11, 21]);
  });

  it('pages through any entries without missing or repeating one', async () => {
    let seq = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (times, limit) => {
          const written = times.map((due) => entry(++seq, { due }));
          await store().commit(written.map((each): Write => ({ kind: 'outbox', entry: each })));
          const read: OutboxEntry[] = [];
          for (let page: readonly OutboxEntry[] = written; page.length > 0;) {
            page = await store().due(read.at(-1) ?? { due: -Infinity, seq: 0 }, Infinity, limit);
            read.push(...page);
          }
          expect(read).to.deep.equal([...written].sort((a, b) => a.due - b.due || a.seq - b.seq));
          await store().commit(written.map((each) => done(each.seq)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds what waits by its session and sendid, and no dead letter', async () => {
    const waiting = [entry(1, { sendid: 'start' }), entry(2, { sendid: 'other' }), entry(3, { sessionid: 'S2' })];
    await store().commit(waiting.map((each): Write => ({ kind: 'outbox', entry: each })));
    expect(await store().waiting('S1', 'start')).to.deep.equal(waiting[0]);
    expect(await store().waiting('S2', 'start')).to.equal(undefined);
    await store().commit([bury(1)]);
    expect(await store().waiting('S1', 'start')).to.equal(undefined);
  });

  it('sees with `due` and `lastSeq` what was called before, answered or not', async () => {
    void store().commit([outbox(1)]);
    const [due, lastSeq] = await Promise.all([allDue(store()), store().lastSeq()]);
    expect(seqs(due)).to.deep.equal([1]);
    expect(lastSeq).to.equal(1);
  });

  it('moves an entry that failed to its next try', async () => {
    await store().commit([outbox(1, { due: 10 }), outbox(2, { due: 20 })]);
    await store().commit([retry(1, 30, 1)]);
    expect(await allDue(store())).to.deep.equal([entry(2, { due: 20 }), entry(1, { due: 30, attempts: 1 })]);
  });

  it('keeps what is given up for an operator, oldest first, and out of `due`', async () => {
    await store().commit([outbox(1), outbox(2), outbox(3)]);
    await store().commit([bury(3, 2_000), bury(1, 3_000), bury(2, 2_000)]);
    expect(await allDue(store())).to.deep.equal([]);
    const letter = (seq: number, since: number) => ({ ...entry(seq), reason: 'no route', since });
    expect(await store().deadLetters(2)).to.deep.equal([letter(2, 2_000), letter(3, 2_000)]);
    expect(await store().deadLetters(9)).to.deep.equal([letter(2, 2_000), letter(3, 2_000), letter(1, 3_000)]);
  });

  it('tries a dead letter anew, from the first attempt on', async () => {
    await store().commit([outbox(1, { attempts: 7 }), bury(1), revive(1, 5_000)]);
    expect(await allDue(store())).to.deep.equal([entry(1, { due: 5_000, attempts: 0 })]);
    expect(await store().deadLetters(9)).to.deep.equal([]);
  });

  it('forgets what is done, a dead letter too', async () => {
    await store().commit([outbox(1), outbox(2), bury(2), done(1), done(2)]);
    expect(await allDue(store())).to.deep.equal([]);
    expect(await store().deadLetters(9)).to.deep.equal([]);
  });

  it('cancels the delayed sends of one id of one session', async () => {
    await store().commit([
      outbox(1, { sendid: 'a' }),
      outbox(2, { sendid: 'a' }),
      outbox(3, { sendid: 'b' }),
      outbox(4, { sendid: 'a', sessionid: 'S2' }),
      outbox(5),
    ]);
    await store().commit([unsend('S1', 'a')]);
    expect(seqs(await allDue(store()))).to.deep.equal([3, 4, 5]);
  });

  it('ends the delayed sends of a session, and leaves what else it wants done', async () => {
    await store().commit([
      outbox(1, { sendid: 'a' }),
      outbox(2),
      outbox(3, { sendid: 'b' }),
      outbox(4, { sendid: 'a', sessionid: 'S2' }),
    ]);
    await store().commit([end('S1')]);
    expect(seqs(await allDue(store()))).to.deep.equal([2, 4]);
  });

  it('leaves dead letters to the operator when their session cancels or ends', async () => {
    await store().commit([outbox(1, { sendid: 'a' }), bury(1), unsend('S1', 'a'), end('S1')]);
    expect(seqs(await store().deadLetters(9))).to.deep.equal([1]);
  });

  it('does nothing to an entry that is not there', async () => {
    await store().commit([outbox(1), outbox(2), bury(2)]);
    await store().commit([
      retry(9, 1, 1),
      retry(2, 1, 1),
      bury(9),
      bury(2, 9_000),
      revive(9),
      revive(1),
      done(9),
      unsend('S9', 'a'),
      end('S9'),
    ]);
    expect(await allDue(store())).to.deep.equal([entry(1)]);
    expect(await store().deadLetters(9)).to.deep.equal([{ ...entry(2), reason: 'no route', since: 2_000 }]);
  });

  it('takes what one commit says of an entry in its order', async () => {
    await store().commit([
      outbox(1),
      done(1),
      outbox(2, { sendid: 'a' }),
      unsend('S1', 'a'),
      outbox(3, { sendid: 'a' }),
    ]);
    expect(seqs(await allDue(store()))).to.deep.equal([3]);
  });

  it('knows the greatest seq that was ever given, whatever became of its entry', async () => {
    expect(await store().lastSeq()).to.equal(0);
    await store().commit([outbox(4), outbox(9), outbox(7)]);
    await store().commit([done(4), done(9), done(7)]);
    expect(await store().lastSeq()).to.equal(9);
    await store().commit([outbox(3)]);
    expect(await store().lastSeq()).to.equal(9);
  });
}
