/** `npm start`: the server on this machine's clock, a port and a folder, with the simulated contact centre of the demo. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { wallClock } from './clock.js';
import { ConfigError, configFrom, type Config } from './config.js';
import { DataFolderError, openDataFolder } from './data-folder.js';
import { earlyStore } from './early-store.js';
import { faultsFrom, passingOf, type Faults } from './faults.js';
import { demoServices } from './gms/demo-services.js';
import { readServices, servicesOf, type Services } from './gms/services.js';
import { readTemplates } from './gms/templates.js';
import { createMetrics } from './health/metrics.js';
import { newSeed } from './ids.js';
import { createLog } from './log.js';
import { applicationsOf, readApplications, type Applications } from './ors/inbound/applications.js';
import { demoInbound } from './ors/inbound/demo.js';
import { ringback, type Ringback } from './ringback.js';
import { packageRoot } from './root.js';
import { stopOnSignal } from './stop.js';
import { memoryStore } from './store/memory.js';
import type { Store } from './store/port.js';
import { defaultTenants, readTenants } from './ors/tenants.js';
import { peopleIn } from './users/entrance.js';
import { contactCentre } from './voice/simulated/centre.js';
import { readCustomers } from './voice/simulated/customers-file.js';
import { DEMO_CENTRE } from './voice/simulated/demo.js';
import { callJournal } from './voice/simulated/journal.js';
import { narrate } from './voice/simulated/narrate.js';
import { welcome } from './welcome.js';

/** Milliseconds that effects under way have, that answers have to leave, and after which the process ends in any case. */
const GRACE = 5_000;
const FAREWELL = 1_000;
const LIMIT = 10_000;

const servicesFrom = ({ services }: Config): Services => {
  const templates = readTemplates(join(packageRoot, 'templates'));
  return services === undefined ? servicesOf(demoServices, templates, 'the demo') : readServices(services, templates);
};

const applicationsFrom = ({ inbound }: Config): Applications =>
  inbound === undefined ? applicationsOf(demoInbound, 'the demo') : readApplications(inbound);

const storeFrom = async (
  { data }: Config,
  { failAt, acknowledgesEarly }: Faults,
  batched: (commits: number) => void,
) => {
  const diesIn = failAt?.point === 'before commit' ? { diesIn: failAt.nth } : {};
  const store =
    data === undefined ? memoryStore(() => setImmediate()) : await openDataFolder(data, { batched, ...diesIn });
  return acknowledgesEarly ? earlyStore(store, wallClock) : store;
};

/** Beside the database, so that no customer is dialled a second time by the next process. */
const journalFrom = ({ data }: Config) =>
  callJournal(data === undefined ? undefined : join(data, 'simulated-calls.jsonl'));

/** In order, until nothing is left to wait for. */
const end = async (listener: Server, server: Ringback, store: Store, at: (what: string) => void): Promise<void> => {
  const closed = once(listener, 'close');
  listener.close();
  await server.stop({ grace: GRACE, at });
  at('answers on their way');
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, FAREWELL))]);
  listener.closeAllConnections();
  at('the store');
  await store.close();
};

const main = async (): Promise<void> => {
  const config = configFrom(process.env);
  const faults = faultsFrom(process.env);
  const log = createLog(config.logLevel);
  const clock = wallClock;
  const services = servicesFrom(config);
  const applications = applicationsFrom(config);
  const metrics = createMetrics();
  metrics.watchProcess();
  const store = await storeFrom(config, faults, (commits) => metrics.batched(commits));
  const { sessions, outbox, dead } = await store.counts(clock.now());
  const world = contactCentre({
    ...DEMO_CENTRE,
    ...(config.customers !== undefined && { customers: readCustomers(config.customers) }),
    clock,
    seed: String(config.seed ?? newSeed()),
    journal: journalFrom(config),
    log: (entry) => {
      log.info(...narrate(entry));
    },
  });
  let url = config.externalUrl;
  const { documents } = config;
  const server = await ringback({
    config,
    places: { strategies: join(packageRoot, 'strategies'), ...documents, networks: config.networks },
    url: () => url,
    clock,
    store,
    world,
    services,
    applications,
    tenants: config.tenants === undefined ? defaultTenants : readTenants(config.tenants),
    people: peopleIn(config.data),
    log,
    metrics,
    passing: passingOf(faults, () => process.kill(process.pid, 'SIGKILL')),
  });
  const listener = server.app.listen(config.port, config.host, (error) => {
    if (error) {
      log.error({ err: error }, `cannot listen on ${config.host}:${config.port}: set PORT or HOST`);
      process.exit(1);
    }
    const { port } = listener.address() as AddressInfo;
    if (config.port === 0) url = `http://127.0.0.1:${port}`;
    const resumed = { sessions: sessions.active, timers: outbox.waiting, effects: outbox.due, deadLetters: dead };
    log.info({ url, data: config.data ?? 'in memory', ...resumed }, 'ready');
    process.stdout.write(welcome(url));
  });
  listener.on('upgrade', server.upgrade);
  const stop = stopOnSignal({
    run: (at) => end(listener, server, store, at),
    log,
    exit: (code) => process.exit(code),
    after: (fn, ms) => void setTimeout(fn, ms).unref(),
    limit: LIMIT,
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof DataFolderError;
  process.stderr.write(`${isExpected ? error.message : String(error)}\n`);
  process.exit(1);
});
