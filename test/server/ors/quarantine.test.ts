import { expect } from 'chai';
import fc from 'fast-check';
import { Quarantine } from '../../../server/ors/quarantine.js';

const limits = { breaches: 3, within: 100, lasts: 50 };
const document = { hash: 'h', uri: 'file:///a.scxml' };

describe('Quarantine', () => {
  let quarantine: Quarantine;
  beforeEach(() => {
    quarantine = new Quarantine(limits);
  });
  const breach = (...times: number[]): boolean[] => times.map((now) => quarantine.breached('h', now));
  const isOut = (now: number): boolean => quarantine.refusal(document, now) !== undefined;

  it('keeps a document out from the last breach that is allowed, and says so once', () => {
    expect(breach(0, 10)).to.deep.equal([false, false]);
    expect(isOut(10)).to.equal(false);
    expect(breach(20, 21)).to.deep.equal([true, false]);
    expect(quarantine.refusal(document, 30)?.toJSON()).to.include({ code: 'DOCUMENT_QUARANTINED' });
  });

  it('ends so long after the last breach', () => {
    breach(0, 10, 20);
    expect([isOut(69), isOut(70)]).to.deep.equal([true, false]);
    breach(40);
    expect([isOut(89), isOut(90)]).to.deep.equal([true, false]);
  });

  it('can come again, and is said again', () => {
    breach(0, 10, 20);
    expect(breach(75)).to.deep.equal([true]);
    expect(isOut(80)).to.equal(true);
  });

  it('does not add up breaches that are far apart', () => {
    expect(breach(0, 60, 120, 180, 240)).to.deep.equal([false, false, false, false, false]);
    expect(isOut(240)).to.equal(false);
  });

  it('is of one document', () => {
    breach(0, 1, 2);
    expect(quarantine.refusal({ ...document, hash: 'mended' }, 3)).to.equal(undefined);
  });

  it('forgets the document that has rested longest when there are too many', () => {
    breach(0, 1, 2);
    for (let other = 0; other < 1000; other++) quarantine.breached(String(other), 3);
    expect(isOut(4)).to.equal(false);
  });

  it('is as long as its rule says, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 30 }), fc.nat(200), (pauses, more) => {
        quarantine = new Quarantine(limits);
        const times = pauses.map((_, index) => pauses.slice(0, index + 1).reduce((sum, pause) => sum + pause, 0));
        breach(...times);
        const now = (times.at(-1) ?? 0) + more;
        const ends = times.filter((time, index) => time - (times[index - 2] ?? -Infinity) < limits.within);
        expect(isOut(now)).to.equal(ends.some((end) => now < end + limits.lasts));
      }),
    );
  });
});
