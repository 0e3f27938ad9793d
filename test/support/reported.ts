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

/**
 * `entries`: of a centre with _enable_status_notification. What the callback's last session has told is held to the record, that of
 * those before which were lost to what came after.
 */
export function expectReported(record: CallbackRecord, entries: readonly Entry[]): void {
  const { id, sessionid, reason = '', properties, history } = record;
  const all = entries.filter(({ fields }) => [fields['_service_id'], fields['_CB_SERVICE_ID']].includes(id));
  const its = all.filter((entry) => entry.sessionid === sessionid);
  const events = its.filter(({ kind }) => kind === 'event');
  const reports = its.filter(({ kind }) => kind === 'pairs');
  const named = (name: string) => events.filter((event) => event.name === name);
  const last = reports.at(-1)?.fields ?? {};

  expectDials(properties, reports, (name) => named(name).length);
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
  expectStates(states, record);
  expectBefore(all.filter((entry) => entry.kind === 'pairs' && entry.sessionid !== sessionid).concat(reports));
}

/** A session that was submitted again begins wherever the record stands. */
function expectStates(told: readonly unknown[], { properties, history }: CallbackRecord): void {
  const begun = history.findIndex(({ state }) => state === 'QUEUED') + 1;
  const isAgain = properties['_submit_attempt'] !== undefined;
  const states = history.slice(isAgain ? Math.max(begun, history.length - told.length) : begun);
  expect(told, 'states').to.deep.equal(states.map(({ state }) => state));
}

/** What is the same in all records of a callback, whichever session tells them. */
const LASTING = [
  ...['_CB_T_SERVICE_START', '_CB_T_CALLBACK_OFFERED', '_CB_T_CALLBACK_ACCEPTED', '_CB_N_CALLBACK_OFFERED'],
  ...['_CB_N_CALLBACK_ACCEPTED', '_CB_DIM_VQ', '_CB_DIM_CALL_DIRECTION', '_CB_DIM_TYPE', '_CB_TENANT_DBID'],
];

/** What only grows. */
const COUNTED = [
  ...['_CB_N_CALLBACK_MEDIA_ATTEMPTS', '_CB_N_TRANSFER_TO_AGENT_FAILED', '_CB_N_IXN_REQ_AGENT', '_CB_N_IS_SNOOZED'],
];

/** In their order: nothing is forgotten, and nothing counted back. */
function expectBefore(reports: readonly Entry[]): void {
  const finals = reports.map(({ fields }) => fields['_CB_FINAL_RECORD']);
  expect(finals.slice(0, -1), 'final before the last').to.not.include(1);
  for (const [index, { fields }] of reports.entries()) {
    const before = reports[index - 1]?.fields ?? fields;
    for (const name of LASTING) expect(fields[name], name).to.equal(before[name]);
    for (const name of COUNTED) expect(Number(fields[name]), name).to.be.at.least(Number(before[name]));
    const dialled = Object.keys(before).filter((name) =>
      /^_CB_(T_DIAL_\d|DIAL_\d_RESULT|FIRST_OUT_IXN_ID)$/.test(name),
    );
    for (const name of dialled) expect(fields[name], name).to.equal(before[name]);
  }
}

/** Who calls, or a chat, is counted as an attempt of the pairs, and dials nothing. Sessions before have told of their dials. */
function expectDials(
  { _dial_attempt: attempts = 0, _media_type: media }: CallbackRecord['properties'],
  reports: readonly Entry[],
  told: (event: string) => number,
): void {
  const { _CB_DIM_CALL_DIRECTION: direction, _CB_N_CALLBACK_MEDIA_ATTEMPTS: before } = reports[0]?.fields ?? {};
  const isDialled = direction === 'CUSTOMER_TERMINATED' && media !== 'chat';
  const dials = isDialled ? Number(attempts) - Number(before) : 0;
  expect(told('_cbe_on_dial_init'), 'dials begun').to.equal(dials);
  expect(told('_cbe_on_dial_done'), 'dials done').to.equal(dials);
  if (isDialled) expect(reports.at(-1)?.fields['_CB_N_CALLBACK_MEDIA_ATTEMPTS'], 'attempts').to.equal(attempts);
}

/** An operator may end the session while customer and agent talk; who was taken to have the customer may not have. */
function expectAgent(last: Entry['fields'], reason: string, history: CallbackRecord['history']): void {
  const hadAgent = history.some(({ state }) => state === 'PROCESSING');
  const tooSoon = reason === 'FAIL_AGENT_CONNECT' && history.at(-2)?.state === 'PROCESSING';
  if (reason !== 'NOT_AVAILABLE')
    expect(last['_CB_N_AGENT_ADDED_TO_IXN'], reason).to.equal(hadAgent && !tooSoon ? 1 : 0);
}
