/** Which starts are immediate, by the wait that is expected: over HTTP, on the virtual clock. `ewt.test.ts` has where the wait comes from. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import { wholeServer } from '../whole.js';

describe('the start of a callback', () => {
  const utc = (time: string): string => `2026-11-23T${time}:00.000Z`;
  interface Start {
    readonly says: string;
    readonly now: string;
    readonly wanted: string;
    readonly bufferS: number;
    readonly waitS: number | undefined;
    readonly isImmediate: boolean;
  }
  // The guide, "Start or Schedule Callback", its two examples first.
  const starts: readonly Start[] = [
    { says: 'example 1', now: '16:15', wanted: '17:05', bufferS: 300, waitS: 600, isImmediate: false },
    { says: 'example 2', now: '13:10', wanted: '13:15', bufferS: 120, waitS: 300, isImmediate: true },
    {
      says: 'example 2, no wait known',
      now: '13:10',
      wanted: '13:15',
      bufferS: 120,
      waitS: undefined,
      isImmediate: false,
    },
    {
      says: 'a time that is just not before',
      now: '13:10',
      wanted: '13:17',
      bufferS: 120,
      waitS: 300,
      isImmediate: false,
    },
    { says: 'a wait of a second more', now: '13:10', wanted: '13:17', bufferS: 120, waitS: 301, isImmediate: true },
  ];
  for (const { says, now, wanted, bufferS, waitS, isImmediate } of starts)
    it(`is ${isImmediate ? '' : 'not '}immediate: ${says}`, async () => {
      const clock = virtualClock(Date.parse(utc(now)));
      const options = {
        ...{ _request_execution_time_buffer: bufferS, _urs_virtual_queue: 'VQ_Billing', _urs_ewt_vq: 'VQ_EWT' },
        ...{ _target: 'Billing@S.GA', _route_point: '5000@S', _resource_group: 'R' },
      };
      const services = { billing: { template: 'callback', options } };
      const whole = await wholeServer({ store: memoryStore(), clock, services });
      try {
        if (waitS !== undefined) whole.router.peg('VQ_EWT', waitS * 1000);
        const body = { _customer_number: '5551230', _desired_time: utc(wanted) };
        const { data } = await whole.ask('POST', '/genesys/1/service/callback/billing', { body });
        const { data: found } = await whole.ask('GET', `/genesys/1/service/callback/billing/${String(data['_id'])}`);
        expect(found['_callback_state'] !== 'SCHEDULED').to.equal(isImmediate);
      } finally {
        await whole.close();
      }
    });
});
