import { expect } from 'chai';
import { join } from 'node:path';
import { NUMBER, scenario, type Centre, type Given } from '../support/centre.js';

const ANSWERED = ['0 QUEUED', `0 dial 91${NUMBER}`, '6 customer answers', '7.54 detected human'];
const BROKEN = join(import.meta.dirname, 'plugins/broken.scxml');

/** The sample plugin, which is told by the user data of the request what it shall answer. */
const withPlugin = ({ options, ...given }: Given = {}): Given => ({
  ...given,
  options: { _plugin_on_dial_url: 'plugin-sample', _max_dial_attempts: 2, ...options },
});

type Row = readonly [given: Given, userData: object, lines: readonly string[]];

const scenarios = (table: Readonly<Record<string, Row>>): void => {
  for (const [title, [given, userData, lines]] of Object.entries(table))
    scenario(title, withPlugin(given), async (centre) => {
      await centre.start({ _customer_number: NUMBER, ...userData });
      await centre.toTheEnd();
      expect(centre.timeline).to.deep.equal(lines);
    });
};

const didNotTake = ({ logged }: Centre): string[] =>
  logged.flatMap((line) => {
    const { label, value } = JSON.parse(line) as { label?: string; value?: string };
    return label === 'the callback did not take the answer' ? [value ?? ''] : [];
  });

describe("the plugin's answer", () => {
  const agentTakes = (at: number): string[] => [
    `${at} ROUTING`,
    `${at} music next_customer_rep.wav`,
    `${at} ring 7001`,
    `${at + 2} agent 7001 answers`,
    `${at + 2} PROCESSING`,
  ];
  const talk = ['9.54 COMPLETED / AGENT_CONNECTED', '69.54 customer hangs up', '69.54 call ends'];
  const machine = [...ANSWERED.slice(0, 3), '8.86 detected machine'];

  scenarios({
    'cancel: the callback is CANCELLED': [
      {},
      { plugin_action: 'cancel' },
      [...ANSWERED, '7.54 COMPLETED / CANCELLED', '7.54 call ends'],
    ],
    'route_to_agent: without treatment to an agent': [
      { options: { _treatment_customer_connect: 'hello.wav' } },
      { plugin_action: 'route_to_agent' },
      [...ANSWERED, ...agentTakes(7.54), ...talk],
    ],
    'route_to_agent of an answering machine: AM_CONNECTED': [
      { customer: { kind: 'machine', greetingMs: 60_000 } },
      { plugin_action: 'route_to_agent' },
      [
        ...machine,
        ...agentTakes(8.86),
        '10.86 COMPLETED / AM_CONNECTED',
        '66 beep',
        '610.86 agent 7001 hangs up',
        '610.86 call ends',
      ],
    ],
    'route_to_rp: to the destination in message, with GMS_URS_PRIORITY and RouterData70 attached': [
      { options: { _urs_vq_priority: 7 } },
      { plugin_action: 'route_to_rp', plugin_message: '5000@SIP_Switch' },
      [
        ...ANSWERED,
        '7.54 attach {"GMS_URS_PRIORITY":7,"RouterData70":8}',
        '7.54 COMPLETED / TRANSFERRED_TO_RP',
        '67.54 customer hangs up',
        '67.54 call ends',
      ],
    ],
    'route_to_rp to a place that does not exist: FAIL_ERROR': [
      {},
      { plugin_action: 'route_to_rp', plugin_message: '4711@SIP_Switch' },
      [
        ...ANSWERED,
        '7.54 attach {"GMS_URS_PRIORITY":0,"RouterData70":8}',
        '7.54 COMPLETED / FAIL_ERROR',
        '7.54 call ends',
      ],
    ],
    'retry: calls again after _dial_retry_timeout, up to _max_dial_attempts': [
      { options: { _dial_retry_timeout: 100 } },
      { plugin_action: 'retry' },
      [
        ...ANSWERED,
        '7.54 call ends',
        `107.54 dial 91${NUMBER}`,
        '113.54 customer answers',
        '115.08 detected human',
        '115.08 COMPLETED / FAIL_CALL_TO_CUSTOMER',
        '115.08 call ends',
      ],
    ],
    'retry with delay, number and prefix: these replace what is configured, and CPNDigits follows the number': [
      { customer: [{ kind: 'busy' }], options: { _ixn_redirect_hints: { extensions: { CPNDigits: '5557777' } } } },
      { plugin_action: 'retry', plugin_delay: 5, plugin_number: '555-2336', plugin_prefix: '00' },
      [
        '0 QUEUED',
        `0 dial 91${NUMBER} showing 5557777`,
        '0.3 customer is busy',
        '0.3 call ends',
        '5.3 dial 00555-2336 showing 555-2336',
        '5.6 customer is busy',
        '5.6 call ends',
        '5.6 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'retry with delay 0 and without prefix: at once, dialled as it is': [
      { customer: { kind: 'busy' } },
      { plugin_action: 'retry', plugin_delay: 0, plugin_prefix: '' },
      [
        '0 QUEUED',
        `0 dial 91${NUMBER}`,
        '0.3 customer is busy',
        '0.3 call ends',
        `0.3 dial ${NUMBER}`,
        '0.6 customer is busy',
        '0.6 call ends',
        '0.6 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'none within _plugin_on_dial_timeout: FAIL_ERROR': [
      { options: { _plugin_on_dial_timeout: 20, _plugin_on_dial_associate_ixn: false } },
      { plugin_action: 'none' },
      [...ANSWERED, '27.54 COMPLETED / FAIL_ERROR', '27.54 call ends'],
    ],
  });

  scenario(
    'too late: HTTP 409, and the plugin logs it',
    withPlugin({ options: { _plugin_on_dial_timeout: 20, _plugin_on_dial_associate_ixn: false } }),
    async (centre) => {
      await centre.start({ _customer_number: NUMBER, plugin_wait: 30 });
      await centre.toTheEnd();
      expect(centre.timeline).to.deep.equal([...ANSWERED, '27.54 COMPLETED / FAIL_ERROR', '27.54 call ends']);
      expect(didNotTake(centre)).to.have.lengthOf(1);
      expect(didNotTake(centre)[0]).to.match(/^HTTP 409: .*has ended/);
    },
  );

  const withoutCall = withPlugin({ options: { _plugin_on_dial_associate_ixn: false } });
  scenario('after the callback was cancelled meanwhile: HTTP 409 likewise', withoutCall, async (centre) => {
    const id = await centre.start({ _customer_number: NUMBER, plugin_wait: 30 });
    await centre.run(10);
    expect((await centre.cancel(id)).status).to.equal(200);
    await centre.toTheEnd();
    expect(centre.timeline).to.deep.equal([...ANSWERED, '10 COMPLETED / CANCELLED', '10 call ends']);
    expect(didNotTake(centre)[0]).to.match(/^HTTP 409/);
  });
});

describe('the plugin document', () => {
  for (const [title, url] of [
    ['missing', 'no-such-plugin'],
    ['broken', BROKEN],
    ['outside the folders of the operator', '/etc/hostname'],
  ] as const)
    scenario(
      `${title}: FAIL_ERROR, and the log says why`,
      withPlugin({ options: { _plugin_on_dial_url: url } }),
      async (centre) => {
        await centre.start();
        await centre.toTheEnd();
        expect(centre.timeline).to.deep.equal([...ANSWERED, '7.54 COMPLETED / FAIL_ERROR', '7.54 call ends']);
        expect(centre.logged.join('\n')).to.match(/"plugin failed".*(?:no-such-plugin|nowhere|hostname)/);
      },
    );
});

describe('_plugin_on_dial_invoke_on_call_failed', () => {
  const notAsked = { _plugin_on_dial_invoke_on_call_failed: false, _max_dial_attempts: 1 };
  const retries = { plugin_action: 'retry', plugin_delay: 9 };
  const noAnswer = ['0 QUEUED', `0 dial 91${NUMBER}`, '32 customer does not answer', '32 call ends'];
  scenarios({
    'true: no answer asks the plugin': [
      { customer: [{ kind: 'noAnswer' }, { kind: 'fax' }] },
      retries,
      [
        ...noAnswer,
        `41 dial 91${NUMBER}`,
        '47 customer answers',
        '48.1 detected fax',
        '48.1 call ends',
        '48.1 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'true: a machine asks the plugin, and hears no treatment': [
      { customer: { kind: 'machine' } },
      { plugin_action: 'cancel' },
      [...ANSWERED.slice(0, 3), '8.86 detected machine', '8.86 COMPLETED / CANCELLED', '8.86 call ends'],
    ],
    'false: no answer is tried again as without a plugin': [
      { customer: { kind: 'noAnswer' }, options: notAsked },
      { plugin_action: 'cancel' },
      [...noAnswer, '32 COMPLETED / FAIL_CALL_TO_CUSTOMER'],
    ],
    'false: a machine hears the treatment': [
      { customer: { kind: 'machine' }, options: notAsked },
      { plugin_action: 'cancel' },
      [
        ...ANSWERED.slice(0, 3),
        '8.86 detected machine',
        '8.86 play call_fail_ans_machine.wav',
        '12 beep',
        '13.86 COMPLETED / FAIL_CALL_TO_CUSTOMER',
        '13.86 call ends',
      ],
    ],
    'false: a fax ends the callback': [
      { customer: { kind: 'fax' }, options: notAsked },
      { plugin_action: 'cancel' },
      [...ANSWERED.slice(0, 3), '7.1 detected fax', '7.1 call ends', '7.1 COMPLETED / FAIL_FAX_REACHED'],
    ],
    'false: a human asks it all the same': [
      { options: notAsked },
      { plugin_action: 'cancel' },
      [...ANSWERED, '7.54 COMPLETED / CANCELLED', '7.54 call ends'],
    ],
  });
});
