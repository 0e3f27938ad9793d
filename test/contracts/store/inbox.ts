/** Requests that were taken, in every store. */
import { expect } from 'chai';
import type { Store, Write } from '../../../server/store/port.js';
import { inbox, inboxRecord, refusal } from './records.js';

const answer = (sendid: string, text: string): Write => ({
  kind: 'inbox.answer',
  sendid,
  answer: { type: 'positive', resultcode: '0', params: { text } },
});

export function inboxContract(store: () => Store): void {
  it('gives back a request as it was written', async () => {
    await store().commit([inbox(), inbox({ id: 'r2', sendid: 's', answer: { ok: true } })]);
    expect(await store().inbox('S1', 'r1')).to.deep.equal(inboxRecord());
    expect(await store().inbox('S1', 'r2')).to.deep.equal(inboxRecord({ id: 'r2', sendid: 's', answer: { ok: true } }));
    expect(await store().inbox('S1', 'r3')).to.equal(undefined);
    expect(await store().inbox('S2', 'r1')).to.equal(undefined);
  });

  it('tells an answer that is null from none', async () => {
    await store().commit([inbox({ answer: null })]);
    expect((await store().inbox('S1', 'r1'))?.answer).to.equal(null);
  });

  it('refuses an id that the scope has, and only there', async () => {
    await store().commit([inbox()]);
    expect(await refusal(store(), [inbox({ digest: 'other' })]))
      .to.include('r1')
      .and.include('S1');
    expect(await refusal(store(), [inbox({ scope: 'S1r', id: '1' }), inbox({ scope: 'S2' })])).to.equal(undefined);
    expect(await store().inbox('S1', 'r1')).to.deep.equal(inboxRecord());
  });

  it('gives the answer of a strategy to the request of its sendid; the first one counts', async () => {
    await store().commit([inbox({ sendid: 's1' }), inbox({ id: 'r2', sendid: 's2' })]);
    await store().commit([answer('s1', 'yes'), answer('s1', 'no')]);
    expect((await store().inbox('S1', 'r1'))?.answer).to.deep.equal({
      type: 'positive',
      resultcode: '0',
      params: { text: 'yes' },
    });
    expect((await store().inbox('S1', 'r2'))?.answer).to.equal(undefined);
  });

  it('does nothing with an answer that nobody waits for', async () => {
    expect(await refusal(store(), [answer('s9', 'yes')])).to.equal(undefined);
  });

  it('forgets what is older, and takes its id again', async () => {
    await store().commit([inbox({ at: 999, sendid: 's' }), inbox({ id: 'r2', at: 1_000 })]);
    await store().commit([{ kind: 'inbox.prune', before: 1_000 }, answer('s', 'late')]);
    expect(await store().inbox('S1', 'r1')).to.equal(undefined);
    expect(await store().inbox('S1', 'r2')).to.deep.equal(inboxRecord({ id: 'r2' }));
    expect(await refusal(store(), [inbox({ at: 2_000 })])).to.equal(undefined);
  });
}
