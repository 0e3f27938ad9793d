/**
 * What routers do that share agents: two of them before one floor. Both see the phones; neither sees the other's requests.
 * `router.ts` has what each does for itself.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { virtualClock, type VirtualClock } from '../../server/clock/virtual.js';
import type { Agent, OfferOutcome, PhoneState, RouterPort, Selected } from '../../server/routing/port.js';

type MakeRouters = (agents: readonly Agent[], clock: VirtualClock) => readonly RouterPort[];

const agents: readonly Agent[] = ['A', 'B', 'C'].map((id) => ({
  ...{ id, dn: `7${id}`, switch: 'SIP', place: `P${id}`, groups: ['G'] },
}));
const RESERVE = 5_000;
const ELSEWHERE = 2_000;

type Act =
  | { readonly do: 'submit' | 'cancel'; readonly by: number; readonly n: number }
  | { readonly do: 'confirm'; readonly outcome: OfferOutcome }
  | { readonly do: 'report'; readonly agent: string; readonly phone: PhoneState }
  | { readonly do: 'wait'; readonly ms: number };

const by = fc.nat(1);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), by, n: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), by, n: fc.nat(20) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('confirm' as const),
        outcome: fc.constantFrom<OfferOutcome>('accepted', 'rejected', 'no-answer'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('report' as const),
        agent: fc.constantFrom('A', 'B', 'C'),
        phone: fc.constantFrom<PhoneState>('Ready', 'Ready', 'Busy', 'NotReady'),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(RESERVE) }) },
  ),
  { minLength: 5, maxLength: 60 },
);

/** What happens before the two; `look` is told who is offered which agent, after each act. */
const floorOf = (makeRouters: MakeRouters) => {
  const clock = virtualClock();
  const routers = makeRouters(agents, clock);
  const offers: (Selected & { readonly by: number; readonly id: string })[] = [];
  const ended: string[] = [];
  for (const [by, router] of routers.entries())
    router.start((event) => {
      if (event.type === 'selected') offers.push({ ...event.selected, by, id: event.id });
      if (event.type !== 'ended') return;
      ended.push(event.id);
      drop(({ id }) => id === event.id);
    });
  const drop = (which: (offer: (typeof offers)[number]) => boolean): void => {
    const left = offers.filter((offer) => !which(offer));
    offers.splice(0, offers.length, ...left);
  };
  const submitted = new Set<string>();
  const submit = (by: number, id: string): void => {
    if (submitted.has(id)) return;
    submitted.add(id);
    routers[by]?.submit({ id, vq: 'VQ', targets: ['G@S.GA'], reserveMs: RESERVE, timeoutMs: 4 * RESERVE });
  };
  const confirm = (outcome: OfferOutcome): void => {
    const [first] = offers;
    drop((offer) => offer === first);
    if (first) routers[first.by]?.confirm(first.reservation, outcome);
  };
  return {
    clock,
    routers,
    offers,
    ended,
    submitted,
    async do(act: Act): Promise<void> {
      switch (act.do) {
        case 'submit':
          submit(act.by, `S${act.by}.${act.n}/1/0`);
          break;
        case 'cancel':
          routers[act.by]?.cancel(`S${act.by}.${act.n}/1/0`);
          break;
        case 'report':
          for (const router of routers) router.report(act.agent, act.phone);
          break;
        case 'confirm':
          confirm(act.outcome);
          break;
        case 'wait':
          await clock.advance(act.ms);
      }
      await clock.settle();
    },
  };
};

export function clusterContract(makeRouters: MakeRouters): void {
  it('one waits until the other lets go of the agent', async () => {
    const floor = floorOf(makeRouters);
    await floor.do({ do: 'report', agent: 'A', phone: 'Ready' });
    for (const by of [0, 1]) await floor.do({ do: 'submit', by, n: 1 });
    await floor.do({ do: 'wait', ms: ELSEWHERE });
    expect(floor.offers.map(({ by }) => by)).to.deep.equal([0]);
    await floor.do({ do: 'cancel', by: 0, n: 1 });
    await floor.do({ do: 'wait', ms: ELSEWHERE });
    expect(floor.offers.map(({ by }) => by)).to.deep.equal([1]);
  });

  it('one does not take an agent to whom a call of the other is on its way', async () => {
    const floor = floorOf(makeRouters);
    await floor.do({ do: 'report', agent: 'A', phone: 'Ready' });
    for (const by of [0, 1]) await floor.do({ do: 'submit', by, n: 1 });
    await floor.do({ do: 'confirm', outcome: 'accepted' });
    await floor.do({ do: 'wait', ms: ELSEWHERE });
    expect(floor.offers).to.deep.equal([]);
    for (const phone of ['Busy', 'Ready'] as const) await floor.do({ do: 'report', agent: 'A', phone });
    await floor.do({ do: 'wait', ms: ELSEWHERE });
    expect(floor.offers.map(({ by }) => by)).to.deep.equal([1]);
  });

  it('no agent is ever offered by both, and each request ends once', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (history) => {
        const floor = floorOf(makeRouters);
        for (const act of history) {
          await floor.do(act);
          const held = floor.offers.map(({ agent }) => agent);
          expect(new Set(held).size, held.join()).to.equal(held.length);
        }
        await floor.clock.advance(10 * RESERVE);
        expect([...floor.ended].sort()).to.deep.equal([...floor.submitted].sort());
      }),
      { numRuns: 60 },
    );
  });
}
