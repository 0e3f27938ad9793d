/** What must be true at the end of a day of chaos (`chaos.ts`), whatever has happened. */
import type { Entry } from '../../server/reporting/port.js';
import type { CallbackRecord, Store } from '../../server/store/port.js';
import { expectReported } from '../support/reported.js';
import type { WorldOf } from '../support/worlds.js';
import type { Books } from './books.js';
import { SERVICES, type Plan } from './plan.js';

interface Left {
  readonly plan: Plan;
  readonly ids: ReadonlyMap<number, string>;
  readonly records: readonly CallbackRecord[];
  /** Whose cancel was answered with yes. */
  readonly cancelled: ReadonlySet<string>;
  readonly books: Books;
  readonly entries: readonly Entry[];
  readonly store: Store;
  readonly now: number;
  readonly logged: readonly string[];
  readonly world: ReturnType<WorldOf> | undefined;
  readonly deaths: number;
}

/** The guide, "Callback reasons in COMPLETED State", as far as these kinds of callbacks have them. */
const reasons = [
  ...[
    'ABANDONED_IN_QUEUE',
    'AGENT_CONNECTED',
    'AM_CONNECTED',
    'CANCELLED',
    'FAIL_AGENT_CONNECT',
    'FAIL_CALL_TO_CUSTOMER',
  ],
  ...['FAIL_ERROR', 'FAIL_FAX_REACHED', 'FAIL_INBOUND_TIMEOUT', 'FAIL_INTERACTION_DELETED', 'FAIL_QUEUEING'],
  ...['FAIL_TARGET_NOT_FOUND', 'FAIL_TIMEOUT_TTL', 'FAIL_USER_NO_CONFIRM', 'NOT_AVAILABLE', 'SUBMIT_ERROR'],
];

export async function judge(left: Left): Promise<string[]> {
  const { plan, records, ids } = left;
  const kinds = new Map(plan.callbacks.map(({ index, kind }) => [ids.get(index), kind]));
  const missing = records.length === plan.callbacks.length ? [] : [`${records.length} records`];
  const each = await Promise.all(
    records.map(async (record) => {
      const what = [...ended(record), ...dialled(record, left), ...(await told(record, left))];
      return what.map((one) => `${record.id} (${kinds.get(record.id) ?? 'nobody knows it'}): ${one}`);
    }),
  );
  return [...missing, ...each.flat(), ...(await leftOver(left))];
}

const unless = (isSo: boolean, what: string): string[] => (isSo ? [] : [what]);

function ended({ state, reason = 'without a reason', history }: CallbackRecord): string[] {
  return [
    ...unless(state === 'COMPLETED', `is ${state}`),
    ...unless(reasons.includes(reason), `ended ${reason}`),
    ...unless(history.filter((change) => change.state === 'COMPLETED').length === 1, 'ended not once'),
  ];
}

function dialled(record: CallbackRecord, { books, cancelled, deaths }: Left): string[] {
  const { id, reason, properties } = record;
  const attempts = Number(properties['_dial_attempt'] ?? 0);
  const dials = books.dials(id);
  const most = Number(properties['_max_dial_attempts'] ?? 3) + deaths;
  return [
    ...unless(dials <= attempts, `${dials} dials in ${attempts} attempts`),
    ...unless(attempts <= most, `${attempts} attempts of ${most}`),
    ...unless(!cancelled.has(id) || reason === 'CANCELLED', `the cancel was answered, and it ended ${reason ?? '-'}`),
    ...unless(reason !== 'AGENT_CONNECTED' || mayBeSilent(record) || books.talks(id) > 0, 'no agent has answered'),
  ];
}

/** Whether an agent may count as connected who has not answered. */
const mayBeSilent = ({ properties }: CallbackRecord): boolean =>
  properties['_ixn_redirect_confirm'] === false || Number(properties['_agent_transfer_confirm_timeout']) > 0;

/** What was told of it. A session that was lost has told nothing of its end, unless that was what could not be saved. */
async function told(record: CallbackRecord, { entries, store }: Left): Promise<string[]> {
  const { id, sessionid } = record;
  if (sessionid === undefined) return [];
  const finals = entries.filter(({ fields }) => fields['_CB_SERVICE_ID'] === id && fields['_CB_FINAL_RECORD'] === 1);
  const isLost = (await store.session(sessionid))?.status === 'error';
  if (isLost) return unless(finals.length <= 1, `${finals.length} final records`);
  try {
    expectReported(record, entries);
    return [];
  } catch (error) {
    return [`${record.reason ?? '-'}: ${(error as Error).message}`];
  }
}

async function leftOver({ books, store, now, world, plan, logged }: Left): Promise<string[]> {
  if (!world) return ['no process runs'];
  const { sessions } = await store.counts(now);
  const reserved = plan.people.agents.filter(({ id }) => world.router.agentState(id) === 'Reserved');
  const outbox = await store.due({ due: -Infinity, seq: 0 }, Infinity, 10);
  const dead = await store.deadLetters(10);
  const waiting = SERVICES.map((name) => world.router.waiting(`VQ_${name}`));
  const faults = logged.filter((line) => line.includes('strategy error'));
  return [
    ...books.up.map((call) => `call ${call} is up`),
    ...reserved.map(({ id }) => `${id} is reserved`),
    ...unless(
      waiting.every((count) => count === 0),
      `${waiting.join(' and ')} wait in the queues`,
    ),
    ...unless(
      sessions.active === 0,
      `${sessions.active} sessions are active: ${JSON.stringify(await store.activeSessions())}`,
    ),
    ...(await store.interactions()).map((each) => `interaction ${JSON.stringify(each)} is kept`),
    ...[...outbox, ...dead].map((entry) => `still to be done: ${JSON.stringify(entry)}`),
    ...faults.slice(0, 3),
  ];
}
