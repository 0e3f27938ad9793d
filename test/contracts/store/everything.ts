/** One commit of nearly every kind of write, and all that a store can be asked after it. */
import type { Store, Write } from '../../../server/store/port.js';
import { allDue, change, create, inbox, outbox, session } from './records.js';

/** What `everything` is built upon. */
export const beginning: readonly Write[] = [
  session(1),
  outbox(1),
  inbox({ sendid: 's' }),
  create(),
  { kind: 'interaction', interactionid: 'c1', sessionid: 'S1' },
];

/** Every kind of write that leaves something behind. */
export const everything: readonly Write[] = [
  session(2),
  { kind: 'document', record: { hash: 'h', uri: 'u', text: '', author: undefined, resources: {} } },
  outbox(2),
  outbox(3),
  { kind: 'outbox.dead', seq: 3, reason: 'no route', at: 4_000 },
  { kind: 'outbox.retry', seq: 1, due: 9_000, attempts: 5 },
  inbox({ id: 'r2' }),
  { kind: 'inbox.answer', sendid: 's', answer: { type: 'positive', resultcode: undefined, params: {} } },
  { kind: 'interaction', interactionid: 'c2', sessionid: 'S1' },
  { kind: 'interaction.gone', interactionid: 'c1' },
  { kind: 'list', item: { list: 'Paused', section: 'services', key: 'all', value: 'true' } },
  create({ id: '1-b' }),
  change({ at: 2_000, state: 'ROUTING' }),
];

/** All that can be read. */
export const contents = async (store: Store) => ({
  session: await store.session('S1'),
  document: await store.document('h'),
  due: await allDue(store),
  dead: await store.deadLetters(10),
  active: await store.activeSessions(),
  requests: [await store.inbox('S1', 'r1'), await store.inbox('S1', 'r2')],
  interactions: await store.interactions(),
  callbacks: await store.callbacks({}),
  lists: await store.listItems(),
  counts: await store.counts(5_000),
  lastSeq: await store.lastSeq(),
});
