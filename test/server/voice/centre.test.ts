import { expect } from 'chai';
import fc from 'fast-check';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { Selected } from '../../../server/routing/port.js';
import { CallState, type InteractionId } from '../../../server/voice/port.js';
import { contactCentre, type CentreData, type LogEntry } from '../../../server/voice/simulated/centre.js';
import { DEMO_CENTRE } from '../../../server/voice/simulated/demo.js';

/** A caller in its simplest form: dial, queue with music, route to whom is selected, try again when it fails. */
async function run(data: CentreData, seed: string, numbers: readonly string[], spacingMs = 2_000) {
  const clock = virtualClock(1_700_000_000_000);
  const log: LogEntry[] = [];
  const centre = contactCentre({ ...data, clock, seed, log: (entry) => log.push(entry) });
  const { telephony, router } = centre;
  const calls = new Map<string, InteractionId>();
  const ends: string[] = [];

  async function connect(id: string, selected: Selected): Promise<void> {
    const ixn = calls.get(id) ?? ('none' as InteractionId);
    const to = { kind: 'dn', value: selected.dn } as const;
    const requestId = selected.reservation;
    const routed = await telephony.route({ requestId, ixn, to, ringTimeoutMs: 8_000, confirm: true });
    if (routed.ok) router.confirm(selected.reservation, 'accepted');
    else if (routed.code === 'gone') router.cancel(id);
    else router.confirm(selected.reservation, routed.code === 'no-answer' ? 'no-answer' : 'rejected');
  }
  async function serve(id: string, number: string): Promise<void> {
    const result = await telephony.createCall({
      requestId: id,
      from: { kind: 'routePoint', value: '8999' },
      to: { kind: 'number', value: number },
      ringTimeoutMs: 32_000,
      cpd: { timeGuardMs: 15_000, keepOnMachine: false },
    });
    if (!result.connected) return void ends.push(`${id} state ${result.state}`);
    calls.set(id, result.ixn);
    void telephony.play({ requestId: `${id} music`, ixn: result.ixn, prompt: { file: 'music.wav', loop: true } });
    router.submit({ id, vq: 'Billing_VQ', targets: ['Billing@StatServer.GA'], timeoutMs: 900_000 });
  }

  router.start((event) => {
    if (event.type === 'selected') void connect(event.id, event.selected);
    else if (event.type === 'ended') ends.push(`${event.id} ${event.why}`);
  });
  await telephony.start((event) => {
    const id = [...calls].find(([, ixn]) => ixn === event.ixn)?.[0];
    if (event.type === 'deleted' && id !== undefined) router.cancel(id);
  });
  centre.open();
  for (const [index, number] of numbers.entries()) {
    void serve(`${index}`, number);
    await clock.advance(spacingMs);
  }
  await clock.advance(3_600_000);
  return { centre, clock, log, ends: ends.sort() };
}

const from = (log: readonly LogEntry[], source: LogEntry['source']) => log.filter((entry) => entry.source === source);

describe('contactCentre: the demo', () => {
  it('has a number for every outcome', async () => {
    const { ends } = await run(
      DEMO_CENTRE,
      'demo',
      ['1', '2', '3', '4', '5', '6', '7', '7', '8', '0'].map((d) => `555010${d}`),
    );
    expect(ends).to.deep.equal([
      '0 state 6',
      '1 state 7',
      '2 state 9',
      '3 state 17',
      '4 accepted',
      '5 cancelled',
      '6 state 6',
      '7 accepted',
      '8 state 11',
      '9 accepted',
    ]);
  });

  it('shows an agent who rejects and one who does not answer, whose calls others take', async () => {
    const { ends, log } = await run(
      DEMO_CENTRE,
      'demo',
      Array.from({ length: 12 }, () => '5550100'),
    );
    expect(ends.filter((end) => end.endsWith('accepted')).length).to.equal(12);
    const released = from(log, 'voice').flatMap(({ event }) => ('by' in event ? [event.state] : []));
    expect(released).to.include(CallState.NoAnswer);
    const offers = from(log, 'routing').flatMap(({ event }) => ('selected' in event ? [event.selected.agent] : []));
    expect(new Set(offers)).to.deep.equal(new Set(['alice', 'boris', 'chloe', 'dinesh']));
    expect(offers.length).to.equal(14);
  });

  it('is data that a JSON file can hold', () => {
    expect(JSON.parse(JSON.stringify(DEMO_CENTRE))).to.deep.equal(DEMO_CENTRE);
  });

  it('closes with nobody on the phone and nothing left to happen', async () => {
    const { centre, clock, log } = await run(DEMO_CENTRE, 'demo', ['5550100', '5550100'], 9_000);
    await centre.close();
    const length = log.length;
    await clock.advance(3_600_000);
    expect(log.length).to.equal(length);
    expect([...centre.desktops.values()].map((desktop) => desktop.state)).to.deep.equal(Array(6).fill('LoggedOut'));
  });
});

describe('contactCentre: invariants', () => {
  const numbers = fc.array(
    fc.nat(9).map((digit) => `55501${digit}`),
    { minLength: 1, maxLength: 25 },
  );

  it('does the same for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.string(), async (dialled, seed) => {
        expect((await run(DEMO_CENTRE, seed, dialled)).log).to.deep.equal((await run(DEMO_CENTRE, seed, dialled)).log);
      }),
      { numRuns: 10 },
    );
    const many = Array.from({ length: 20 }, (_, i) => `555${i}9`);
    expect((await run(DEMO_CENTRE, 'a', many)).ends).not.to.deep.equal((await run(DEMO_CENTRE, 'b', many)).ends);
  });

  it('ends every request once, and never has an agent in two calls', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 5_000 }), async (dialled, spacing) => {
        const { log, ends, centre } = await run(DEMO_CENTRE, 'seed', dialled, spacing);
        expect(ends.map((end) => end.split(' ')[0]).sort()).to.deep.equal(dialled.map((_, index) => `${index}`).sort());
        expect(centre.router.waiting('Billing_VQ')).to.equal(0);
        const talking = new Map<string, string>();
        for (const { event } of from(log, 'voice') as Extract<LogEntry, { source: 'voice' }>[]) {
          if (event.type === 'ringing' && event.to.kind === 'dn') {
            expect([...talking.values()]).not.to.include(event.to.value);
            talking.set(event.leg, event.to.value);
          }
          if (event.type === 'released') talking.delete(event.leg);
        }
        expect(talking.size).to.equal(0);
      }),
      { numRuns: 20 },
    );
  });
});
