import { expect } from 'chai';
import { once } from 'node:events';
import { memoryStore } from '../../../server/store/memory.js';
import { storeContract } from '../../contracts/store.js';
import { callbackRecord } from '../../contracts/store/records.js';

describe('memoryStore', () => {
  storeContract(() => memoryStore());

  it('keeps a commit and tells the other listeners when one of them throws', async () => {
    const store = memoryStore();
    const heard: string[] = [];
    store.onCallback(() => {
      throw new Error('a listener broke');
    });
    store.onCallback(({ id }) => heard.push(id));
    const warned = once(process, 'warning') as Promise<[Error]>;
    await store.commit([{ kind: 'callback', record: callbackRecord() }]);
    expect((await warned)[0].message).to.equal('a listener broke');
    expect(heard).to.deep.equal(['1-a']);
  });

  it('answers a commit, which has taken place, after the turn that others are left', async () => {
    let over = (): void => undefined;
    const store = memoryStore(() => new Promise<void>((resolve) => (over = resolve)));
    let answered = false;
    const commit = store.commit([{ kind: 'callback', record: callbackRecord() }]).then(() => (answered = true));
    await new Promise(setImmediate);
    expect([answered, (await store.callback('1-a'))?.id]).to.deep.equal([false, '1-a']);
    over();
    await commit;
    expect(answered).to.equal(true);
  });
});
