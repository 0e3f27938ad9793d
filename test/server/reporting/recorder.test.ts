import { expect } from 'chai';
import type { Entry } from '../../../server/reporting/port.js';
import { recorder } from '../../../server/reporting/recorder.js';

const entry = (key: string, callback: string, more: Partial<Entry> = {}): Entry => ({
  key,
  at: 0,
  sessionid: 's1',
  kind: 'event',
  name: '_cbe_on_dial_init',
  fields: { _service_id: callback },
  ...more,
});

const silent = { debug: () => undefined };
const keysOf = (entries: readonly Entry[]): string[] => entries.map(({ key }) => key);

describe('the recorder of what is told of callbacks', () => {
  it('takes an entry once, however often it comes', async () => {
    const { tell, entries } = recorder(silent);
    await tell(entry('s1/1/0', 'a'));
    await tell(entry('s1/1/0', 'b'));
    expect(entries({ limit: 10 })).to.deep.equal([entry('s1/1/0', 'a')]);
  });

  it('answers those of one callback, events and pairs, oldest first, and no more than were asked for', async () => {
    const { tell, entries } = recorder(silent);
    await tell(entry('s1/1/0', 'a'));
    await tell(entry('s2/1/0', 'b'));
    await tell(entry('s1/2/0', 'a', { kind: 'pairs', name: '', fields: { _CB_SERVICE_ID: 'a' } }));
    expect(keysOf(entries({ callback: 'a', limit: 10 }))).to.deep.equal(['s1/1/0', 's1/2/0']);
    expect(keysOf(entries({ limit: 2 }))).to.deep.equal(['s2/1/0', 's1/2/0']);
  });

  it('forgets the oldest ones', async () => {
    const { tell, entries } = recorder(silent, 2);
    for (const key of ['1', '2', '3']) await tell(entry(key, 'a'));
    expect(keysOf(entries({ limit: 10 }))).to.deep.equal(['2', '3']);
  });

  it('writes no field to the log', async () => {
    const logged: unknown[] = [];
    await recorder({ debug: (...args: unknown[]) => void logged.push(args) }).tell(
      entry('1', 'a', { fields: { _service_id: 'a', _customer_number: '16504661230' } }),
    );
    expect(JSON.stringify(logged)).to.include('"a"').and.not.include('1650');
  });
});
