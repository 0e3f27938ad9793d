/** A centre whose agents may work by hand, and their desktops: HTTP with a token, and a WebSocket that notes what it is told. */
import axios, { type AxiosResponse } from 'axios';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { AgentMessage } from '../../../server/agents/message.js';
import { agent, openCentre, type Centre, type Given } from '../../support/centre.js';
import { heldToDescription } from '../openapi/contract.js';

export const TOKENS = { alice: 'the-token-of-alice', boris: 'the-token-of-boris' } as const;
export const OPERATOR = 'the-token-of-operators';

/** Ready only when told. */
const away = { readyAfterMs: 1e9 };

export const openDesks = (given: Given = {}): Promise<Centre> =>
  openCentre({
    agents: [agent('alice', '7001', { ...away, skills: { English: 9 } }), agent('boris', '7002', away)],
    environment: {
      RINGBACK_AGENT_TOKENS: Object.entries(TOKENS)
        .map((pair) => pair.join('='))
        .join(','),
      RINGBACK_ADMIN_TOKEN: OPERATOR,
      RINGBACK_AGENT_ORIGINS: 'https://desk.example.org',
    },
    ...given,
  });

type Body = Record<string, unknown>;

/** What is asked with this token; time stands still meanwhile. */
export const asking = ({ clock, url }: Centre, token: string) => {
  const http = heldToDescription(axios.create({ baseURL: url, proxy: false, validateStatus: () => true }));
  return (method: string, path: string, data?: object): Promise<AxiosResponse<Body>> =>
    clock.during(http.request<Body>({ method, url: path, data, headers: { Authorization: `Bearer ${token}` } }));
};

export interface Desktop {
  readonly line: WebSocket;
  readonly told: readonly AgentMessage[];
  /** When so many have come, counted from the first. */
  heard(count: number): Promise<readonly AgentMessage[]>;
  /** When this has come. */
  until(type: AgentMessage['type']): Promise<AgentMessage>;
  /** `code reason` */
  readonly ended: Promise<string>;
}

export const listening = ({ url }: Centre, path: string, headers: Readonly<Record<string, string>> = {}): Desktop => {
  const line = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
  const told: AgentMessage[] = [];
  line.on('message', (data) => told.push(JSON.parse((data as Buffer).toString()) as AgentMessage));
  const ended = once(line, 'close').then(([code, reason]: unknown[]) => `${String(code)} ${String(reason)}`);
  return {
    line,
    told,
    ended,
    async heard(count) {
      while (told.length < count) await once(line, 'message');
      return told;
    },
    async until(type) {
      for (;;) {
        const found = told.find((message) => message.type === type);
        if (found) return found;
        await once(line, 'message');
      }
    },
  };
};

/** The status and code with which a handshake is refused. */
export const refused = async ({ line }: Desktop): Promise<string> => {
  line.on('error', () => undefined);
  const [, response] = (await once(line, 'unexpected-response')) as [unknown, IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return `${response.statusCode} ${(JSON.parse(body) as { code: string }).code}`;
};

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
