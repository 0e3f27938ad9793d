/** `npm start`: the server on this machine's clock and a port, with the simulated contact centre of the demo. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { wallClock } from './clock.js';
import { ConfigError, configFrom, type Config } from './config.js';
import { demoServices } from './gms/demo-services.js';
import { readServices, servicesOf, type Services } from './gms/services.js';
import { readTemplates } from './gms/templates.js';
import { newSeed } from './ids.js';
import { createLog } from './log.js';
import { ringback } from './ringback.js';
import { packageRoot } from './root.js';
import { memoryStore } from './store/memory.js';
import { contactCentre } from './voice/simulated/centre.js';
import { DEMO_CENTRE } from './voice/simulated/demo.js';
import { narrate } from './voice/simulated/narrate.js';
import { welcome } from './welcome.js';

const servicesFrom = ({ services }: Config): Services => {
  const templates = readTemplates(join(packageRoot, 'templates'));
  return services === undefined ? servicesOf(demoServices, templates, 'the demo') : readServices(services, templates);
};

const main = async (): Promise<void> => {
  const config = configFrom(process.env);
  const log = createLog(config.logLevel);
  const clock = wallClock;
  const world = contactCentre({
    ...DEMO_CENTRE,
    clock,
    seed: String(config.seed ?? newSeed()),
    log: (entry) => {
      log.info(...narrate(entry));
    },
  });
  let url = config.externalUrl;
  const { documents } = config;
  const server = await ringback({
    config,
    places: { strategies: join(packageRoot, 'strategies'), ...documents },
    url: () => url,
    clock,
    store: memoryStore(),
    world,
    services: servicesFrom(config),
    log,
  });
  const listener = server.app.listen(config.port, config.host, (error) => {
    if (error) {
      log.error({ err: error }, `cannot listen on ${config.host}:${config.port}: set PORT or HOST`);
      process.exit(1);
    }
    const { port } = listener.address() as AddressInfo;
    if (config.port === 0) url = `http://127.0.0.1:${port}`;
    process.stdout.write(welcome(url));
  });
  const stop = (): void => {
    log.info('stopping');
    listener.close();
    listener.closeIdleConnections();
    void server.stop().finally(() => {
      listener.closeAllConnections();
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exit(1);
});
