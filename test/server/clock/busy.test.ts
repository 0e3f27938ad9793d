import { expect } from 'chai';
import fc from 'fast-check';
import { busyClock } from '../../../server/clock/busy.js';

interface Span {
  readonly wall: number;
  readonly cpu: number;
}

/** What the clock tells after each span. */
const told = (spans: readonly Span[]): number[] => {
  let [wall, cpu] = [100, 7];
  const clock = busyClock({ elapsed: () => wall, used: () => cpu });
  const first = clock();
  return spans.map((span) => {
    wall += span.wall;
    cpu += span.cpu;
    return clock() - first;
  });
};

describe('busyClock', () => {
  it('stands while the process waits for a processor', () => {
    expect(told([{ wall: 500, cpu: 3 }])).to.deep.equal([3]);
  });

  it('goes with the wall while other threads of the process work too', () => {
    expect(told([{ wall: 50, cpu: 130 }])).to.deep.equal([50]);
  });

  it('counts short spans as they are, until a longer one is known better', () => {
    const spans = [
      { wall: 1, cpu: 0 },
      { wall: 0.5, cpu: 0 },
      { wall: 8, cpu: 4 },
    ];
    expect(told(spans)).to.deep.equal([1, 1.5, 4]);
  });

  it('never goes back, and never goes on faster than the wall', () => {
    const span = fc.record({
      wall: fc.double({ min: 0, max: 9, noNaN: true }),
      cpu: fc.double({ min: 0, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        let [before, wall] = [0, 0];
        told(spans).forEach((now, index) => {
          wall += spans[index]?.wall ?? 0;
          expect(now).to.be.at.least(before);
          expect(now).to.be.at.most(wall + 1e-9);
          before = now;
        });
      }),
    );
  });
});
