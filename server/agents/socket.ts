/**
 * One WebSocket of a desktop, from the handshake to its end. `sockets.ts` makes it.
 *
 * 1. Until a token has come nothing is told, and it comes within TOKEN_MS: as a header of the handshake, or as the first message,
 *    `{"token": "..."}`. After that the desktop says nothing: what it wants is HTTP (`routes.ts`).
 * 2. Whoever does not answer a ping until the next one, or does not read, is let go: a desktop that comes again hears how things stand.
 *
 * | code | why                                                     |
 * | 1001 | the server ends                                         |
 * | 1008 | a message after the token, or one that is no token      |
 * | 1009 | a message is too long                                   |
 * | 1013 | the desktop reads too slowly: come again                |
 * | 4401 | no token in time, or a wrong one                        |
 * | 4429 | too many sockets                                        |
 */
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../clock.js';
import type { AgentMessage } from './message.js';

export type Line = Pick<
  WebSocket,
  'send' | 'close' | 'terminate' | 'ping' | 'bufferedAmount' | 'readyState' | 'OPEN'
> & {
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown;
  on(event: 'pong' | 'close' | 'error', listener: () => void): unknown;
};

export const LIMITS = { tokenMs: 5_000, pingMs: 30_000, unsentBytes: 1024 * 1024, messageBytes: 4096 } as const;

export interface SocketOwner {
  readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  /** Begins to listen, and answers what ends it; undefined: there are too many already. Throws a Problem: the token is wrong. */
  readonly join: (token: string, ear: (message: AgentMessage) => void) => (() => void) | undefined;
  readonly closed: () => void;
}

export interface Socket {
  end(code: number, reason: string): void;
}

/** `token`: undefined when it is to come as a message. */
export const socketOn = (line: Line, token: string | undefined, { clock, join, closed }: SocketOwner): Socket => {
  let leave: (() => void) | undefined;
  let hears = true;
  let timer: unknown;

  const end = (code: number, reason: string): void => {
    leave?.();
    leave = undefined;
    clock.clearTimeout(timer);
    line.close(code, reason);
    timer = clock.setTimeout(() => line.terminate(), LIMITS.tokenMs);
  };

  const tell = (message: AgentMessage): void => {
    if (line.readyState !== line.OPEN) return;
    if (line.bufferedAmount > LIMITS.unsentBytes) return end(1013, 'it is read too slowly');
    line.send(JSON.stringify(message));
  };

  const beat = (): void => {
    if (!hears) return line.terminate();
    hears = false;
    line.ping();
    timer = clock.setTimeout(beat, LIMITS.pingMs);
  };

  const admit = (shown: string): void => {
    try {
      leave = join(shown, tell);
    } catch {
      return end(4401, 'the token is not that of this agent');
    }
    if (!leave) return end(4429, 'too many sockets of this agent');
    clock.clearTimeout(timer);
    timer = clock.setTimeout(beat, LIMITS.pingMs);
  };

  line.on('message', (data, isBinary) => {
    if (line.readyState !== line.OPEN) return;
    const shown = leave || isBinary ? undefined : tokenIn(data);
    if (shown === undefined) end(1008, 'nothing is taken here but {"token": "..."}, once');
    else admit(shown);
  });
  line.on('pong', () => {
    hears = true;
  });
  // A message that is too long, or no WebSocket's: ws closes the line by itself.
  line.on('error', () => undefined);
  line.on('close', () => {
    leave?.();
    leave = undefined;
    clock.clearTimeout(timer);
    closed();
  });
  if (token !== undefined) admit(token);
  else timer = clock.setTimeout(() => end(4401, 'no token came in time'), LIMITS.tokenMs);
  return { end };
};

const tokenIn = (data: RawData): string | undefined => {
  try {
    const said: unknown = JSON.parse((data as Buffer).toString('utf8'));
    if (typeof said !== 'object' || said === null || !('token' in said)) return undefined;
    return typeof said.token === 'string' ? said.token : undefined;
  } catch {
    return undefined;
  }
};
