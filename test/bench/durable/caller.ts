/**
 * A process that asks over HTTP, as lean as it can be so that it leaves the processor to who is measured: so many connections, each
 * asking again when it is answered. `node caller.ts URL CONNECTIONS MS PATH...` prints the pace as JSON; the paths take turns.
 */
import { connect } from 'node:net';
import { pace } from './loop.js';

const [, , url = '', connections = '1', ms = '1000', ...paths] = process.argv;
const { hostname, port } = new URL(url);
const body = JSON.stringify({ at: 5 });

const requestTo = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Asks once; resolves with the answer, which has a Content-Length. */
type Ask = () => Promise<void>;

const connection = async (path: string): Promise<Ask> => {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const request = requestTo(path);
  let answered: () => void = () => undefined;
  let text = '';
  socket.setEncoding('latin1').on('data', (data: string) => {
    text += data;
    const head = text.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? NaN);
    if (head < 0 || text.length < head + 4 + length) return;
    if (!text.startsWith('HTTP/1.1 200')) throw new Error(text.slice(0, 500));
    text = '';
    answered();
  });
  return () =>
    new Promise((resolve) => {
      answered = resolve;
      socket.write(request);
    });
};

const count = Number(connections);
const asks = await Promise.all(Array.from({ length: count }, (_, n) => connection(paths[n % paths.length] ?? '/')));
process.stdout.write(JSON.stringify(await pace(count, Number(ms), (caller) => asks[caller]?.() ?? Promise.resolve())));
process.exit(0);
