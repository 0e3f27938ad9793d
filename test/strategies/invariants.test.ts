import { expect } from 'chai';
import fc from 'fast-check';
import { agent, openCentre, type Given } from '../support/centre.js';
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
  options: options.map((some) => ({ ...some, _enable_status_notification: 'notify' })),
});
/** What is done to the callbacks, when. */
const interference = fc.record({
  at: seconds(0, 2, 4, 7, 9, 32, 37),
  what: fc.constantFrom('cancel', 'terminate', ''),
});

describe('whatever happens to callbacks', () => {
  it('each of them ends once with a reason, leaves no call, no agent and no request behind, and what is told of it agrees', async () => {
    await fc.assert(
      fc.asyncProperty(given, interference, async (start, { at, what }) => {
        const centre = await openCentre(start);
        try {
          const ids = [await centre.start(), await centre.start(), await centre.start()];
          await centre.run(at);
          const [first = ''] = ids;
          if (what === 'cancel') await centre.cancel(first);
          if (what === 'terminate')
            await centre.send('POST', `/scxml/session/${await centre.sessionOf(first)}/terminate`);
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
      { numRuns: 20 },
    );
  });
});
