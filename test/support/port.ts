/** Ports of this machine, for servers that have to know theirs before they listen. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A port that nobody has now: the same for each process of a folder, since documents remember where they were reached. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
