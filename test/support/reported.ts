/** What was told of a callback agrees with what happened to it: events, key-value pairs and the record among themselves. */
import { expect } from 'chai';
import type { Entry } from '../../server/reporting/port.js';
import type { CallbackRecord } from '../../server/store/port.js';

/** The guide's sub states of _CB_DISPOSITION; any other reason is a failure. */
const endings: Readonly<Record<string, string>> = {
  AGENT_CONNECTED: 'AGENT',
  AM_CONNECTED: 'AGENT',
  CANCELLED: 'CANCELLED',
  ABANDONED_IN_QUEUE: 'ABANDONED_IN_QUEUE',
  TRANSFERRED_TO_RP: 'TRANSFERRED_TO_RP',
  FAIL_CALL_TO_CUSTOMER: 'REDIAL_LIMIT_REACHED',
  // Of agents, about their calls.
  SUCCESS: 'SUCCESS',
  NO_AGENT_DISPOSITION: 'NO_AGENT_DISPOSITION',
};

/** `entries`: of a centre with _enable_status_notification. */
export function expectReported(
  { id, reason = '', properties, history }: CallbackRecord,
  entries: readonly Entry[],
): void {
  const events = entries.filter(({ kind, fields }) => kind === 'event' && fields['_service_id'] === id);
  const reports = entries.filter(({ kind, fields }) => kind === 'pairs' && fields['_CB_SERVICE_ID'] === id);
  const named = (name: string) => events.filter((event) => event.name === name);
  const attempts = properties['_dial_attempt'] ?? 0;
  const last = reports.at(-1)?.fields ?? {};

  expect(named('_cbe_on_dial_init'), 'dials begun').to.have.lengthOf(Number(attempts));
  expect(named('_cbe_on_dial_done'), 'dials done').to.have.lengthOf(Number(attempts));
  expectAttempts(last, attempts);
  expect(named('_cbe_on_service_create')).to.have.lengthOf(1);
  expect(named('_cbe_on_service_exit')).to.have.lengthOf(1);
  const finals = reports.map(({ fields }) => fields['_CB_FINAL_RECORD']);
  expect(finals, 'only the last is final').to.deep.equal([...finals.slice(1).map(() => 0), 1]);

  const disposition = `COMPLETED.${endings[reason] ?? (reason.startsWith('AGENT_PREVIEW_CANCEL') ? 'REJECTED' : 'FAILED')}`;
  expect(last['_CB_DISPOSITION'], reason).to.equal(disposition);
  expect(named('_cbe_on_service_exit')[0]?.fields['c_termination_type']).to.equal(disposition);
  expectAgent(last, reason, history);
  expect(last['_CB_N_CUSTOMER_ABANDONED_WHILE_WAITING_FOR_AGENT']).to.equal(reason === 'ABANDONED_IN_QUEUE' ? 1 : 0);
  expect(named('_cbe_on_callback_cancelled')).to.have.lengthOf(reason === 'CANCELLED' ? 1 : 0);
  const states = named('_cbe_on_callback_status_updated').map(({ fields }) => fields['_callback_state']);
  const begun = history.findIndex(({ state }) => state === 'QUEUED');
  expect(states, 'states').to.deep.equal(history.slice(begun + 1).map(({ state }) => state));
}

/** Who calls is counted as an attempt of the pairs, and dials nothing. */
function expectAttempts(last: Entry['fields'], attempts: unknown): void {
  if (last['_CB_DIM_CALL_DIRECTION'] === 'CUSTOMER_TERMINATED')
    expect(last['_CB_N_CALLBACK_MEDIA_ATTEMPTS'], 'attempts').to.equal(attempts);
}

/** An operator may end the session while customer and agent talk; who was taken to have the customer may not have. */
function expectAgent(last: Entry['fields'], reason: string, history: CallbackRecord['history']): void {
  const hadAgent = history.some(({ state }) => state === 'PROCESSING');
  const tooSoon = reason === 'FAIL_AGENT_CONNECT' && history.at(-2)?.state === 'PROCESSING';
  if (reason !== 'NOT_AVAILABLE')
    expect(last['_CB_N_AGENT_ADDED_TO_IXN'], reason).to.equal(hadAgent && !tooSoon ? 1 : 0);
}
