import { expect } from 'chai';
import type { InteractionId, LegId, TelephonyEvent } from '../../server/voice/port.js';
import { Books } from './books.js';

const ixn = 'SIM-1' as InteractionId;
const about = (event: object): TelephonyEvent => ({ at: 0, ixn, leg: 'SIM-1-1' as LegId, ...event }) as TelephonyEvent;
const dial = (id: string, requestId: string) =>
  about({
    type: 'dialing',
    request: { requestId, userData: { GMS_Service_ID: id }, to: { kind: 'number', value: '5551000' } },
  });
const talk = about({ type: 'established', to: { kind: 'dn', value: '7001' } });

describe('the books of a chaos run', () => {
  it('know whose call it is of a customer who calls, though nothing could be written on it', () => {
    const books = new Books();
    books.hear(about({ type: 'arrived' }));
    books.calls(ixn, '1-one');
    books.hear(talk);
    expect([books.talks('1-one'), books.up]).to.deep.equal([1, ['SIM-1 of 1-one']]);
  });

  it('find a customer who is dialled while a call is up, and a request that is dialled twice', () => {
    const books = new Books();
    books.hear(dial('1-one', 'S/1/1'));
    books.hear(dial('1-one', 'S/1/1'));
    expect(books.wrong).to.deep.equal([
      '1-one: the customer is dialled while a call is up',
      '1-one: request S/1/1 is dialled twice',
    ]);
    expect(books.dials('1-one')).to.equal(1);
  });

  it('forget a call that is over', () => {
    const books = new Books();
    books.hear(dial('1-one', 'S/1/1'));
    books.hear(about({ type: 'deleted' }));
    books.calls(ixn, '1-one');
    books.hear(dial('1-one', 'S/2/1'));
    expect(books.wrong).to.deep.equal([]);
  });
});
