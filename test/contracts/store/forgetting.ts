/** A callback that is forgotten, in every store. */
import { expect } from 'chai';
import type { Store } from '../../../server/store/port.js';
import { allDue, change, create, entry, inbox, outbox, session } from './records.js';

export function forgettingContract(store: () => Store): void {
  const forget = { kind: 'callback.forget', id: '1-a' } as const;

  it('leaves nothing of it, and all of the others', async () => {
    const other = [
      create({ id: '1-ab' }),
      session(1, { sessionid: 'S2', callback: '1-ab' }),
      outbox(11, { key: 'callback/1-ab', sessionid: '1-ab', sendid: 'start' }),
      outbox(12, { sessionid: 'S2' }),
      inbox({ scope: 'S2' }),
      inbox({ scope: 'callback', id: 'k3', answer: { _id: '1-ab' } }),
      { kind: 'interaction', interactionid: 'c2', sessionid: 'S2' } as const,
    ];
    await store().commit(other);
    await store().commit([
      create(),
      session(1),
      outbox(1, { key: 'callback/1-a', sessionid: '1-a', sendid: 'start' }),
      outbox(2, { key: 'callback/1-a/1/_cbe_on_callback_scheduled', sessionid: undefined }),
      outbox(3, { sessionid: 'S1' }),
      outbox(4, { sessionid: 'S1' }),
      { kind: 'outbox.dead', seq: 4, reason: 'x', at: 5 },
      inbox({ scope: 'S1' }),
      inbox({ scope: 'callback', id: 'k1', sendid: '1-a' }),
      inbox({ scope: 'callback', id: 'k2', answer: { _id: '1-a' } }),
      { kind: 'interaction', interactionid: 'c1', sessionid: 'S1' },
      change({ at: 2_000, state: 'COMPLETED' }),
      session(2, { status: 'done', endedAt: 3_000 }),
    ]);
    const heard: string[] = [];
    store().onCallback(({ id }) => heard.push(id));
    await store().commit([forget]);
    expect(heard).to.be.empty;
    expect((await store().callbacks({})).map(({ id }) => id)).to.deep.equal(['1-ab']);
    expect(
      (await store().findCallbacks({ limit: 9, properties: [{ name: '_customer_number', value: '5115' }] })).length,
    ).to.equal(1);
    expect([await store().session('S1'), (await store().session('S2'))?.sessionid]).to.deep.equal([undefined, 'S2']);
    expect((await allDue(store())).map(({ seq }) => seq)).to.deep.equal([11, 12]);
    expect(await store().deadLetters(9)).to.be.empty;
    const kept = await Promise.all(
      [
        ['S1', 'r1'],
        ['callback', 'k1'],
        ['callback', 'k2'],
        ['S2', 'r1'],
        ['callback', 'k3'],
      ].map(([scope = '', id = '']) => store().inbox(scope, id)),
    );
    expect(kept.map((record) => record !== undefined)).to.deep.equal([false, false, false, true, true]);
    expect(await store().interactions()).to.deep.equal([{ interactionid: 'c2', sessionid: 'S2' }]);
  });

  it('keeps a session that is still active', async () => {
    await store().commit([create(), session(1), outbox(1, entry(1))]);
    await store().commit([forget]);
    expect([await store().callback('1-a'), (await store().session('S1'))?.status]).to.deep.equal([undefined, 'active']);
    expect(await allDue(store())).to.have.length(1);
  });

  it('forgets what there is not', async () => {
    await store().commit([forget]);
    expect(await store().callbacks({})).to.be.empty;
  });
}
