/** A router on a virtual clock, and what it has told as short lines. */
import { virtualClock } from '../../../server/clock/virtual.js';
import type { Agent, RoutingEvent, SubmitRequest } from '../../../server/routing/port.js';
import { routing } from '../../../server/routing/routing.js';

export const agent = (id: string, group: string, more: Partial<Agent> = {}): Agent => ({
  ...{ id, dn: `7${id}`, switch: 'SIP', place: `P${id}`, groups: [group] },
  ...more,
});

export const world = (agents: readonly Agent[], more: Partial<Parameters<typeof routing>[0]> = {}) => {
  const clock = more.clock ?? virtualClock();
  const router = routing({ clock, agents, ...more });
  const told: string[] = [];
  router.start((event) => told.push(`${clock.now()} ${event.id} ${whatOf(event)}`));
  const submit = (id: string, request: Partial<SubmitRequest> = {}) =>
    router.submit({ id, vq: 'VQ', targets: ['G@S.GA'], ...request });
  return { clock: clock as ReturnType<typeof virtualClock>, router, told, submit };
};

const whatOf = (event: RoutingEvent): string => {
  if (event.type === 'selected') return `-> ${event.selected.agent ?? event.selected.dn}`;
  return event.type === 'ended' ? event.why : `dial, ${event.position}.`;
};
