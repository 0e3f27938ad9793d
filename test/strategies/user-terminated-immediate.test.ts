import { expect } from 'chai';
import { NUMBER, scenario, type Given } from '../support/centre.js';

const DIAL = `dial 91${NUMBER}`;
const ANSWERED = ['0 QUEUED', `0 ${DIAL}`, '6 customer answers', '7.54 detected human'];
const WAITING = [...ANSWERED, '7.54 ROUTING', '7.54 music next_customer_rep.wav'];

/** One callback after which nothing else happens, and everything that happened. */
const scenarios = (table: Readonly<Record<string, readonly [given: Given, lines: readonly string[]]>>): void => {
  for (const [title, [given, lines]] of Object.entries(table))
    scenario(title, given, async (centre) => {
      await centre.start();
      await centre.toTheEnd();
      expect(centre.timeline).to.deep.equal(lines);
    });
};

describe('User Terminated Immediate: the call flow', () => {
  scenarios({
    'calls the customer, plays treatment until an agent is reserved, and routes the call to that agent': [
      {},
      [
        ...WAITING,
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '9.54 COMPLETED / AGENT_CONNECTED',
        '69.54 customer hangs up',
        '69.54 call ends',
      ],
    ],
    'plays _treatment_customer_connect to a human before the queue, and the waiting treatment there': [
      {
        options: {
          _treatment_customer_connect: '{"file": "hello.wav", "hints": {"hint1": "value"}}',
          _treatment_waiting_for_agent: 'http://media/waltz.wav',
        },
      },
      [
        ...ANSWERED,
        '7.54 play hello.wav',
        '12.54 ROUTING',
        '12.54 music http://media/waltz.wav',
        '12.54 ring 7001',
        '14.54 agent 7001 answers',
        '14.54 PROCESSING',
        '14.54 COMPLETED / AGENT_CONNECTED',
        '74.54 customer hangs up',
        '74.54 call ends',
      ],
    ],
    'counts silence as a human': [
      { customer: { kind: 'silence', decideMs: 2_000 } },
      [
        ...ANSWERED.slice(0, 3),
        '8 detected silence',
        '8 ROUTING',
        '8 music next_customer_rep.wav',
        '8 ring 7001',
        '10 agent 7001 answers',
        '10 PROCESSING',
        '10 COMPLETED / AGENT_CONNECTED',
        '610 agent 7001 hangs up',
        '610 call ends',
      ],
    ],
    'takes an answer as human when _call_timeguard_timeout passes without a result': [
      { customer: { kind: 'machine', decideMs: 6_000 }, options: { _call_timeguard_timeout: 5000 } },
      [
        ...ANSWERED.slice(0, 3),
        '11 detected time guard',
        '11 ROUTING',
        '11 music next_customer_rep.wav',
        '11 ring 7001',
        '12 beep',
        '13 agent 7001 answers',
        '13 PROCESSING',
        '13 COMPLETED / AGENT_CONNECTED',
        '613 agent 7001 hangs up',
        '613 call ends',
      ],
    ],
    'detects nothing with _cpd_enable=false: whatever answers gets an agent': [
      { customer: { kind: 'fax' }, options: { _cpd_enable: false } },
      [
        ...ANSWERED.slice(0, 3),
        '6 ROUTING',
        '6 music next_customer_rep.wav',
        '6 ring 7001',
        '8 agent 7001 answers',
        '8 PROCESSING',
        '8 COMPLETED / AGENT_CONNECTED',
        '608 agent 7001 hangs up',
        '608 call ends',
      ],
    ],
    'shows the network prefix and display number': [
      { options: { _prefix_dial_out: '0049', _ixn_redirect_hints: '{"extensions": {"CPNDigits": "5557777"}}' } },
      [
        '0 QUEUED',
        `0 dial 0049${NUMBER} showing 5557777`,
        ...WAITING.slice(2),
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '9.54 COMPLETED / AGENT_CONNECTED',
        '69.54 customer hangs up',
        '69.54 call ends',
      ],
    ],
  });
});

describe('User Terminated Immediate: who or what answers', () => {
  scenarios({
    'a fax ends the callback with FAIL_FAX_REACHED': [
      { customer: { kind: 'fax' } },
      [...ANSWERED.slice(0, 3), '7.1 detected fax', '7.1 call ends', '7.1 COMPLETED / FAIL_FAX_REACHED'],
    ],
    'a busy number is tried _max_dial_attempts times with _dial_retry_timeout between, then FAIL_CALL_TO_CUSTOMER': [
      { customer: { kind: 'busy' } },
      [
        '0 QUEUED',
        ...[0, 300.3, 600.6].flatMap((at) => [
          `${at} ${DIAL}`,
          `${at === 600.6 ? 600.9 : at + 0.3} customer is busy`,
          `${at === 600.6 ? 600.9 : at + 0.3} call ends`,
        ]),
        '600.9 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'no answer within _ixn_createcall_timeout is tried again likewise': [
      {
        customer: { kind: 'noAnswer' },
        options: { _max_dial_attempts: 2, _dial_retry_timeout: 10, _ixn_createcall_timeout: 20 },
      },
      [
        '0 QUEUED',
        `0 ${DIAL}`,
        '20 customer does not answer',
        '20 call ends',
        `30 ${DIAL}`,
        '50 customer does not answer',
        '50 call ends',
        '50 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'a number that does not exist is not reached': [
      { customer: { kind: 'unreachable' }, options: { _max_dial_attempts: 1 } },
      ['0 QUEUED', `0 ${DIAL}`, '0.3 call ends', '0.3 COMPLETED / FAIL_CALL_TO_CUSTOMER'],
    ],
    'busy once, then a human': [
      { customer: [{ kind: 'busy' }, { kind: 'human', answerMs: 4_700, decideMs: 1_000 }] },
      [
        '0 QUEUED',
        `0 ${DIAL}`,
        '0.3 customer is busy',
        '0.3 call ends',
        `300.3 ${DIAL}`,
        '305 customer answers',
        '306 detected human',
        '306 ROUTING',
        '306 music next_customer_rep.wav',
        '306 ring 7001',
        '308 agent 7001 answers',
        '308 PROCESSING',
        '308 COMPLETED / AGENT_CONNECTED',
        '368 customer hangs up',
        '368 call ends',
      ],
    ],
    'an answering machine hears the treatment, then counts as not reached': [
      { customer: { kind: 'machine' }, options: { _max_dial_attempts: 1 } },
      [
        ...ANSWERED.slice(0, 3),
        '8.86 detected machine',
        '8.86 play call_fail_ans_machine.wav',
        '12 beep',
        '13.86 COMPLETED / FAIL_CALL_TO_CUSTOMER',
        '13.86 call ends',
      ],
    ],
    'it hears it after its beep if the hints say am-beep-detection, and is called again later': [
      {
        customer: [{ kind: 'machine' }, { kind: 'busy' }],
        options: {
          _max_dial_attempts: 2,
          _treatment_call_failure_answering_machine: '{"file": "sorry.wav", "hints": {"am-beep-detection": "on"}}',
        },
      },
      [
        ...ANSWERED.slice(0, 3),
        '8.86 detected machine',
        '8.86 play sorry.wav after the beep',
        '12 beep',
        '17 call ends',
        `317 ${DIAL}`,
        '317.3 customer is busy',
        '317.3 call ends',
        '317.3 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'it hears nothing with the treatment {}': [
      {
        customer: { kind: 'machine' },
        options: { _max_dial_attempts: 2, _treatment_call_failure_answering_machine: '{}' },
      },
      [
        ...ANSWERED.slice(0, 3),
        '8.86 detected machine',
        '8.86 call ends',
        `308.86 ${DIAL}`,
        '314.86 customer answers',
        '317.72 detected machine',
        '317.72 COMPLETED / FAIL_CALL_TO_CUSTOMER',
        '317.72 call ends',
      ],
    ],
    'the customer hangs up during the greeting: FAIL_INTERACTION_DELETED': [
      { customer: { kind: 'human', patienceMs: 4_000 }, options: { _treatment_customer_connect: 'hello.wav' } },
      [
        ...ANSWERED,
        '7.54 play hello.wav',
        '10 customer hangs up',
        '10 call ends',
        '10 COMPLETED / FAIL_INTERACTION_DELETED',
      ],
    ],
    'the customer hangs up before it is known who answered, and is called again': [
      { customer: { kind: 'human', patienceMs: 1_000 }, options: { _max_dial_attempts: 1 } },
      [...ANSWERED.slice(0, 3), '7 customer hangs up', '7 call ends', '7 COMPLETED / FAIL_CALL_TO_CUSTOMER'],
    ],
  });
});

describe('User Terminated Immediate: nobody is called', () => {
  scenarios({
    'for a medium other than voice: FAIL_INCORRECT_CONFIG_MEDIA_TYPE': [
      { options: { _media_type: 'email' } },
      ['0 QUEUED', '0 COMPLETED / FAIL_INCORRECT_CONFIG_MEDIA_TYPE'],
    ],
  });

  scenario(
    'without a customer number, which another lookup key allows: FAIL_NO_CUSTOMER_NUMBER',
    { options: { _customer_lookup_keys: 'usr_id', _mandatory_customer_lookup_keys: 'usr_id' } },
    async (centre) => {
      const id = await centre.start({ usr_id: 'A-17' });
      expect(centre.timeline).to.deep.equal(['0 QUEUED', '0 COMPLETED / FAIL_NO_CUSTOMER_NUMBER']);
      expect(await centre.state(id)).to.equal('COMPLETED / FAIL_NO_CUSTOMER_NUMBER');
    },
  );

  scenario('before the desired time minus _request_execution_time_buffer', {}, async (centre) => {
    const id = await centre.start({ _customer_number: NUMBER, _desired_time: '2026-03-02T10:00:00.000Z' });
    expect(await centre.state(id)).to.equal('SCHEDULED');
    await centre.run(3_479);
    expect(centre.timeline).to.deep.equal(['0 SCHEDULED']);
    await centre.run(11);
    expect(centre.timeline.slice(1)).to.deep.equal([
      '3480 QUEUED',
      `3480 ${DIAL}`,
      '3486 customer answers',
      '3487.54 detected human',
      '3487.54 ROUTING',
      '3487.54 music next_customer_rep.wav',
      '3487.54 ring 7001',
      '3489.54 agent 7001 answers',
      '3489.54 PROCESSING',
      '3489.54 COMPLETED / AGENT_CONNECTED',
    ]);
  });
});
