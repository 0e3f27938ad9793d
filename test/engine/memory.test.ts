/** What the engine remembers of a chart stays bounded, whatever names and configurations come (step/configuration.ts, 2). */
import { expect } from 'chai';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Chart } from '../../engine/chart.js';
import { compileText } from '../../engine/index.js';
import { deliver, interpret } from '../../engine/step/algorithm.js';
import { Configurations, configurationsOf, Memo } from '../../engine/step/configuration.js';

const MiB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** Bytes that `act` leaves behind. */
const kept = (act: () => void): number => {
  const before = heap();
  act();
  return heap() - before;
};

const chartOf = (body: string): Chart =>
  compileText(`<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null">${body}</scxml>`, {
    trusted: false,
  });

const region = (index: number): string =>
  `<state id="r${index}"><state id="r${index}off"><transition event="on.${index}" target="r${index}on"/></state>` +
  `<state id="r${index}on"><transition event="off.${index}" target="r${index}off"/></state></state>`;

const regions = (count: number): Chart =>
  chartOf(`<parallel id="p">${Array.from({ length: count }, (_, index) => region(index)).join('')}</parallel>`);

const event = (name: string) => ({ name, type: 'external' }) as const;

describe('the memory of a chart', () => {
  it('holds at most 512 answers of one kind for a configuration', () => {
    const memo = new Memo<number, string>({ memos: 0 });
    for (let key = 0; key < 512; key += 1) memo.set(key, 'kept');
    expect(memo.get(0)).to.equal('kept');
    memo.set(512, 'kept');
    expect([memo.get(0), memo.get(512)]).to.deep.equal([undefined, 'kept']);
  });

  it('does not grow with 100,000 different event names', () => {
    const session = interpret(chartOf('<state id="a"><transition event="*"/></state>'), { sessionid: 's' }, 0);
    const bytes = kept(() => {
      for (let n = 0; n < 100_000; n += 1) deliver(session, event(`name.${n}`), 0);
    });
    expect(bytes).to.be.below(MiB);
    expect(session.configuration.byEvent.get('name.0')).to.equal(undefined);
  });

  it('keeps no long event names', () => {
    const session = interpret(chartOf('<state id="a"/>'), { sessionid: 's' }, 0);
    const bytes = kept(() => {
      for (let n = 0; n < 100; n += 1) deliver(session, event(`${n}${'x'.repeat(MiB / 4)}`.concat('')), 0);
    });
    expect(bytes).to.be.below(2 * MiB);
  });

  it('does not grow with 16,384 configurations', function () {
    this.timeout(30_000);
    const chart = regions(14);
    const session = interpret(chart, { sessionid: 's' }, 0);
    const seen = new Set<string>();
    // A Gray code: each event changes one region, and every configuration is met once.
    const walk = () => {
      for (let n = 1; n < 2 ** 14; n += 1) {
        const bit = Math.log2(n & -n);
        const on = ((n ^ (n >> 1)) >> bit) & 1;
        deliver(session, event(`${on === 1 ? 'on' : 'off'}.${bit}`), 0);
        seen.add(session.configuration.atomic.map(({ id }) => id.endsWith('on')).join());
      }
    };
    walk();
    expect(seen.size).to.equal(2 ** 14 - 1);
    expect(session.configuration.generation).to.be.at.least(3);
    const again = kept(() => {
      for (let n = 13; n >= 0; n -= 1) deliver(session, event(`off.${n}`), 0);
      walk();
    });
    expect(again).to.be.below(16 * MiB);
  });

  it('begins a new generation at 65,536 memos, though no new configuration comes', () => {
    const chart = regions(9);
    const session = interpret(chart, { sessionid: 's' }, 0);
    const { generation } = session.configuration;
    for (let n = 1; n < 2 ** 9; n += 1) {
      const bit = Math.log2(n & -n);
      deliver(session, event(`${((n ^ (n >> 1)) >> bit) & 1 ? 'on' : 'off'}.${bit}`), 0);
      for (let name = 0; name < 140; name += 1) deliver(session, event(`name.${name}`), 0);
    }
    expect(session.configuration.generation).to.be.above(generation);
  });

  it('lets a session that slept through an eviction go on', () => {
    const chart = regions(13);
    const [sleeper, walker] = ['sleeper', 'walker'].map((sessionid) => interpret(chart, { sessionid }, 0));
    if (!sleeper || !walker) throw new Error('two sessions were started');
    const { generation } = sleeper.configuration;
    for (let n = 1; n < 2 ** 13; n += 1) {
      const bit = Math.log2(n & -n);
      deliver(walker, event(`${((n ^ (n >> 1)) >> bit) & 1 ? 'on' : 'off'}.${bit}`), 0);
    }
    deliver(sleeper, event('on.3'), 0);
    expect(sleeper.configuration.generation).to.be.above(generation);
    expect(sleeper.configuration.atomic.filter(({ id }) => id.endsWith('on')).map(({ id }) => id)).to.deep.equal([
      'r3on',
    ]);
    expect(configurationsOf(chart).intern(sleeper.configuration.states)).to.equal(sleeper.configuration);
  });

  it('is the same object for the same states of one generation', () => {
    const { states } = regions(2);
    const table = new Configurations(0);
    expect(table.intern(states.slice(1, 3))).to.equal(table.intern(states.slice(1, 3)));
  });
});
