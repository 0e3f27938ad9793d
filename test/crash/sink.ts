/** Where the sessions' messages and fetches go: it counts what comes, by what it is and by its Idempotency-Key. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sink {
  /** `host:port` */
  readonly host: string;
  readonly url: string;
  /** By what was done (`posted worker/12`): how often it came with which key. */
  readonly deliveries: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Requests without a key. */
  readonly keyless: readonly string[];
  close(): Promise<void>;
}

/** Answers with the number of what was done. */
export const openSink = async (): Promise<Sink> => {
  const deliveries = new Map<string, Map<string, number>>();
  const keyless: string[] = [];
  const take = (fields: URLSearchParams, key: string | undefined): string => {
    const [what, who, n] = ['_scxmleventname', 'who', 'n'].map((name) => fields.get(name) ?? '');
    const done = `${what} ${who}/${n}`;
    if (key === undefined) keyless.push(done);
    const keys = deliveries.get(done) ?? new Map<string, number>();
    deliveries.set(done, keys.set(key ?? '', (keys.get(key ?? '') ?? 0) + 1));
    return n ?? '';
  };
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const query = url.slice(url.indexOf('?') + 1);
      const key = headers['idempotency-key'];
      response.end(take(new URLSearchParams(method === 'GET' ? query : body), key?.toString()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}/`,
    deliveries,
    keyless,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
