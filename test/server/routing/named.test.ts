/** What strategies name: queues and targets of any name come, and do not stay for ever. */
import { expect } from 'chai';
import { Core } from '../../../server/routing/core.js';
import type { SubmitRequest } from '../../../server/routing/port.js';
import { agent } from './world.js';

const HOUR = 3_600_000;

describe('what strategies name', () => {
  let core: Core;
  beforeEach(() => {
    core = new Core([agent('A', 'G', { skills: { English: 5 } })]);
  });
  const submit = (id: string, now: number, more: Partial<SubmitRequest> = {}): boolean =>
    core.submit({ id, vq: `VQ${id}`, targets: [`?x${id}:English>${Number(id) || 1}@S.GA`], ...more }, now);
  const pools = (): number =>
    [...core.floor.seats.values()].reduce((sum, seat) => sum + core.floor.poolsOf(seat).length, 0);

  it('is forgotten when nobody has used it for an hour, once it is more than a thousand', () => {
    for (let n = 0; n < 4_000; n += 1) {
      submit(String(n), (n * HOUR) / 800);
      core.cancel(String(n), (n * HOUR) / 800);
    }
    expect(core.queues.named.size).to.be.within(1_000, 2_100);
    expect(pools()).to.be.at.most(2_100);
    expect([...core.floor.everybody.keys()].length).to.be.at.most(2_110);
  });

  it('stays as long as somebody waits for it, now or later, or had it in the last hour', () => {
    const steps = [{ target: '?now:English>1@S.GA', timeoutMs: 9 * HOUR }, { target: '?later:English>4@S.GA' }];
    core.report('A', 'NotReady', 0);
    submit('waits', 0, { targets: steps });
    core.queues.opened('pegged', 9 * HOUR).peg(5_000);
    submit('recent', 9 * HOUR);
    core.cancel('recent', 9 * HOUR);
    for (let n = 0; n < 3_000; n += 1) {
      submit(String(n), 0);
      core.cancel(String(n), 0);
    }
    for (let n = 3_000; n < 6_000; n += 1) {
      submit(String(n), 9.5 * HOUR);
      core.cancel(String(n), 9.5 * HOUR);
    }
    for (const name of ['VQwaits', 'pegged', 'VQrecent']) expect(core.queues.known(name), name).not.to.equal(undefined);
    expect(core.queues.known('VQ0')).to.equal(undefined);
    core.decided();
    core.report('A', 'Ready', 9.5 * HOUR);
    expect(core.decided().map((event) => event.type)).to.deep.equal(['selected']);
    core.cancel('waits', 9.5 * HOUR);
    core.report('A', 'NotReady', 9.5 * HOUR);
    core.report('A', 'Ready', 9.5 * HOUR);
    submit('again', 9.5 * HOUR, { targets: ['?x1:English>1@S.GA'] });
    expect(core.requests.get('again')?.selected?.agent, 'a target that was forgotten').to.equal('A');
  });

  it('is all kept as long as there is little of it', () => {
    submit('1', 0);
    core.cancel('1', 0);
    for (let n = 2; n < 900; n += 1) core.queues.opened(`VQ${n}`, 100 * HOUR);
    expect(core.queues.known('VQ1')).not.to.equal(undefined);
  });

  it('is told times to dial for only where somebody wants them', () => {
    for (let n = 0; n < 100; n += 1) submit(String(n), 0);
    expect(core.queues.toDial.size).to.equal(0);
    submit('dials', 0, { dialling: { dialMs: 1 }, held: true });
    submit('also', 0, { vq: 'VQdials', dialling: { dialMs: 1 }, held: true });
    expect([...core.queues.toDial.keys()]).to.deep.equal(['VQdials']);
    core.cancel('dials', 0);
    expect(core.queues.toDial.size).to.equal(1);
    core.cancel('also', 0);
    expect(core.queues.toDial.size).to.equal(0);
  });
});
