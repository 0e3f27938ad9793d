import { expect } from 'chai';
import { virtualClock } from '../../server/clock/virtual.js';
import { problem, Problem } from '../../server/problems.js';
import { rateLimit } from '../../server/rate-limit.js';

const LIMIT = 6;

/** A client's requests: what each is answered, `in` or the seconds to wait. */
const door = (perMinute = LIMIT) => {
  const clock = virtualClock();
  const admit = rateLimit(clock, perMinute);
  const ask = (ip: string): string => {
    const headers: string[] = [];
    try {
      admit({ ip }, { set: ((...header: string[]) => headers.push(header.join(': '))) as never });
      return 'in';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(error.status).to.equal(429);
      return headers.join();
    }
  };
  const asks = (ip: string, times: number): string[] => Array.from({ length: times }, () => ask(ip));
  return { clock, ask, asks };
};

describe('rateLimit', () => {
  it('lets one address ask so often at once, then says when to come again', () => {
    const { ask, asks } = door();
    expect(new Set(asks('192.0.2.1', LIMIT))).to.deep.equal(new Set(['in']));
    expect(ask('192.0.2.1')).to.equal('Retry-After: 10');
    expect(ask('192.0.2.2')).to.equal('in');
  });

  it('lets it ask as often as that in a minute, and not more after a rest', async () => {
    const { clock, ask, asks } = door();
    asks('192.0.2.1', LIMIT);
    await clock.advance(9_999);
    expect(ask('192.0.2.1')).to.equal('Retry-After: 1');
    await clock.advance(1);
    expect(asks('192.0.2.1', 2)).to.deep.equal(['in', 'Retry-After: 10']);
    await clock.advance(3_600_000);
    expect(asks('192.0.2.1', LIMIT + 1).filter((each) => each === 'in')).to.have.length(LIMIT);
  });

  it('does not make who asks meanwhile wait longer', async () => {
    const { clock, ask, asks } = door();
    asks('192.0.2.1', LIMIT);
    for (let second = 1; second < 10; second++) {
      await clock.advance(1000);
      expect(ask('192.0.2.1')).to.equal(`Retry-After: ${10 - second}`);
    }
    await clock.advance(1000);
    expect(ask('192.0.2.1')).to.equal('in');
  });

  const pairs: [one: string, other: string, same: boolean][] = [
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:9::', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    ['::1', '::2', true],
    ['::1', '1::', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['fe80::1%eth0', 'fe80::2%eth0', true],
  ];
  for (const [one, other, same] of pairs)
    it(`takes ${one} and ${other} for ${same ? 'one client' : 'two'}`, () => {
      const { ask, asks } = door();
      asks(one, LIMIT);
      expect(ask(other)).to.equal(same ? 'Retry-After: 10' : 'in');
    });

  for (const perMinute of [1, 7, 599, 600, 7_777])
    it(`lets in ${perMinute} at once where that is the limit, and as many a minute later`, async () => {
      const { clock, asks } = door(perMinute);
      for (const minute of [1, 2]) {
        const answers = asks('192.0.2.1', perMinute + 1).filter((each) => each === 'in').length;
        expect(answers, String(minute)).to.equal(perMinute);
        await clock.advance(60_000);
      }
    });

  it('has no limit when that is 0', () => {
    expect(new Set(door(0).asks('192.0.2.1', 1000))).to.deep.equal(new Set(['in']));
  });

  it('remembers ten thousand addresses, and forgets who asked longest ago', () => {
    const { ask, asks } = door();
    asks('first', LIMIT);
    asks('second', LIMIT);
    expect(ask('first')).not.to.equal('in');
    for (let n = 2; n <= 10_000; n++) ask(`client ${n}`);
    expect(ask('first')).not.to.equal('in');
    expect(ask('second')).to.equal('in');
  });

  it('says which setting it is', () => {
    expect(problem('TOO_MANY_REQUESTS', 6, 10).message).to.match(/6 times a minute.*10 s.*RINGBACK_WAITING_PER_MINUTE/);
  });
});
