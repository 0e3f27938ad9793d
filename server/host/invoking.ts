/** Starts the sessions that sessions invoke. SCXML 6.4. `directory.ts` knows them from then on. */
import type { InvokeEffect } from '../../engine/effect.js';
import type { Data } from '../../engine/event.js';
import { messageOf, Problem, type Code } from '../problems.js';
import type { OutboxEntry, Store } from '../store/port.js';
import { originOf, type Actors } from './actors.js';
import type { Charts } from './charts.js';
import { delivery, type Delivery } from './delivery.js';
import type { Directory, Invocation } from './directory.js';
import type { Origin } from './live.js';
import type { Outbox } from './outbox.js';
import type { Residents } from './residents.js';

export interface InvokingOptions {
  readonly store: Pick<Store, 'session'>;
  readonly charts: Charts;
  readonly directory: Directory;
  readonly residents: Residents;
  readonly outbox: Outbox;
  readonly actors: Actors;
  readonly newId: () => string;
}

export class Invoking {
  constructor(private readonly options: InvokingOptions) {}

  /** The entry ends with the first step of the invoked session, or with what its invoker is told. */
  async invoke(entry: OutboxEntry, effect: InvokeEffect, sessionid: string): Promise<void> {
    const { directory, outbox, residents, newId } = this.options;
    const invocation = directory.invoking({ sessionid, invokeid: effect.invokeid, seq: entry.seq });
    const settle = (failure?: Error): void => {
      if (failure) outbox.release(entry);
    };
    const first: Delivery = { what: 'start', writes: [outbox.end(entry)], client: false, settle };
    try {
      const child = newId();
      await this.#begin(child, effect, invocation, first);
      for (const early of invocation.early.splice(0)) residents.take(child, early);
    } catch (error) {
      this.#failed(first, invocation, reasonOf(error, effect));
    }
  }

  async #begin(child: string, effect: InvokeEffect, invocation: Invocation, first: Delivery): Promise<void> {
    const { src, content, params, invokeid } = effect;
    const { sessionid, seq } = invocation;
    const origin = await this.#originOf(sessionid);
    const document = await this.options.charts.invoked(src, content, origin);
    if (invocation.cancelled) throw new Error('it was cancelled before it began');
    const { callback, depth } = origin;
    const invoker = { sessionid, invokeid, seq };
    const input = { params, invokeid };
    const { actors } = this.options;
    actors.begin({ sessionid: child, document, callback, invoker, depth: depth + 1, input, invocation }, first);
  }

  #failed({ writes: end }: Delivery, invocation: Invocation, data: Data): void {
    const { directory, residents, outbox } = this.options;
    const { sessionid, invokeid, cancelled, early } = invocation;
    directory.over(invocation);
    const writes = [...end, ...early.flatMap(({ writes: more }) => more)];
    const event = { name: 'error.communication', type: 'platform', invokeid, data } as const;
    if (cancelled || !residents.take(sessionid, delivery(event, writes))) void outbox.write(writes);
  }

  /** Of the session that invokes: it may have left memory since. */
  async #originOf(sessionid: string): Promise<Origin> {
    const { residents, store, charts } = this.options;
    const live = residents.get(sessionid);
    if (live?.origin) return live.origin;
    const record = await store.session(sessionid);
    if (!record) throw new Error(`session ${sessionid} is not in the store`);
    return originOf(record, (await charts.kept(record.document)).document);
  }
}

const unfetched: ReadonlySet<Code> = new Set<Code>([
  ...(['DOCUMENT_NOT_FOUND', 'DOCUMENT_UNREACHABLE', 'DOCUMENT_SOURCE_INVALID', 'DOCUMENT_NOT_ALLOWED'] as const),
  ...(['DOCUMENT_ELSEWHERE', 'DOCUMENT_TOO_LARGE'] as const),
]);

/** Of what could not be had also what that was, and the status that HTTP has for it. */
const reasonOf = (error: unknown, { src }: InvokeEffect): Data => ({
  reason: messageOf(error),
  ...(error instanceof Problem && unfetched.has(error.code) && { target: src ?? '', status: error.status }),
});
