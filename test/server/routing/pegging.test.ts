/** What is known of a virtual queue: who waits, what went from it, and a queue in which requests of another are only counted. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { Agent, RouterPort, RoutingEvent } from '../../../server/routing/port.js';
import { routing } from '../../../server/routing/routing.js';

const agents: Agent[] = ['A', 'B'].map((id) => ({ id, dn: id, switch: 'S', place: id, groups: ['G'] }));

describe('a virtual queue', () => {
  let clock: ReturnType<typeof virtualClock>;
  let router: RouterPort;
  let told: RoutingEvent[];
  beforeEach(() => {
    clock = virtualClock();
    told = [];
    router = routing({ clock, agents });
    router.start((event) => void told.push(event));
  });
  const submit = (id: string, pegs?: string): void =>
    void router.submit({ id, vq: 'VQ', targets: ['G@S.GA'], ...(pegs !== undefined && { pegs }) });
  const accept = (): void => {
    for (const event of told.splice(0)) {
      if (event.type === 'selected') router.confirm(event.selected.reservation, 'accepted');
    }
  };

  it('has no activity before somebody uses it', () => {
    expect(router.activity('VQ')).to.equal(undefined);
    submit('1');
    expect(router.activity('VQ')).to.deep.equal({ waiting: 1, distributed: 0 });
  });

  it('counts what went from it to an agent, by us or by another router', () => {
    submit('1');
    router.report('A', 'Ready');
    accept();
    router.peg('VQ', 60_000);
    expect(router.activity('VQ')).to.deep.equal({ waiting: 0, distributed: 2 });
  });

  it('knows the place of a request and how long it waits', async () => {
    submit('1');
    await clock.advance(4_000);
    submit('2');
    expect(router.place('1', 'VQ')).to.deep.equal({ position: 1, waitedMs: 4_000 });
    expect(router.place('2', 'VQ')).to.deep.equal({ position: 2, waitedMs: 0 });
    expect(router.place('2', 'VQ_X')).to.equal(undefined);
    expect(router.place('3', 'VQ')).to.equal(undefined);
  });

  it('has a request at place 0 while an agent is reserved for it', () => {
    submit('1');
    router.report('A', 'Ready');
    expect(router.place('1', 'VQ')).to.deep.include({ position: 0 });
  });

  it('that is only pegged has their places and times, and takes no part in serving them', async () => {
    submit('1', 'EWT');
    submit('2', 'EWT');
    expect(router.activity('EWT')).to.deep.equal({ waiting: 2, distributed: 0 });
    expect(router.place('2', 'EWT')).to.deep.equal({ position: 2, waitedMs: 0 });
    await clock.advance(30_000);
    router.report('A', 'Ready');
    expect(told.filter(({ type }) => type === 'selected')).to.have.length(1);
    accept();
    expect(router.activity('EWT')).to.deep.equal({ waiting: 1, distributed: 1 });
    expect(router.expectedWait('EWT', 'urs')).to.deep.include({ known: true, perCallMs: 30_000, waitMs: 60_000 });
    router.cancel('2');
    expect(router.activity('EWT')).to.deep.equal({ waiting: 0, distributed: 1 });
  });

  it('that is only pegged makes no agent a shared one', async () => {
    submit('1', 'EWT');
    router.report('A', 'Ready');
    accept();
    router.report('A', 'Ringing');
    router.report('A', 'Busy');
    await clock.advance(100_000);
    router.report('A', 'Ready');
    const [served, pegged] = [router.expectedWait('VQ', 'urs2'), router.expectedWait('EWT', 'urs2')];
    expect(served).to.deep.include({ known: true, perCallMs: 100_000 });
    expect(pegged).to.deep.equal(served);
  });

  it('does not tell the time to dial of a request that it only counts: that is told where it waits', () => {
    const request = { targets: ['G@S.GA'], held: true, dialling: { dialMs: 10 } };
    router.submit({ id: 'own', vq: 'VQ', ...request });
    router.submit({ id: 'counted', vq: 'Other', pegs: 'VQ', priority: 1, ...request });
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    const dials = told.flatMap((event) => (event.type === 'timetodial' ? [[event.id, event.position]] : []));
    expect(dials).to.deep.equal([
      ['counted', 1],
      ['own', 2],
    ]);
  });
});
