/** When scheduled callbacks are submitted, by the waiting time of the moment: the whole server on the virtual clock. */
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';

const BUFFER_MIN = 5;
const options = {
  ...{ _request_execution_time_buffer: BUFFER_MIN * 60, _urs_virtual_queue: 'VQ_Billing', _urs_ewt_vq: 'VQ_EWT' },
  ...{ _target: 'Billing@S.GA', _route_point: '5000@S', _resource_group: 'R' },
};
const services = { billing: { template: 'callback', options } };
const PATH = '/genesys/1/service/callback/billing';
const utc = (time: string): number => Date.parse(`2026-11-23T${time}:00.000Z`);

describe('a scheduled callback is submitted at its desired time less buffer and waiting time', () => {
  let clock: VirtualClock;
  let store: Store;
  let whole: Whole;

  beforeEach(async () => {
    clock = virtualClock(utc('12:00'));
    store = memoryStore();
    whole = await wholeServer({ store, clock, services });
  });

  afterEach(() => whole.close());

  const wanted = async (time: string): Promise<string> => {
    const body = { _customer_number: '5551230', _desired_time: new Date(utc(time)).toISOString() };
    const { data } = await whole.ask('POST', PATH, { body });
    return String(data['_id']);
  };
  /** One more has waited so long: the wait that is expected is the mean of all. */
  const waited = (minutes: number): void => {
    whole.router.peg('VQ_EWT', minutes * 60_000);
  };
  const until = (time: string): Promise<void> => clock.advance(utc(time) - clock.now());
  /** When it was QUEUED, as hh:mm. */
  const submitted = async (id: string): Promise<string | undefined> => {
    const at = (await store.callback(id))?.history.find(({ state }) => state === 'QUEUED')?.at;
    return at === undefined ? undefined : new Date(at).toISOString().slice(11, 16);
  };

  const rows = [
    { says: 'nobody knows', pegs: [], is: '16:55' },
    { says: 'ten minutes from the start', pegs: [['12:00', 10]], is: '16:45' },
    {
      says: 'half an hour when it is less than that away, seen at the next look',
      pegs: [
        ['12:00', 10],
        ['16:30', 50],
      ],
      is: '16:30',
    },
    {
      says: 'from ten minutes to half an hour while it is looked at',
      pegs: [
        ['12:00', 10],
        ['16:20', 50],
      ],
      is: '16:25',
    },
    {
      says: 'from an hour to half an hour',
      pegs: [
        ['12:00', 60],
        ['15:00', 0],
      ],
      is: '16:25',
    },
    { says: 'more than two hours', pegs: [['12:00', 150]], is: '14:55' },
  ] as const;
  for (const { says, pegs, is } of rows)
    it(`${is} for 17:00, ${String(BUFFER_MIN)} minutes of buffer, and a wait of: ${says}`, async () => {
      const id = await wanted('17:00');
      for (const [time, minutes] of pegs) {
        await until(time);
        waited(minutes);
      }
      await until('17:00');
      expect(await submitted(id)).to.equal(is);
    });

  it('by the next process as by this one', async () => {
    const id = await wanted('17:00');
    waited(20);
    await until('15:30');
    whole.kill();
    const before = whole;
    whole = await wholeServer({ store, clock, services });
    waited(20);
    await until('17:00');
    await before.close().catch(() => undefined);
    expect(await submitted(id)).to.equal('16:35');
  });

  it('not at all once it is cancelled', async () => {
    const id = await wanted('17:00');
    waited(20);
    await until('16:00');
    expect((await whole.ask('DELETE', `${PATH}/${id}`)).status).to.equal(200);
    await until('17:00');
    expect(await submitted(id)).to.equal(undefined);
    expect(await store.due({ due: -Infinity, seq: 0 }, Infinity, 10)).to.deep.equal([]);
  });
});
