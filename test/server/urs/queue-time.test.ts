import { expect } from 'chai';
import { queueTime } from '../../../server/urs/queue-time.js';
import { agent, world } from '../routing/world.js';

describe('the waiting time of Stat Server', () => {
  /** An agent's calls take 90 s. */
  const router = async () => {
    const { clock, router, submit } = world([agent('a', 'Sales')]);
    router.report('a', 'Ready');
    submit('1', { vq: '8999', targets: ['a@S.A'], reserveMs: 1000 });
    router.confirm('1#1', 'accepted');
    router.report('a', 'Busy');
    await clock.advance(90_000);
    router.report('a', 'Ready');
    return router;
  };

  const named: [text: string, seconds: number | undefined][] = [
    ['ExpectedWaitTime;Queue;8999@SIP_Server;Environment', 90],
    [' ExpectedWaitTime ; Queue ; 8999@SIP_Server', 90],
    ['ExpectedWaitTime;Queue;8999', 90],
    ['StatExpectedWaitingTime;Queue;8999', 90],
    ['ExpectedWaitTime;Queue;9000@SIP_Server;Environment', undefined],
  ];
  for (const [text, seconds] of named)
    it(`of "${text}" is ${seconds ?? 'not known'}`, async () => {
      expect(queueTime(await router(), text)).to.equal(seconds);
    });

  const none: [text: string, says: RegExp][] = [
    ['ExpectedWaitTime;Agent;a@SIP_Server;Environment', /virtual queues only/],
    ['CurrNumberWaitingCalls;Queue;8999@SIP_Server;Environment', /is no time to wait/],
    ['ExpectedWaitTime;constructor;8999', /is no time to wait/],
    ['ExpectedWaitTime', /write ExpectedWaitTime.*;Queue;name@switch;tenant/],
    ['', /is no time to wait/],
    ['x'.repeat(1000), /^"x{100}" is/],
  ];
  for (const [text, says] of none)
    it(`is not "${text.slice(0, 60)}"`, async () => {
      const asked = await router();
      expect(() => queueTime(asked, text)).to.throw(RangeError, says);
    });
});
