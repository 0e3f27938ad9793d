import { expect } from 'chai';
import fc from 'fast-check';
import { agent, openCentre, START, type Centre, type Given } from '../support/centre.js';
import { expectReported } from '../support/reported.js';

/** Few values, so that things often happen at the same instant. */
const ms = fc.constantFrom(0, 1_000, 2_000, 5_000, 32_000);
const party = fc.oneof(
  fc.record({ kind: fc.constant('human' as const), answerMs: ms, decideMs: ms, patienceMs: ms, talkMs: ms }),
  fc.record({ kind: fc.constant('human' as const), answerMs: ms, decideMs: ms, talkMs: ms }),
  fc.record({ kind: fc.constant('machine' as const), answerMs: ms, decideMs: ms, greetingMs: ms }),
  fc.record({ kind: fc.constantFrom('busy' as const, 'noAnswer' as const, 'fax' as const, 'silence' as const) }),
);
const ring = fc.oneof(
  fc.record({ kind: fc.constant('answer' as const), afterMs: ms, talkMs: ms }),
  fc.record({ kind: fc.constant('reject' as const), afterMs: ms }),
  fc.record({ kind: fc.constant('ignore' as const) }),
);
const script = fc.record({ readyAfterMs: ms, rings: fc.array(ring, { minLength: 1, maxLength: 3 }), wrapUpMs: ms });
const seconds = (...values: number[]) => fc.constantFrom(...values);
const options = fc.record(
  {
    _ttl: seconds(5, 37, 86_400),
    _max_dial_attempts: seconds(1, 2),
    _dial_retry_timeout: seconds(0, 5, 300),
    _max_time_to_wait_for_agent_on_the_call: seconds(0, 2, 32, 3_600),
    _urs_queued_ttl: seconds(0, 5, 14_400),
    _agent_reserve_timeout: seconds(1, 30),
    _max_transfer_to_agent_attempts: seconds(1, 2, 5),
    _agent_transfer_confirm_timeout: seconds(0, 2, 32),
    _ixn_redirect_confirm: fc.boolean(),
    _retain_session_until_ixn_deleted: fc.boolean(),
    _cpd_enable: fc.boolean(),
    _userterminated_first_connect_party: fc.constantFrom('CUSTOMER', 'AGENT'),
    _agent_first_via_rp: fc.boolean(),
    _agent_first_via_tg: fc.boolean(),
    _agent_preview_via_rp: fc.boolean(),
    _agent_preview: fc.boolean(),
    _agent_preview_timeout: seconds(2, 5, 32),
    _agent_preview_allow_reject: seconds(0, 1, 2),
    _agent_preview_timeout_set_notready: fc.boolean(),
    _enable_disposition_dialog: fc.boolean(),
    _agent_disposition_timeout: seconds(2, 32),
    _treatment_customer_connect: fc.constantFrom('', 'hello.wav'),
    _plugin_on_dial_url: fc.constantFrom('', '', 'plugin-sample'),
  },
  { requiredKeys: [] },
);
const given: fc.Arbitrary<Given> = fc.record({
  customer: fc.array(party, { minLength: 1, maxLength: 2 }),
  agents: fc
    .array(script, { minLength: 1, maxLength: 2 })
    .map((scripts) => scripts.map((one, index) => agent(`agent${index}`, `700${index}`, one))),
  options: options.map((some) => ({ ...some, _trunk_group: 'Trunks', _enable_status_notification: 'notify' })),
});
/** What is done to the callbacks, when. */
const interference = fc.record({
  at: seconds(0, 2, 4, 7, 9, 32, 37),
  what: fc.constantFrom('cancel', 'terminate', ''),
});

/** How the agents answer what they are told last: the button, and what goes with it. Seven times, every two seconds. */
const hands = fc.constantFrom<readonly (readonly [button: string, data?: object])[]>(
  [],
  [['accept'], ['done', { disposition: 'completed', reason: 'SUCCESS' }]],
  [['accept'], ['done', { disposition: 'retry_now' }]],
  [['accept'], ['done', { disposition: 'retry_later', desired_time: new Date(START + 600_000).toISOString() }]],
  [['reject'], ['xcancel']],
);
const work = async (centre: Centre, answers: readonly (readonly [string, object?])[]): Promise<void> => {
  for (let turn = 0; turn < 7 * Math.sign(answers.length); turn += 1) {
    await centre.run(2);
    const [button = '', data] = answers.find(([name]) => name in centre.buttons()) ?? [];
    const url = centre.buttons()[button]?.url;
    if (url !== undefined) await centre.send('POST', url, data);
  }
};

describe('whatever happens to callbacks', () => {
  it('each of them ends once with a reason, leaves no call, no agent and no request behind, and what is told of it agrees', async () => {
    await fc.assert(
      fc.asyncProperty(given, interference, hands, async (start, { at, what }, answers) => {
        const centre = await openCentre(start);
        try {
          const ids = [await centre.start(), await centre.start(), await centre.start()];
          await work(centre, answers);
          await centre.run(at);
          const [first = ''] = ids;
          if (what === 'cancel') await centre.cancel(first);
          if (what === 'terminate')
            await centre.send('POST', `/scxml/session/${await centre.sessionOf(first)}/terminate`);
          await work(centre, answers);
          await centre.expectRest();
          for (const id of ids) {
            const record = await centre.recordOf(id);
            const { history } = record;
            expectReported(record, [...centre.reported('event'), ...centre.reported('pairs')]);
            expect(history.filter(({ state }) => state === 'COMPLETED')).to.have.lengthOf(1);
            expect(history.at(-1))
              .to.have.property('reason')
              .that.does.not.match(/FAIL_ERROR/);
          }
          expect(centre.logged.filter((line) => line.includes('"level":"error"'))).to.deep.equal([]);
        } finally {
          await centre.close();
        }
      }),
      { numRuns: 30 },
    );
  });
});
