/** How much there is of everything, in every store. */
import { expect } from 'chai';
import type { Store } from '../../../server/store/port.js';
import { create, outbox, session } from './records.js';

const none = {
  sessions: { active: 0, done: 0, error: 0 },
  callbacks: { SCHEDULED: 0, QUEUED: 0, ROUTING: 0, PROCESSING: 0, PAUSED: 0, COMPLETED: 0 },
  outbox: { waiting: 0, due: 0, oldest: undefined },
  dead: 0,
};

export function countsContract(store: () => Store): void {
  it('counts nothing in an empty store', async () => {
    expect(await store().counts(1_000)).to.deep.equal(none);
  });

  it('counts sessions and callbacks by their state, entries by their time', async () => {
    await store().commit([
      session(1),
      session(1, { sessionid: 'S2' }),
      session(2, { sessionid: 'S2', status: 'error' }),
      session(1, { sessionid: 'S3' }),
      create(),
      create({ id: '1-b' }),
      create({ id: '1-c', state: 'PAUSED' }),
      outbox(1, { due: 1_001 }),
      outbox(2, { due: 1_000 }),
      outbox(3, { due: 900 }),
      outbox(4, { due: 800 }),
      { kind: 'outbox.dead', seq: 4, reason: 'no route', at: 900 },
    ]);
    expect(await store().counts(1_000)).to.deep.equal({
      sessions: { active: 2, done: 0, error: 1 },
      callbacks: { ...none.callbacks, QUEUED: 2, PAUSED: 1 },
      outbox: { waiting: 1, due: 2, oldest: 900 },
      dead: 1,
    });
  });
}
