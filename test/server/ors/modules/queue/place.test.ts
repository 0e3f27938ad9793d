import { expect } from 'chai';
import { toData } from '../../../../../engine/datamodel/data.js';
import { placeOf } from '../../../../../server/ors/modules/queue/place.js';
import { Refusal } from '../../../../../server/ors/modules/queue/refusal.js';

const SINCE = 1_000_000;

describe('place of <queue:submit>', () => {
  const understood: readonly [given: unknown, place: object][] = [
    [undefined, {}],
    [{}, {}],
    [{ hold: true }, { held: true }],
    [{ hold: 'false' }, {}],
    [{ age: 90 }, { ageStartMs: SINCE - 90_000 }],
    [{ age: '' }, {}],
    [{ increment: '10', interval: 60 }, { increment: { by: 10, everyMs: 60_000 } }],
    [{ increment: 10 }, {}],
    [{ increment: 10, interval: '' }, {}],
    [{ increment: 10, interval: 0 }, {}],
    [
      { pegs: 'VQ_EWT', media: 'chat', service: 'billing' },
      { pegs: 'VQ_EWT', media: 'chat', service: 'billing' },
    ],
    [{ pegs: '', media: null }, {}],
    [{ exclude: ['alice', 7] }, { exclude: ['alice', '7'] }],
  ];
  for (const [given, place] of understood)
    it(`${JSON.stringify({ given })} is ${JSON.stringify(place)}`, () => {
      expect(placeOf(toData(given), SINCE)).to.deep.equal(place);
    });

  for (const given of [{ age: 'old' }, { age: -1 }, { increment: 'fast', interval: 60 }, { interval: {} }])
    it(`${JSON.stringify(given)} is refused, with the name of what is wrong`, () => {
      expect(() => placeOf(toData(given), SINCE)).to.throw(Refusal, /age|increment|interval/);
    });
});
