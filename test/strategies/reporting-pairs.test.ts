/**
 * The table of the guide, "Reference: Callback KVPs", and the keys that its chapter names beside it: when each pair is there, or why it
 * cannot be known. The guide's text breaks IXN and ORS into I_XN and OR_S at ends of lines.
 */
import { expect } from 'chai';
import { agent, NUMBER, START, scenario, type Centre } from '../support/centre.js';

/** From which report on: when the callback begins, of a dial, when the customer waits for an agent, the last one. */
const when = {
  begun: [
    ...['_CB_TENANT_DBID', '_CB_DISPOSITION', '_CB_SERVICE_ID', '_CB_ORS_SESSION_ID', '_CB_FINAL_RECORD'],
    ...['_CB_T_SERVICE_START', '_CB_N_CALLBACK_OFFERED', '_CB_N_CALLBACK_ACCEPTED', '_CB_N_CALLBACK_MEDIA_ATTEMPTS'],
    ...['_CB_N_AGENT_ADDED_TO_IXN', '_CB_N_TRANSFER_TO_AGENT_FAILED', '_CB_N_IXN_REQ_AGENT', '_CB_N_IS_SNOOZED'],
    ...['_CB_N_CUSTOMER_ABANDONED_WHILE_WAITING_FOR_AGENT', '_CB_N_TIMEOUT_WHILE_WAITING_FOR_AGENT'],
    ...['_CB_IXN_START_IGNOREING_AVAILABILITY', '_CB_CUSTOMER_PHONE_NUMBER', '_CB_DIM_VQ', '_CB_DIM_TYPE'],
    ...['_CB_DIM_CONNECT_ORDER', '_CB_DIM_CALL_DIRECTION'],
  ],
  /** Of the request, `_cb_*`: only who has offered the callback knows it. */
  asked: [
    ...['_CB_T_CALLBACK_OFFERED', '_CB_D_CALLBACK_OFFER', '_CB_EWT_WHEN_CALLBACK_WAS_OFFERED'],
    ...[
      '_CB_POS_WHEN_CALLBACK_WAS_OFFERED',
      '_CB_T_CALLBACK_ACCEPTED',
      '_CB_DIM_CHANNEL',
      '_CB_DIM_CALLBACK_OFFER_TYPE',
    ],
    ...['_CB_DIM_OFFER_TIMING', '_CB_N_CALLBACK_OFFERS_PER_SESSION', '_CB_D_LAST_CALLBACK_OFFER', '_CB_CUSTOMER_ANI'],
    ...['_CB_ORIGINATION_IXN_ID', '_CB_OFFER_EWT_INBOUND_VQ', '_CB_N_ABANDONED_DURING_CALLBACK_OFFER'],
    ...['_CB_D_CUSTOMER_WAITED_BEFORE_OFFER', '_CB_PRIORITY_WHEN_CALLBACK_ACCEPTED', '_CB_EWT_THRESHOLD_WHEN_OFFERED'],
  ],
  dialled: [
    ...['_CB_T_DIAL_1', '_CB_DIAL_1_RESULT', '_CB_T_LAST_DIAL_ATTEMPT', '_CB_T_READY_TO_START_MEDIA_IXN'],
    ...['_CB_EWT_WHEN_READY_TO_START_MEDIA_IXN', '_CB_EWT_WHEN_READY_TO_START_LAST_MEDIA_IXN'],
    ...['_CB_POS_WHEN_READY_TO_START_MEDIA_IXN', '_CB_POS_WHEN_READY_TO_START_LAST_MEDIA_IXN'],
    '_CB_D_WAITING_FOR_AGENT_OFFLINE',
  ],
  dialledAgain: [
    ...['_CB_T_DIAL_2', '_CB_T_DIAL_3', '_CB_T_DIAL_4', '_CB_T_DIAL_5', '_CB_DIAL_2_RESULT', '_CB_DIAL_3_RESULT'],
    ...['_CB_DIAL_4_RESULT', '_CB_DIAL_5_RESULT'],
    // of a call that was answered
    ...['_CB_FIRST_OUT_IXN_ID', '_CB_LAST_OUT_IXN_ID', '_CB_D_ESTABLISH_MEDIA_IXN'],
  ],
  waiting: ['_CB_T_CUSTOMER_CONNECTED', '_CB_PRIORITY_WHEN_CUSTOMER_CONNECTED'],
  ended: [
    ...['_CB_T_SERVICE_END', '_CB_DIM_FINAL_TARGET', '_CB_DIM_FINAL_DIAL_RESULT', '_CB_DIM_DIAL_DIALOG_RESULT'],
    ...['_CB_D_CUSTOMER_CONNECTED_WAITING_FOR_AGENT', '_CB_PRIORITY_AT_THE_END_OF_ONLINE_WAIT'],
  ],
} as const;

/** Not before a dial that follows another, and no more when it is made. */
const between = ['_CB_T_NEXT_REDIAL_ATTEMPT'];

const unknown = {
  _CB_DIM_VQ_DBID: 'virtual queues are known by name, there is no configuration database',
  VQ_CFG_TYPE_ID: 'as above',
  VQ_CFG_TYPE: 'as above',
};

const known: readonly string[] = [...Object.values(when).flat(), ...between];
const asked = Object.fromEntries(when.asked.map((name, index) => [name.toLowerCase(), String(index + 1)]));

/** A busy agent, so that there are calls from which a wait can be expected; then the callback that is looked at. */
const run = async (centre: Centre): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  await centre.start();
  await centre.run(100);
  const id = await centre.start({ _customer_number: NUMBER, ...asked });
  await centre.toTheEnd();
  const reports = centre.reported('pairs').map(({ fields }) => fields);
  return reports.filter((fields) => fields['_CB_SERVICE_ID'] === id);
};

const given = {
  customer: [
    { kind: 'human' as const },
    ...Array.from({ length: 6 }, () => ({ kind: 'busy' as const })),
    { kind: 'human' as const },
  ],
  options: { _max_dial_attempts: 7, _dial_retry_timeout: 60 },
};

describe('the key-value pairs of the guide', () => {
  scenario('are complete when they are to be, and no others are told', given, async (centre) => {
    const reports = await run(centre);
    expect(reports).to.have.length.greaterThan(4);
    const [begun = {}, dialled = {}] = reports;
    const [waiting = {}, ended = {}] = reports.slice(-2);
    const last = reports.at(-3) ?? {};
    const of = (...names: (keyof typeof when)[]) => names.flatMap((name) => when[name]);
    expect(begun).to.have.all.keys(of('begun', 'asked'));
    expect(dialled).to.include.keys(of('begun', 'asked', 'dialled'));
    expect(last).to.have.all.keys(of('begun', 'asked', 'dialled', 'dialledAgain'));
    expect(waiting).to.have.all.keys(of('begun', 'asked', 'dialled', 'dialledAgain', 'waiting'));
    expect(ended).to.have.all.keys(known.filter((name) => !between.includes(name)));
    expect(reports.flatMap(Object.keys).filter((name) => name in unknown)).to.deep.equal([]);
  });

  scenario('have what the request says, numbers as numbers', given, async (centre) => {
    const { _CB_DIM_CHANNEL: channel, _CB_CUSTOMER_ANI: ani, ...last } = (await run(centre)).at(-1) ?? {};
    expect([channel, ani]).to.deep.equal([asked['_cb_dim_channel'], asked['_cb_customer_ani']]);
    expect(last['_CB_T_CALLBACK_OFFERED']).to.equal(1);
    expect(last['_CB_EWT_WHEN_CALLBACK_WAS_OFFERED']).to.equal(3);
  });

  scenario('say between two dials when the next will be', { customer: { kind: 'busy' } }, async (centre) => {
    await centre.start();
    await centre.toTheEnd();
    const said = centre
      .reported('pairs')
      .map(({ fields }) => Number(fields['_CB_T_NEXT_REDIAL_ATTEMPT'] ?? START / 1000));
    expect(said.map((time) => time - START / 1000)).to.deep.equal([0, 0, 300, 0, 600, 0, 0]);
  });

  const nobody = { agents: [agent('alice', '7001', { readyAfterMs: 1e9 })] };
  scenario('that reports are found by are on the call in which the callback was asked for', nobody, async (centre) => {
    await centre.start();
    await centre.run(20);
    const call = String(centre.reported('pairs').at(-1)?.fields['_CB_LAST_OUT_IXN_ID']);
    const id = await centre.start({ _customer_number: NUMBER, _originating_interaction_id: call, _desired_time: '' });
    const data = centre.centre.telephony.getUserData(call as never);
    expect(data).to.include({
      _CB_SERVICE_ID: id,
      _CB_T_SERVICE_START: START / 1000 + 20,
      _CB_T_CALLBACK_ACCEPTED: START / 1000 + 20,
    });
    await centre.cancel(id);
  });
});
