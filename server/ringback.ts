/**
 * The server, put together: world (telephony and routing), modules, host, callback services, HTTP. `main.ts` runs it on the
 * machine's clock and a port; scenario tests run the same thing on the virtual clock.
 */
import type { Express } from 'express';
import { isolatedKernel, type IsolatedKernel } from '../engine/index.js';
import { deadLetters } from './admin/dead-letters.js';
import { operatorRoutes } from './admin/operators.js';
import { Agents } from './agents/agents.js';
import { agentRoutes } from './agents/routes.js';
import { agentSockets, type Sockets } from './agents/sockets.js';
import { agentTokens } from './agents/tokens.js';
import { createApp } from './app.js';
import { processBusy } from './clock/busy.js';
import { openConfiguration } from './configuration/opened.js';
import { executing } from './execution/executing.js';
import { isGuest } from './execution/guests.js';
import { availability } from './gms/availability/availability.js';
import { availabilityRoutes } from './gms/availability/routes.js';
import { callbackService, type CallbackService } from './gms/callbacks.js';
import { forwarding } from './gms/forwarding.js';
import { PATTERNS, requirePatterns } from './gms/guards/exceptions.js';
import { callbackIds } from './gms/id.js';
import { administration } from './gms/queries/administration.js';
import { callbackAdminRoutes } from './gms/queries/routes-admin.js';
import { forwardRoutes } from './gms/routes-forward.js';
import { callbackRoutes } from './gms/routes.js';
import { queuesOf } from './gms/services.js';
import { health } from './health/health.js';
import { createMetrics } from './health/metrics.js';
import { Host } from './host/host.js';
import type { Module } from './host/module.js';
import { Replies } from './host/replies.js';
import { newId, newSeed } from './ids.js';
import { documentationRoutes } from './openapi/routes.js';
import { BasicHttp } from './ors/basic-http.js';
import { Documents } from './ors/documents.js';
import { fetchBy } from './ors/fetch.js';
import { Inbound } from './ors/inbound.js';
import { Interactions } from './ors/interactions.js';
import { lostCalls } from './ors/lost-calls.js';
import { callbackModule } from './ors/modules/callback.js';
import { dialogModule } from './ors/modules/dialog.js';
import { interactionModule } from './ors/modules/interaction.js';
import { Queue } from './ors/modules/queue.js';
import { sessionModel } from './ors/model/session.js';
import { resourceModule } from './ors/modules/resource.js';
import { sessionModule } from './ors/modules/session.js';
import { statisticModule } from './ors/modules/statistic.js';
import { tables } from './ors/modules/tables.js';
import { wsModule } from './ors/modules/ws.js';
import { outgoing } from './ors/outgoing.js';
import { Quarantine } from './ors/quarantine.js';
import { orsRoutes } from './ors/routes.js';
import { defaultTenants } from './ors/tenants.js';
import type { Parts } from './parts.js';
import { recorder, type Recorder } from './reporting/recorder.js';
import { entrance, peopleIn } from './users/entrance.js';
import { talks } from './voice/talks.js';
import { waiting } from './waiting.js';

export interface Ringback {
  readonly app: Express;
  /** For `upgrade` of the HTTP server that the application is on. */
  readonly upgrade: Sockets['upgrade'];
  readonly host: Host;
  readonly callbacks: CallbackService;
  /** What was told of callbacks. */
  readonly reported: Recorder['entries'];
  /** No more is taken, effects under way have `grace` milliseconds. `at` is told what is waited for. Does not close the store. */
  stop(options?: { readonly grace?: number; readonly at?: (what: string) => void }): Promise<void>;
}

export const ringback = async (parts: Parts): Promise<Ringback> => {
  const { config, url, clock, world, tenants = defaultTenants, log, metrics = createMetrics(), passing } = parts;
  const { people = peopleIn(undefined) } = parts;
  const during: NonNullable<Parts['during']> = parts.during ?? ((work) => work);
  let kernel: Promise<IsolatedKernel> | undefined;
  const { store, ...operating } = health({
    store: parts.store,
    clock,
    metrics,
    newId,
    host: () => host,
    kernel: () => kernel,
  });
  const documents = new Documents(
    parts.places,
    () => (kernel ??= isolatedKernel({ limits: config.kernel, elapsed: processBusy() })),
    { quarantine: new Quarantine(), clock, log },
    parts.warm?.documents,
  );
  const { telephony: voice, router } = world;
  const interactions = new Interactions({
    voice,
    store,
    tell: (sessionid, event, writes) => host.tell(sessionid, event, writes),
    write: (writes) => host.outbox.write(writes),
    isActive: (sessionid) => host.directory.has(sessionid),
    log,
  });
  const queue = new Queue({ router, clock, store, voice, chat: world.chat, interactions });
  const replies = new Replies(clock);
  const ask = outgoing({ url, hosts: config.fetchHosts, networks: config.networks, clock, during });
  const http = new BasicHttp({
    url,
    ask,
    limit: config.bodyLimit,
    timeout: config.requestTimeoutMs,
    deliver: (sessionid, event, id) => host.receive(sessionid, event, id),
  });
  const { lists, services, ...opened } = await openConfiguration({ ...parts, tenants, store });
  requirePatterns(lists.named(PATTERNS));
  const seen = sessionModel({
    lists: () => lists.changed,
    tenants,
    now: () => clock.now(),
    server: () => ({ url: url(), name: `node${config.node}`, cluster: 'ringback' }),
  });
  const told = recorder(log);
  const statistic = statisticModule({ router, clock, store, everyMs: config.statisticsMs });
  const modules: Module[] = [
    sessionModule({ sessions: () => host, fetch: fetchBy(ask), model: seen, clock }),
    wsModule(replies),
    interactionModule({ voice, chat: world.chat, router: queue, interactions }),
    dialogModule({ voice, interactions, clock }),
    queue.module,
    statistic,
    resourceModule(router),
    callbackModule({ voice, reporting: told }),
  ];
  const host: Host = new Host({
    documents: {
      load: (src, from) => during(documents.load(src, from)),
      inline: (text, holder) => during(documents.inline(text, holder)),
      again: (record) => during(documents.again(record)),
    },
    store,
    clock,
    replies,
    newId,
    newSeed,
    log,
    callback: (id, entry) => (isGuest({ id }) ? executed.guests : callbacks).due(id, entry),
    platform: (sessionid) => ({ url: `${url()}/scxml/session/${sessionid}` }),
    processors: [http],
    residents: config.sessionsInMemory,
    keepMs: config.keepSessionsMs,
    observer: metrics.host,
    ...(passing && { passing }),
    ...(parts.warm && { compiled: parts.warm.charts }),
    modules,
  });
  store.onCallback(({ id, service, state, reason }) => {
    log.info(
      { callback: id, service, state, reason },
      `callback is ${state}${reason === undefined ? '' : ` / ${reason}`}`,
    );
  });
  const agents = new Agents({
    ...{ router, voice, chat: world.chat, clock },
    desks: world.desktops ?? new Map(),
    queues: () => queuesOf(services),
  });
  const tokens = agentTokens(config.agentTokens);
  const sockets = agentSockets({ agents, tokens, clock, url, origins: config.agentOrigins });
  router.start((event) => {
    agents.offer(event);
    queue.report(event);
  });
  const { applications = new Map() } = parts;
  const inbound = new Inbound({ applications, sessions: host, voice, interactions, log });
  const calls = talks(voice);
  const left = lostCalls({ voice, interactions, talks: calls });
  await voice.start((event) => {
    calls.report(event);
    agents.hear(event);
    interactions.report(event);
    inbound.report(event);
  });
  const waits = waiting({
    ...{ config, router, clock, url, ask, services, log },
    tenants,
    requestsOf: (call) => queue.requestsOf(call),
  });
  const { outbox, inbox } = host;
  const executed = executing({
    ...{ config, url, clock, during, sessions: host, outbox, store, log },
    lostCalls: left,
  });
  const forward = forwarding({ execution: executed.execution, store, timeoutMs: config.requestTimeoutMs });
  const callbacks: CallbackService = callbackService({
    execution: executed.execution,
    forward,
    outbox,
    inbox,
    store,
    clock,
    lists: (name) => lists.named(name),
    ids: callbackIds(1),
    forgotten: (id) => told.forget(id),
    returned: config.queryKeys.returned,
    services,
    wait: (options) => waits.ofStart(options),
    lostCalls: left,
    query: (sessionid) => host.query(sessionid),
    restoresPosition: config.restoresPosition,
    log,
  });
  const administered = administration({ store, services, clock, callbacks, keys: config.queryKeys });
  await host.open();
  await callbacks.recover();
  await executed.guests.open();
  lists.onChange(() => callbacks.tellPaused());
  // what a process before this one has not told
  await callbacks.tellPaused();
  // after the requests of an earlier process are in their queues again, in their order
  world.open();
  operating.open();
  const app = createApp({
    operations: operating.routes,
    early: [entrance(people, clock, config.adminToken), http.router],
    routes: [
      orsRoutes({
        sessions: host,
        requestTimeoutMs: config.requestTimeoutMs,
        nodes: { own: config.node, others: config.nodes },
        objection: operating.objection,
        admit: executed.admit,
      }),
      executed.routes(callbacks.hear),
      availabilityRoutes(availability({ services, store, clock }), waits.admit, log),
      callbackRoutes(callbacks, services, config.adminToken, log),
      callbackAdminRoutes(administered, config.adminToken, log),
      forwardRoutes(forward, log),
      ...waits.routes,
      documentationRoutes(tables),
      agentRoutes(agents, tokens),
      ...opened.routes,
      ...operatorRoutes({ agents, lists, letters: deadLetters(store, outbox), told, people }, config.adminToken),
    ],
    log,
    clock,
    bodyLimit: config.bodyLimit,
  });
  return {
    app,
    upgrade: (request, socket, head) => {
      sockets.upgrade(request, socket, head);
    },
    host,
    callbacks,
    reported: told.entries,
    async stop({ grace = 0, at = () => undefined } = {}) {
      operating.stop();
      sockets.close();
      callbacks.close();
      executed.guests.close();
      at('sessions and what they do');
      await host.stop(grace);
      statistic.stop();
      // after the host, so that no strategy takes the end of the process for that of a call
      at('the contact centre');
      await world.close();
      (await kernel)?.close();
    },
  };
};
