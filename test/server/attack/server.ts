/**
 * The server as `npm start` runs it, with a second listener on its event loop that answers what the process has used of the
 * machine so far. `watched.ts` starts it as a process of its own.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const meter = createServer((_request, response) => {
  const { user, system } = process.cpuUsage();
  response.end(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() }));
});
meter.listen(0, '127.0.0.1', () => {
  process.send?.((meter.address() as AddressInfo).port);
});
// Who started it is gone.
process.once('disconnect', () => process.exit());
await import('../../../server/main.js');
