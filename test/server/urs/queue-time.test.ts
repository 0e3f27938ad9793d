import { expect } from 'chai';
import type { Wait } from '../../../server/routing/port.js';
import { queueTime } from '../../../server/urs/queue-time.js';

describe('the waiting time of Stat Server', () => {
  const router = {
    expectedWait: (vq: string): Wait =>
      vq === '8999'
        ? { known: true, waitMs: 90_500, perCallMs: 90_500, waiting: 0 }
        : { known: false, waiting: 0, reason: 'nobody has used it' },
  };
  const named: [text: string, seconds: number | undefined][] = [
    ['ExpectedWaitTime;Queue;8999@SIP_Server;Environment', 90.5],
    [' ExpectedWaitTime ; Queue ; 8999@SIP_Server', 90.5],
    ['ExpectedWaitTime;Queue;8999', 90.5],
    ['ExpectedWaitTime;Queue;9000@SIP_Server;Environment', undefined],
    ['ExpectedWaitTime;Agent;8999@SIP_Server;Environment', undefined],
    ['CallsWaiting;Queue;8999@SIP_Server;Environment', undefined],
    ['ExpectedWaitTime', undefined],
    ['', undefined],
  ];
  for (const [text, seconds] of named)
    it(`of "${text}" is ${seconds ?? 'not known'}`, () => {
      expect(queueTime(router, text)).to.equal(seconds);
    });
});
