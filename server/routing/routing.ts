/**
 * Routing on a clock: hands decisions to the sink in order, and sets one timer for what is due next. All deciding is in
 * `core.ts`; the port is `port.ts`.
 *
 * 1. Where a cluster says who may take an agent, a selection is told when it has said so; if it refuses, the request is back in
 *    line, and nobody hears of it. What comes of other requests is not held up.
 * 2. There the agent is this router's until the call is at the phone, which all routers see, or the offer is over.
 */
import type { Clock } from '../clock.js';
import type { AgentReservations } from './cluster.js';
import { Core, ROUTER_OPTIONS } from './core.js';
import { expectedWait } from './handling.js';
import type { RouterOptions } from './offers.js';
import type { Ticket } from './pool.js';
import type { Agent, AgentState, QueueView, RouterPort, RoutingEvent, Selected, Standing } from './port.js';
import { statisticRows } from './statistic-rows.js';
import { statisticOf, statisticProblem } from './statistics.js';

export interface RoutingConfig {
  readonly clock: Clock;
  readonly agents: readonly Agent[];
  readonly options?: Partial<RouterOptions>;
  readonly cluster?: AgentReservations;
}

/** How long an agent counts as another router's after a refusal. */
const ELSEWHERE = 1_000;

export function routing({ clock, agents, options, cluster }: RoutingConfig): RouterPort {
  const core = new Core(agents, { ...ROUTER_OPTIONS, ...options });
  /** Reservations that the cluster has been asked for, and said yes to. */
  const asked = new Set<string>();
  const granted = new Map<string, Selected>();
  /** Of agents to whom an accepted call is on its way. */
  const arriving = new Map<string, string>();
  let sink: ((event: RoutingEvent) => void) | undefined;
  let watcher: ((agent: string, state: AgentState) => void) | undefined;
  let timer: unknown;
  let delivering = false;
  const outcomes: RoutingEvent[] = [];

  function run<T>(what: string, work: (now: number) => T): T {
    if (!sink) throw new Error(`Routing was asked to ${what} while it was not started`);
    const done = work(clock.now());
    tellTurned();
    for (const event of core.decided()) {
      if (event.type === 'selected' && cluster && event.selected.agent !== undefined) askCluster(cluster, event);
      else {
        if (event.type === 'ended') letGo(event.id, event.why === 'accepted');
        outcomes.push(event);
      }
    }
    arm();
    deliver(sink);
    return done;
  }

  function tellTurned(): void {
    const turned = [...core.floor.turned];
    core.floor.turned.clear();
    if (watcher) for (const { agent, state } of turned) watcher(agent.id, state);
  }

  /** 1 */
  function askCluster(by: AgentReservations, event: RoutingEvent & { readonly type: 'selected' }): void {
    const { selected, id } = event;
    const { agent = '', reservation, untilMs } = selected;
    const answer = (has: boolean): void => {
      const isWanted = asked.delete(reservation) && sink !== undefined;
      if (has && !isWanted) by.release(agent, reservation);
      if (!isWanted) return;
      if (!has) return void run('go on', (now) => core.refuse(reservation, now + ELSEWHERE, now));
      granted.set(id, selected);
      outcomes.push({ ...event, at: clock.now() });
      if (sink) deliver(sink);
    };
    asked.add(reservation);
    const said = by.reserve(agent, reservation, untilMs);
    Promise.resolve(said).then(answer, () => answer(false));
  }

  const keeps = (agent: string, reservation: string): boolean =>
    core.floor.seats.get(agent)?.reservation?.id === reservation;

  const forgetAsked = (id: string): void => {
    for (const each of asked) if (each.startsWith(`${id}#`)) asked.delete(each);
  };

  function letGo(id: string, isAccepted: boolean): void {
    const { agent, reservation = '' } = granted.get(id) ?? {};
    granted.delete(id);
    forgetAsked(id);
    if (agent === undefined) return;
    if (isAccepted && keeps(agent, reservation)) arriving.set(agent, reservation);
    else cluster?.release(agent, reservation);
  }

  /** 2 */
  function turned(agent: string): void {
    const reservation = arriving.get(agent);
    const { reservation: kept } = core.floor.seats.get(agent) ?? {};
    if (kept?.request !== undefined && granted.get(kept.request)?.reservation === kept.id)
      void cluster?.reserve(agent, kept.id, kept.untilMs);
    else if (reservation !== undefined) cluster?.release(agent, reservation);
    arriving.delete(agent);
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

  function onTime(): void {
    run('wait', (now) => core.time(now));
  }

  function arm(): void {
    clock.clearTimeout(timer);
    const due = core.nextDue;
    if (due < Infinity) timer = clock.setTimeout(onTime, due - clock.now());
  }

  function standing(id: string): Standing {
    const ticket = core.requests.get(id);
    if (!ticket) return { state: 'ended' };
    if (ticket.selected && !asked.has(ticket.selected.reservation))
      return { state: 'selected', selected: ticket.selected };
    const rank = core.queues.known(ticket.request.vq)?.line.rank(ticket) ?? 0;
    return { state: 'waiting', position: rank + 1 };
  }

  return {
    agents,
    start(to) {
      sink = to;
    },
    watch(listener) {
      watcher = listener;
    },
    stop() {
      clock.clearTimeout(timer);
      sink = undefined;
    },
    submit(request) {
      run('submit', (now) => core.submit(request, now));
      return standing(request.id);
    },
    update: (id, change) => run('update', (now) => core.update(id, change, now)),
    cancel: (id) => run('cancel', (now) => core.cancel(id, now)),
    confirm(reservation, outcome) {
      if (outcome !== 'accepted') letGo(reservation.slice(0, reservation.lastIndexOf('#')), false);
      return run('confirm', (now) => core.confirm(reservation, outcome, now));
    },
    report(agent, phone) {
      if (!core.floor.seats.has(agent)) throw new Error(`Agent "${agent}" reports ${phone} but is not configured`);
      run('report', (now) => core.report(agent, phone, now));
      turned(agent);
    },
    occupy(agent, media, count) {
      const seat = core.floor.seats.get(agent);
      if (!seat) throw new Error(`Agent "${agent}" has ${media} but is not configured`);
      // before the next one is asked for
      if (count > seat.has(media)) turned(agent);
      run('occupy', (now) => core.occupy(agent, media, count, now));
    },
    pause(service, paused) {
      run('pause', (now) => core.pause(service, paused, now));
    },
    standing,
    waiting: (vq) => core.queues.known(vq)?.line.size ?? 0,
    activity(vq) {
      const queue = core.queues.known(vq);
      return queue && { waiting: queue.line.size, distributed: queue.distributed };
    },
    place(id, vq) {
      const ticket = core.requests.get(id);
      const queue = core.queues.known(vq);
      if (!ticket || !queue || !core.queues.of(ticket.request).includes(queue)) return undefined;
      return { position: ticket.waits ? queue.line.rank(ticket) + 1 : 0, waitedMs: clock.now() - ticket.ageStartMs };
    },
    queues: () => [...core.queues.named].map(([name, { line }]) => viewOf(name, line, clock.now())),
    agentState: (agent) => core.floor.seats.get(agent)?.state,
    peg: (vq, waitedMs) => core.queues.opened(vq, clock.now()).pass(waitedMs),
    expectedWait: (vq, method) => expectedWait(core.queues, vq, method),
    statistic: (object, name) => statisticOf(core, object, name, clock.now()),
    statisticProblem: (object, name) => statisticProblem(core, object, name),
    statisticRows: (more = []) => statisticRows(core, more, clock.now()),
  };
}

const viewOf = (name: string, line: Iterable<Ticket> & { readonly size: number }, now: number): QueueView => {
  let oldest = now;
  for (const { ageStartMs } of line) oldest = Math.min(oldest, ageStartMs);
  return { name, waiting: line.size, longestMs: now - oldest };
};
