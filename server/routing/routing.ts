/**
 * Routing on a clock: keeps the state, hands decisions to the sink in order, and sets one timer for what is due next.
 * All deciding is in `router.ts`; the port is `port.ts`.
 */
import type { Clock } from '../clock.js';
import type { Agent, RouterPort, RoutingEvent, Standing } from './port.js';
import { stateOf } from './roster.js';
import { decide, nextDue, ROUTER_OPTIONS, routerOf, ticketOf, type Command, type RouterOptions } from './router.js';
import { waitingIn } from './ticket.js';

export interface RoutingConfig {
  readonly clock: Clock;
  readonly agents: readonly Agent[];
  readonly options?: Partial<RouterOptions>;
}

export function routing({ clock, agents, options }: RoutingConfig): RouterPort {
  let state = routerOf(agents, { ...ROUTER_OPTIONS, ...options });
  let sink: ((event: RoutingEvent) => void) | undefined;
  let timer: unknown;
  let delivering = false;
  const outcomes: RoutingEvent[] = [];

  function run(command: Command): boolean {
    if (!sink) throw new Error(`Routing was asked to ${command.type} while it was not started`);
    const { state: next, decisions, done } = decide(state, command, clock.now());
    state = next;
    outcomes.push(...decisions);
    arm();
    deliver(sink);
    return done;
  }

  /** A sink may ask for more while it is told; what that leads to is told after what stands before it. */
  function deliver(to: (event: RoutingEvent) => void): void {
    if (delivering) return;
    delivering = true;
    try {
      for (let event = outcomes.shift(); event; event = outcomes.shift()) to(event);
    } finally {
      delivering = false;
    }
  }

  function arm(): void {
    clock.clearTimeout(timer);
    const due = nextDue(state, clock.now());
    if (due !== undefined) timer = clock.setTimeout(() => run({ type: 'time' }), due - clock.now());
  }

  function standing(id: string): Standing {
    const ticket = ticketOf(state, id);
    if (!ticket) return { state: 'ended' };
    if (ticket.selected) return { state: 'selected', selected: ticket.selected };
    return { state: 'waiting', position: waitingIn(state.tickets, ticket.request.vq).indexOf(ticket) + 1 };
  }

  return {
    start(to) {
      sink = to;
    },
    stop() {
      clock.clearTimeout(timer);
      sink = undefined;
    },
    submit(request) {
      run({ type: 'submit', request });
      return standing(request.id);
    },
    cancel: (id) => run({ type: 'cancel', id }),
    confirm: (reservation, outcome) => run({ type: 'confirm', reservation, outcome }),
    report(agent, phone) {
      if (!state.roster.has(agent)) throw new Error(`Agent "${agent}" reports ${phone} but is not configured`);
      run({ type: 'report', agent, state: phone });
    },
    standing,
    waiting: (vq) => waitingIn(state.tickets, vq).length,
    agentState(agent) {
      const seat = state.roster.get(agent);
      return seat && stateOf(seat);
    },
  };
}
