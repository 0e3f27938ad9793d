/**
 * Where the W3C's documents run: sessions that the server's Basic HTTP processor makes reachable over a socket, on virtual
 * time. `judge.ts` says what a document has to show.
 */
import { once } from 'node:events';
import express from 'express';
import type { AddressInfo } from 'node:net';
import type { TraceEntry } from '../../engine/chart.js';
import { fromData } from '../../engine/datamodel/data.js';
import { HTTP_PROCESSOR } from '../../engine/event.js';
import { wallClock } from '../../server/clock.js';
import { BasicHttp } from '../../server/ors/basic-http.js';
import { outgoing } from '../../server/ors/outgoing.js';
import type { Run, Way } from '../support/run-document.js';
import type { Case } from '../support/suite.js';

export interface Played {
  readonly run: Run;
  /** What the session and those that it invoked have logged, in order. */
  readonly log: readonly { readonly label: string | undefined; readonly value: unknown }[];
  /** States entered and left by the session itself: `+s0`, `-s0`. */
  readonly states: readonly string[];
  /** Where it takes messages over HTTP. */
  readonly location: string;
}

const minute = 60_000;
const sessionid = 'root';

export class Exchange {
  #run: Run | undefined;
  readonly #underway = new Set<Promise<void>>();
  readonly #url: string;
  readonly #close: () => void;
  readonly #http: BasicHttp;

  private constructor(url: string, http: BasicHttp, close: () => void) {
    this.#url = url;
    this.#http = http;
    this.#close = close;
  }

  static async open(): Promise<Exchange> {
    let url = '';
    const http: BasicHttp = new BasicHttp({
      url: () => url,
      deliver: async (_sessionid, event) => exchange.#run?.receive(event),
      ask: outgoing({ url: () => url, hosts: [], clock: wallClock }),
      timeout: 10_000,
      limit: 1024 * 1024,
    });
    const server = express().use(http.router).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const exchange = new Exchange(url, http, () => {
      server.close();
      server.closeAllConnections();
    });
    return exchange;
  }

  close(): void {
    this.#close();
  }

  /** Starts a document. */
  start(way: Way, { name, text, resources }: Case): Played {
    const log: Played['log'][number][] = [];
    const states: string[] = [];
    const run = way({
      text,
      options: {
        trusted: true,
        uri: `test${name}`,
        resources,
        processors: [HTTP_PROCESSOR],
        log: ({ label, value }) => log.push({ label, value: fromData(value) }),
        trace: (entry) => states.push(...moves(entry)),
        send: (effect, _sessionid, tell) => {
          const sent = this.#http.send(effect, `${sessionid}/${effect.sendid}`).catch(() => {
            tell({ name: 'error.communication', type: 'platform', sendid: effect.event.sendid });
          });
          this.#underway.add(sent);
          void sent.finally(() => this.#underway.delete(sent));
        },
      },
      ioprocessors: (id) => Object.fromEntries(this.#http.entries(id)),
    });
    this.#run = run;
    return { run, log, states, location: `${this.#url}/scxml/session/${sessionid}/basichttp` };
  }

  /** Starts a document and lets it come to its end, or a minute pass. Time stands still while messages are on their way. */
  async play(way: Way, each: Case): Promise<Played> {
    const played = this.start(way, each);
    while (this.#underway.size > 0) await Promise.all(this.#underway);
    played.run.advance(minute);
    return played;
  }
}

const moves = (entry: TraceEntry): string[] => {
  if ('enter' in entry) return [`+${entry.enter.id}`];
  return 'exit' in entry ? [`-${entry.exit.id}`] : [];
};
