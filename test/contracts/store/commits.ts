/** What holds for commits of every kind, in every store. */
import { expect } from 'chai';
import type { Store, Write } from '../../../server/store/port.js';
import { beginning, contents, everything } from './everything.js';
import { callbackRecord, change, create, inbox, outbox, refusal, session } from './records.js';

/** What makes a commit one that is refused. */
const refused: readonly (readonly [why: string, write: Write, names: string])[] = [
  ['skips a version', session(3), 'S1'],
  ['repeats a request', inbox(), 'r1'],
  ['repeats the seq of an entry', outbox(1, { key: 'S1/9/9' }), 'S1/9/9'],
  ['changes a callback that does not exist', change({ at: 2_000, state: 'ROUTING' }, 'no-such-id'), 'no-such-id'],
];

export function commitContract(store: () => Store): void {
  beforeEach(() => store().commit(beginning));

  for (const [why, write, names] of refused)
    it(`writes nothing of a commit that ${why}, tells nobody, and says what it is`, async () => {
      const heard: string[] = [];
      store().onCallback(({ id }) => heard.push(id));
      const before = await contents(store());
      const wrong = write.kind === 'session' ? [...everything.slice(1), write] : [...everything, write];
      expect(await refusal(store(), wrong)).to.include(names);
      expect(await contents(store())).to.deep.equal(before);
      expect(heard).to.be.empty;
      expect(await refusal(store(), everything)).to.equal(undefined);
    });

  it('takes nothing as a commit', async () => {
    expect(await refusal(store(), [])).to.equal(undefined);
  });

  it('takes commits in the order of the calls, awaited or not', async () => {
    await Promise.all(
      (['ROUTING', 'PROCESSING', 'COMPLETED'] as const).map((state, i) =>
        store().commit([change({ at: 2_000 + i, state })]),
      ),
    );
    const states = (await store().callback('1-a'))?.history.map(({ state }) => state);
    expect(states).to.deep.equal(['QUEUED', 'ROUTING', 'PROCESSING', 'COMPLETED']);
  });

  it('lets one commit that is refused harm no other that was called with it', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        refusal(store(), [create({ id: `2-${i}` }), ...(i % 3 === 1 ? [inbox()] : [])]),
      ),
    );
    expect(outcomes.map((message) => message !== undefined)).to.deep.equal(
      outcomes.map((_, i) => i % 3 === 1),
      'which are refused',
    );
    const ids = (await store().callbacks({})).map(({ id }) => id);
    expect(ids).to.have.members(['1-a', '2-0', '2-2', '2-3', '2-5', '2-6', '2-8']);
  });

  it('answers a commit when everything that was called before it can be read', async () => {
    void store().commit([create({ id: '1-b' })]);
    await store().commit([create({ id: '1-c' })]);
    expect(await store().callback('1-b')).to.deep.equal(callbackRecord({ id: '1-b' }));
  });

  it('closes when what was called before is written', async () => {
    const written = store().commit([create({ id: '1-b' })]);
    await store().close();
    await written;
  });
}
