/**
 * The server as a process of its own, killed under load and at its fail points: what it promises, it keeps. The long form is
 * `npm run test:crash`. A store that answers before it writes has to be found out by the same suite.
 */
import { expect } from 'chai';
import { crashRun } from './run.js';
import { findings } from './table.js';

const seed = Number(process.env['CRASH_SEED'] ?? 20_261_123);

describe('a server that is killed', () => {
  it('loses and doubles nothing: killed at each of its points, and at random', async function () {
    this.timeout(180_000);
    const report = await crashRun({ seed, kills: 7, clients: 6 });
    expect(findings(report)).to.deep.equal([]);
    expect(report.acked, 'acknowledged').to.be.greaterThan(30);
    expect(report.tallies['events']?.expected, 'events').to.be.greaterThan(10);
  });

  it('is found out when it acknowledges before it writes', async function () {
    this.timeout(180_000);
    const report = await crashRun({
      seed,
      kills: 3,
      clients: 6,
      kinds: ['at an answer'],
      environment: { RINGBACK_ACK_EARLY: '1' },
    });
    expect(report.tallies['events']?.lost, 'events that are lost').to.not.deep.equal([]);
  });
});
