import { expect } from 'chai';
import { NUMBER, scenario, type Centre, type Given } from '../support/centre.js';

/** The sample plugin gets the call. */
const given = ({ options, ...more }: Given = {}): Given => ({
  ...more,
  options: { _plugin_on_dial_url: 'plugin-sample', _max_dial_attempts: 2, _plugin_on_dial_timeout: 60, ...options },
});
const reached = ['0 QUEUED', `0 dial 91${NUMBER}`, '6 customer answers', '7.54 detected human'];
const hasty = { kind: 'human', patienceMs: 4_000 } as const;

const didNotTake = ({ logged }: Centre): string[] =>
  logged.flatMap((line) => {
    const { label, value } = JSON.parse(line) as { label?: string; value?: string };
    return label === 'the callback did not take the answer' ? [value ?? ''] : [];
  });

type Rows = readonly (readonly [title: string, given: Given, userData: object, lines: readonly string[]])[];

const scenarios = (rows: Rows): void => {
  for (const [title, more, userData, lines] of rows)
    scenario(title, given(more), async (centre) => {
      await centre.start({ _customer_number: NUMBER, ...userData });
      await centre.toTheEnd();
      expect(centre.timeline).to.deep.equal(lines);
    });
};

describe('a plugin with the call', () => {
  const rows: Rows = [
    [
      'talks to the customer, gives the call back, and has it routed to an agent',
      {},
      { plugin_greeting: 'welcome.wav' },
      [
        '7.54 play welcome.wav',
        '12.54 ROUTING',
        '12.54 music next_customer_rep.wav',
        '12.54 ring 7001',
        '14.54 agent 7001 answers',
        '14.54 PROCESSING',
        '14.54 COMPLETED / AGENT_CONNECTED',
        '74.54 customer hangs up',
        '74.54 call ends',
      ],
    ],
    [
      'has it routed elsewhere',
      {},
      { plugin_action: 'route_to_rp', plugin_message: '5000@SIP_Switch', plugin_wait: 5 },
      [
        '12.54 attach {"GMS_URS_PRIORITY":0,"RouterData70":13}',
        '12.54 COMPLETED / TRANSFERRED_TO_RP',
        '72.54 customer hangs up',
        '72.54 call ends',
      ],
    ],
    [
      'cancels, and the call ends',
      {},
      { plugin_action: 'cancel', plugin_wait: 5 },
      ['12.54 COMPLETED / CANCELLED', '12.54 call ends'],
    ],
    [
      'has the customer called again, and the call ends',
      {},
      { plugin_action: 'retry', plugin_delay: 20, plugin_number: '5552336' },
      [
        '7.54 call ends',
        '27.54 dial 915552336',
        '33.54 customer answers',
        '35.08 detected human',
        '35.08 COMPLETED / FAIL_CALL_TO_CUSTOMER',
        '35.08 call ends',
      ],
    ],
    [
      'says that the customer has hung up, and has that one called again',
      { customer: [hasty, { kind: 'busy' }] },
      { plugin_wait: 30, plugin_delay: 5 },
      [
        '10 customer hangs up',
        '10 call ends',
        `15 dial 91${NUMBER}`,
        '15.3 customer is busy',
        '15.3 call ends',
        '45.3 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    [
      'says that the customer has hung up, and cancels',
      { customer: hasty },
      { plugin_action: 'cancel', plugin_greeting: 'welcome.wav' },
      ['7.54 play welcome.wav', '10 customer hangs up', '10 call ends', '10 COMPLETED / CANCELLED'],
    ],
    [
      'ends without an answer: the call ends with it, and the callback when the time is over',
      {},
      { plugin_action: 'none', plugin_wait: 5 },
      ['12.54 call ends', '67.54 COMPLETED / FAIL_ERROR'],
    ],
    [
      'is late: it is ended, and with it the call',
      {},
      { plugin_wait: 90 },
      ['67.54 COMPLETED / FAIL_ERROR', '67.54 call ends'],
    ],
    [
      'gives the call back with an answer that means nothing: the callback ends it when the time is over',
      {},
      { plugin_action: 'dance' },
      ['67.54 COMPLETED / FAIL_ERROR', '67.54 call ends'],
    ],
    [
      'keeps the call and cancels: the call ends with the plugin',
      {},
      { plugin_action: 'cancel', plugin_keep: true },
      ['7.54 call ends', '7.54 COMPLETED / CANCELLED'],
    ],
    [
      'keeps the call and has the customer called again at once: not before that call is over',
      { customer: [{ kind: 'human' }, { kind: 'busy' }] },
      { plugin_action: 'retry', plugin_keep: true, plugin_delay: 0 },
      [
        '7.54 call ends',
        `7.54 dial 91${NUMBER}`,
        '7.84 customer is busy',
        '7.84 call ends',
        '7.84 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
  ];
  scenarios(rows.map(([title, more, userData, lines]) => [title, more, userData, [...reached, ...lines]]));

  scenario('that wants it routed has to give it back: HTTP 409', given(), async (centre) => {
    await centre.start({ _customer_number: NUMBER, plugin_action: 'route_to_agent', plugin_keep: true });
    await centre.toTheEnd();
    expect(didNotTake(centre)).to.have.lengthOf(1);
    expect(didNotTake(centre)[0]).to.match(/^HTTP 409: .*detach it before/);
    expect(centre.timeline.slice(-2)).to.have.members(['67.54 COMPLETED / FAIL_ERROR', '7.54 call ends']);
  });

  scenario('loses it when the callback is cancelled', given(), async (centre) => {
    const id = await centre.start({ _customer_number: NUMBER, plugin_wait: 30 });
    await centre.run(10);
    expect((await centre.cancel(id)).status).to.equal(200);
    await centre.run(0);
    expect(centre.timeline.slice(-2)).to.have.members(['10 COMPLETED / CANCELLED', '10 call ends']);
  });

  scenario(
    'of which there is none, since nobody answered, is told to begin',
    given({ customer: { kind: 'noAnswer' } }),
    async (centre) => {
      await centre.start({ _customer_number: NUMBER, plugin_action: 'cancel' });
      await centre.toTheEnd();
      expect(centre.timeline.slice(-2)).to.deep.equal(['32 call ends', '32 COMPLETED / CANCELLED']);
    },
  );
});

describe('a plugin without the call', () => {
  const kept: Given = { options: { _plugin_on_dial_associate_ixn: false } };
  const toRp = { plugin_action: 'route_to_rp', plugin_message: '5000@SIP_Switch' };
  const noAnswer = ['0 QUEUED', `0 dial 91${NUMBER}`, '32 customer does not answer', '32 call ends'];
  const nobody: Given = { customer: [{ kind: 'noAnswer' }, { kind: 'busy' }] };
  const again = { plugin_action: 'retry', plugin_delay: 20 };

  scenarios([
    [
      'which the callback keeps, has it routed to an agent',
      kept,
      { plugin_action: 'route_to_agent' },
      [
        ...reached,
        '7.54 ROUTING',
        '7.54 music next_customer_rep.wav',
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '9.54 COMPLETED / AGENT_CONNECTED',
        '69.54 customer hangs up',
        '69.54 call ends',
      ],
    ],
    [
      'which the callback keeps, has it routed elsewhere',
      kept,
      toRp,
      [
        ...reached,
        '7.54 attach {"GMS_URS_PRIORITY":0,"RouterData70":8}',
        '7.54 COMPLETED / TRANSFERRED_TO_RP',
        '67.54 customer hangs up',
        '67.54 call ends',
      ],
    ],
    [
      'which the callback keeps, cancels',
      kept,
      { plugin_action: 'cancel' },
      [...reached, '7.54 COMPLETED / CANCELLED', '7.54 call ends'],
    ],
    [
      'which the callback keeps, has the customer called again',
      { ...kept, customer: [{ kind: 'human' }, { kind: 'busy' }] },
      again,
      [
        ...reached,
        '7.54 call ends',
        `27.54 dial 91${NUMBER}`,
        '27.84 customer is busy',
        '27.84 call ends',
        '27.84 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    ...[{ plugin_action: 'route_to_agent' }, toRp].map(
      (userData) =>
        [
          `of which there is none wants it routed, which is refused: ${userData.plugin_action}`,
          nobody,
          userData,
          [...noAnswer, '92 COMPLETED / FAIL_ERROR'],
        ] as const,
    ),
    ['of which there is none cancels', nobody, { plugin_action: 'cancel' }, [...noAnswer, '32 COMPLETED / CANCELLED']],
    [
      'of which there is none has the customer called again',
      nobody,
      again,
      [
        ...noAnswer,
        `52 dial 91${NUMBER}`,
        '52.3 customer is busy',
        '52.3 call ends',
        '52.3 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
  ]);
});
