/**
 * The WebSockets of desktops, at /agents/<id>/events: who is let in, and how many. `socket.ts` is one of them.
 *
 * 1. Closed by default, as the routes are. A page of another origin is refused, unless its origin is configured: browsers say it.
 * 2. A token is never in a URL: those are logged. So a URL with a query is refused.
 * 3. An agent has at most MOST_OF_AGENT sockets, and at most MOST_PENDING wait for their token.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { bearerOf } from '../bearer.js';
import type { Clock } from '../clock.js';
import { problem, Problem } from '../problems.js';
import type { Agents } from './agents.js';
import { LIMITS, socketOn, type Socket } from './socket.js';
import type { AgentTokens } from './tokens.js';

const MOST_OF_AGENT = 4;
const MOST_PENDING = 100;

export interface SocketsOptions {
  readonly agents: Agents;
  readonly tokens: AgentTokens;
  readonly clock: Clock;
  /** Of this server. */
  readonly url: () => string;
  readonly origins: readonly string[];
}

export interface Sockets {
  /** For `upgrade` of an HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Nobody is let in any more, and whoever is in is told that the server ends. */
  close(): void;
}

export const agentSockets = ({ agents, tokens, clock, url, origins }: SocketsOptions): Sockets => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIMITS.messageBytes,
  });
  const open = new Set<Socket>();
  const counts = new Map<string, number>();
  let pending = 0;
  let isClosed = false;

  /** Throws a Problem. Whom it is about, and the token, if it came already. */
  const asked = ({ url: path = '', headers }: IncomingMessage): { id: string; token: string | undefined } => {
    const [, name] = /^\/agents\/([^/?#]+)\/events$/.exec(path) ?? [];
    if (name === undefined) throw problem('AGENT_EVENTS_INVALID', 'they are at /agents/<id>/events, without a query');
    if (isClosed) throw problem('NOT_READY');
    tokens.open();
    const { origin } = headers;
    if (origin !== undefined && origin !== new URL(url()).origin && !origins.includes(origin))
      throw problem('AGENT_ORIGIN_REFUSED');
    const id = decoded(name);
    const token = headers.authorization === undefined ? undefined : bearerOf(headers);
    if (token !== undefined) tokens.admit(id, token);
    return { id, token };
  };

  /** 3 */
  const join = (id: string, ear: Parameters<Agents['listen']>[1]): (() => void) | undefined => {
    const greeting = agents.greeting(id);
    const count = counts.get(id) ?? 0;
    if (count >= MOST_OF_AGENT) return undefined;
    counts.set(id, count + 1);
    const leave = agents.listen(id, ear);
    ear(greeting);
    return () => {
      leave();
      const left = (counts.get(id) ?? 1) - 1;
      if (left === 0) counts.delete(id);
      else counts.set(id, left);
    };
  };

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      try {
        const { id, token } = asked(request);
        server.handleUpgrade(request, socket, head, (line) => {
          let isPending = token === undefined;
          if (isPending && pending >= MOST_PENDING) return line.close(4429, 'too many sockets without a token');
          if (isPending) pending += 1;
          const settled = (): void => {
            if (isPending) pending -= 1;
            isPending = false;
          };
          const made = socketOn(line, token, {
            clock,
            join(shown, ear) {
              settled();
              tokens.admit(id, shown);
              return join(id, ear);
            },
            closed() {
              settled();
              open.delete(made);
            },
          });
          open.add(made);
        });
      } catch (error) {
        refuse(socket, error instanceof Problem ? error : problem('INTERNAL'));
      }
    },
    close() {
      isClosed = true;
      for (const socket of open) socket.end(1001, 'the server ends');
    },
  };
};

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    throw problem('PATH_MALFORMED', `/agents/${name}/events`);
  }
};

const refuse = (socket: Duplex, refused: Problem): void => {
  const body = JSON.stringify(refused);
  const head = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
