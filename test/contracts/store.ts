/**
 * What every Store does (`server/store/port.ts`), whatever it is made of; by noun in `store/`. A store's own test calls this
 * with the way to make an empty one.
 */
import type { Store } from '../../server/store/port.js';
import { callbackContract } from './store/callbacks.js';
import { commitContract } from './store/commits.js';
import { countsContract } from './store/counts.js';
import { forgettingContract } from './store/forgetting.js';
import { inboxContract } from './store/inbox.js';
import { outboxContract } from './store/outbox.js';
import { queryContract } from './store/queries.js';
import { sessionContract } from './store/sessions.js';

export function storeContract(makeStore: () => Store | Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await makeStore();
  });
  afterEach(() => store.close());
  const current = (): Store => store;

  describe('sessions, documents and calls', () => sessionContract(current));
  describe('commits', () => commitContract(current));
  describe('the outbox', () => outboxContract(current));
  describe('the inbox', () => inboxContract(current));
  describe('callback records', () => callbackContract(current));
  describe('queries for callback records', () => queryContract(current));
  describe('callbacks that are forgotten', () => forgettingContract(current));
  describe('counts', () => countsContract(current));
}
