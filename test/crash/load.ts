/** The clients: each asks for one thing after the other, drawn from the seed, and repeats it until it is answered. */
import type { Client } from './client.js';
import { Ledger, type Asked, type Work } from './ledger.js';
import { random, type Random } from './random.js';
import { BUFFER } from './services.js';
import { until } from './wait.js';

export interface LoadOptions {
  readonly client: Client;
  readonly seed: number;
  readonly clients: number;
  /** URL of the sink. */
  readonly sink: string;
  /** URL of the document. */
  readonly worker: string;
  /** Callbacks that people answer as well: each takes some ten seconds. */
  readonly patient: boolean;
}

/** Sessions that are given work: those that began last. */
const POOL = 24;
/** One in so many. */
const CHANCES = { start: 40, request: 12, callback: 40, post: 4, fetch: 6, child: 10, givesUp: 8, scheduled: 2 };

export class Load {
  readonly ledger = new Ledger();
  #isOver = false;
  readonly #clients: Promise<unknown>;

  constructor(private readonly options: LoadOptions) {
    const { clients, seed } = options;
    const numbered = Array.from({ length: clients }, (_, index) => this.#begin(random(seed, `client ${index}`), index));
    this.#clients = Promise.all(numbered);
  }

  /** No more is asked for; resolves when all that was is answered. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#clients;
    const { sessions } = this.ledger;
    await Promise.all([...sessions.keys()].map((who) => this.#event({ who, n: this.ledger.next() }, 'rest', {})));
  }

  async #begin(draw: Random, index: number): Promise<void> {
    await this.#start(`w${index}`);
    await until('there are sessions to send to', () => {
      const { sessions, refusals } = this.ledger;
      if (sessions.size === 0 && refusals.length > 0) throw new Error(refusals.join('\n'));
      return sessions.size > 1 ? true : undefined;
    });
    for (let turn = 1; !this.#isOver; turn += 1) await this.#turn(draw, `${index}.${turn}`);
  }

  async #turn(draw: Random, name: string): Promise<void> {
    if (draw.isOneIn(CHANCES.start)) await this.#start(`w${name}`);
    else if (draw.isOneIn(CHANCES.request)) await this.#request(draw);
    else if (draw.isOneIn(CHANCES.callback)) await this.#callback(draw);
    else await this.#work(draw);
  }

  async #start(who: string): Promise<void> {
    const { client, sink, worker } = this.options;
    const body = { src: worker, who, sink };
    const answer = await client.ask({ path: '/scxml/session/start', body, key: who });
    if (answer?.status === 200) this.ledger.sessions.set(who, String(answer.body['sessionid']));
    else if (answer) this.#refused('start', answer);
  }

  #someone(draw: Random): string {
    return draw.of([...this.ledger.sessions.keys()].slice(-POOL));
  }

  async #work(draw: Random): Promise<void> {
    const { ledger } = this;
    const work: Work = {
      n: ledger.next(),
      who: this.#someone(draw),
      to: this.#someone(draw),
      delay: draw.between(20, 1500),
      post: draw.isOneIn(CHANCES.post),
      fetch: draw.isOneIn(CHANCES.fetch),
      child: draw.isOneIn(CHANCES.child),
      isAcked: false,
    };
    ledger.works.push(work);
    const { n, post, fetch, child, delay } = work;
    const body = { n, post, fetch, child, delay, to: ledger.sessions.get(work.to) };
    work.isAcked = (await this.#event(work, 'work', body, draw)) !== undefined;
  }

  async #request(draw: Random): Promise<void> {
    const { client, patient: _, ...options } = this.options;
    const asked: Asked = { n: this.ledger.next(), who: this.#someone(draw), isAcked: false };
    this.ledger.requests.push(asked);
    const path = `/scxml/session/${this.ledger.sessions.get(asked.who) ?? ''}/request/ask`;
    const answer = await client.ask({ path, body: { n: asked.n }, key: `${options.seed}-${asked.n}` });
    asked.isAcked = answer?.status === 200 && answer.body['n'] === asked.n;
    if (answer && !asked.isAcked) this.#refused('request', answer);
  }

  async #event({ who, n }: Pick<Asked, 'who' | 'n'>, name: string, body: object, draw?: Random) {
    const path = `/scxml/session/${this.ledger.sessions.get(who) ?? ''}/event/${name}`;
    const givesUp = (): boolean => draw?.isOneIn(CHANCES.givesUp) === true;
    const answer = await this.options.client.ask({ path, body, key: `n${n}`, givesUp });
    if (answer?.status === 200) return answer;
    if (answer) this.#refused(name, answer);
    return undefined;
  }

  async #callback(draw: Random): Promise<void> {
    const { client, patient } = this.options;
    const isPatient = patient && draw.isOneIn(4);
    const digit = draw.of(isPatient ? ['0', '3', '6'] : ['1', '2', '8']);
    const desired = draw.isOneIn(CHANCES.scheduled) ? Date.now() + BUFFER + draw.between(500, 3000) : undefined;
    const callback = { number: `1650${String(this.ledger.next()).padStart(7, '0')}${digit}`, desired, id: undefined };
    this.ledger.callbacks.push(callback);
    const when = desired === undefined ? {} : { _desired_time: new Date(desired).toISOString() };
    const body = { _customer_number: callback.number, ...when };
    const path = `/genesys/1/service/callback/${isPatient ? 'patient' : 'swift'}`;
    const answer = await client.ask({ path, body, key: `c${callback.number}` });
    if (answer?.status === 200) Object.assign(callback, { id: String(answer.body['_id']) });
    else if (answer) this.#refused('callback', answer);
  }

  #refused(what: string, { status, body }: { readonly status: number; readonly body: unknown }): void {
    this.ledger.refusals.push(`${what}: ${status} ${JSON.stringify(body)}`);
  }
}
