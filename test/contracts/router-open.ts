/** A router that was made for a contract, on a virtual clock, and what it tells as short lines. */
import { virtualClock, type VirtualClock } from '../../server/clock/virtual.js';
import type { Agent, OfferOutcome, RouterPort, RoutingEvent, SubmitRequest } from '../../server/routing/port.js';

export type MakeRouter = (agents: readonly Agent[], clock: VirtualClock) => RouterPort;

const wordOf = (event: RoutingEvent): string => {
  if (event.type === 'selected') return `-> ${event.selected.agent ?? event.selected.dn}`;
  return event.type === 'ended' ? event.why : `dial, ${event.position}.`;
};

export const openRouter = (makeRouter: MakeRouter, agents: readonly Agent[]) => {
  const clock = virtualClock();
  const router = makeRouter(agents, clock);
  const told: string[] = [];
  const offers = new Map<string, string>();
  router.start((event) => {
    told.push(`${event.id} ${wordOf(event)}`);
    if (event.type === 'selected') offers.set(event.id, event.selected.reservation);
  });
  return {
    clock,
    router,
    told,
    submit: async (id: string, more: Partial<SubmitRequest> = {}): Promise<void> => {
      router.submit({ id, vq: 'VQ', targets: ['G@S.GA'], ...more });
      await clock.settle();
    },
    ready: async (...ids: readonly string[]): Promise<void> => {
      for (const id of ids) router.report(id, 'Ready');
      await clock.settle();
    },
    confirm: async (id: string, outcome: OfferOutcome): Promise<boolean> => {
      const done = router.confirm(offers.get(id) ?? 'none', outcome);
      await clock.settle();
      return done;
    },
  };
};

export type OpenRouter = ReturnType<typeof openRouter>;
