/**
 * Performs what saved steps wanted, by a table that the compiler holds complete. Outside work is a module's (`actions.ts`) or a
 * processor's; this file moves events between sessions.
 *
 * 1. Nothing that goes wrong here, or in what is called from here, reaches the process: the session is told, and the log.
 * 2. What an entry leads to is written together with the write that ends the entry.
 */
import type { Effect, SendEffect } from '../../engine/effect.js';
import { SCXML_PROCESSOR, type ScxmlEvent } from '../../engine/event.js';
import { fromData } from '../../engine/datamodel/data.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { Invoker, OutboxEntry, StartTask, Task, Write } from '../store/port.js';
import { Actions } from './actions.js';
import { delivery, type Delivery } from './delivery.js';
import type { Directory } from './directory.js';
import type { Module } from './module.js';
import type { Outbox } from './outbox.js';
import { Undelivered, type Processor } from './processor.js';
import type { Projection } from './writes.js';

/** What performing needs of the host. */
export interface Stage {
  readonly modules: readonly Module[];
  readonly processors: readonly Processor[];
  readonly log: Log;
  readonly directory: Directory;
  readonly outbox: Outbox;
  /** False when there is no such session. */
  readonly tell: (sessionid: string, delivery: Delivery) => boolean;
  readonly invoke: (
    entry: OutboxEntry & { readonly task: Extract<Task, { type: 'invoke' }> },
    sessionid: string,
  ) => void;
  /** Who invoked a session that is over, and was not cancelled: as its record has it. */
  readonly invoker: (sessionid: string) => Promise<Invoker | undefined>;
  /** Starts a session whose time has come. */
  readonly start: (entry: OutboxEntry, task: StartTask, settled: () => void) => Promise<void>;
  /** Starts the session of a callback whose time has come. */
  readonly callback: (id: string, entry: OutboxEntry) => Promise<void>;
}

/** It may be for the session that invoked. */
const isUpward = (task: Task): boolean =>
  task.type === 'done' ||
  (task.type === 'send' && (task.target === '#_parent' || scxmlTarget(task.target) !== undefined));

/** `#_scxml_<session id>` */
const scxmlTarget = (target: string | undefined): string | undefined =>
  target?.startsWith('#_scxml_') ? target.slice('#_scxml_'.length) : undefined;

/** An entry that is being performed. */
interface Act {
  readonly entry: OutboxEntry;
  readonly sessionid: string;
  readonly again: boolean;
  readonly settled: () => void;
}

/** By the `level` of ORS's `<log>`. Its 1 (reporting) and 4 (debug), and a log without one, are info. */
const levels: Readonly<Record<string, 'error' | 'warn'>> = { 2: 'error', 3: 'warn' };

type Table = { readonly [K in Task['type']]: (task: Extract<Task, { type: K }>, act: Act) => void };

export class Performer implements Projection {
  readonly #actions: Actions;
  readonly #processors: ReadonlyMap<string, Processor>;

  constructor(private readonly stage: Stage) {
    this.#actions = new Actions(stage);
    this.#processors = new Map(stage.processors.map((processor) => [processor.type, processor]));
  }

  perform(entry: OutboxEntry, again: boolean, settled: () => void): void {
    const { sessionid, task } = entry;
    const { directory, invoker, log } = this.stage;
    if (!again || sessionid === undefined || !isUpward(task) || directory.invocationOf(sessionid)) {
      this.#begin(entry, again, settled);
      return;
    }
    invoker(sessionid)
      .then((found) => {
        if (found) directory.ended(sessionid, found);
      })
      .catch((err: unknown) => log.error({ key: entry.key, err }, 'who invoked the session cannot be read'))
      .finally(() => this.#begin(entry, again, settled));
  }

  #begin(entry: OutboxEntry, again: boolean, settled: () => void): void {
    const act = this.#table[entry.task.type] as (task: Task, act: Act) => void;
    try {
      act(entry.task, { entry, sessionid: entry.sessionid ?? '', again, settled });
    } catch (err) {
      this.stage.log.error({ key: entry.key, task: entry.task.type, err }, 'an effect could not be performed');
      this.stage.outbox.conclude(entry);
      settled();
    }
  }

  /** Whether the effect is to be done: it gets an entry in the outbox. */
  lasts(effect: Effect): boolean {
    if (effect.type === 'module') return this.#actions.lasts(effect);
    return effect.type !== 'log' && effect.type !== 'cancel';
  }

  /** Effects without an entry: done at once, and lost with the process. */
  pass(effect: Effect, sessionid: string, uri: string, key: string, since: number): void {
    if (effect.type === 'log') {
      const { label, value, level = '' } = effect;
      this.stage.log[levels[level] ?? 'info']({ sessionid, uri, label, value: fromData(value) }, 'strategy log');
    }
    if (effect.type === 'module') this.#actions.pass(effect, sessionid, key, since);
  }

  update(effect: Effect) {
    return effect.type === 'module' ? this.#actions.action(effect)?.project?.(effect) : undefined;
  }

  answer(effect: Effect) {
    return effect.type === 'module' ? this.#actions.action(effect)?.answers?.(effect) : undefined;
  }

  /** The session is over. */
  release(sessionid: string): void {
    this.#actions.release(sessionid);
  }

  readonly #table: Table = {
    log: (_, act) => this.#conclude(act),
    cancel: (_, act) => this.#conclude(act),
    send: (effect, act) => this.#send(effect, act),
    invoke: (task, { entry, sessionid, settled }) => {
      settled();
      this.stage.invoke({ ...entry, task }, sessionid);
    },
    uninvoke: ({ invokeid }, act) => {
      const { directory } = this.stage;
      const invocation = directory.invokedBefore(act.sessionid, invokeid, act.entry.seq);
      if (!invocation) {
        this.#conclude(act);
        return;
      }
      directory.cut(invocation);
      if (invocation.child === undefined) this.#conclude(act);
      else this.#tell(invocation.child, 'cancel', act);
    },
    forward: ({ invokeid, event }, act) => {
      if (!this.#toChild(invokeid, event, act)) this.#conclude(act);
    },
    module: (effect, act) => {
      const { entry, sessionid, again, settled } = act;
      this.#actions.perform(effect, sessionid, {
        key: entry.key,
        since: entry.due,
        again,
        attempts: entry.attempts,
        settled,
        retry: (ms) => this.stage.outbox.postpone(entry, ms),
        finish: (event, writes) => this.#tell(sessionid, event, act, writes),
        end: () => this.#conclude(act),
      });
    },
    done: ({ output }, act) => {
      const invocation = this.stage.directory.invocationOf(act.sessionid);
      if (!invocation) {
        this.#conclude(act);
        return;
      }
      this.stage.directory.over(invocation);
      const { invokeid, sessionid, cancelled } = invocation;
      const event = {
        name: `done.invoke.${invokeid}`,
        type: 'platform',
        invokeid,
        data: output,
        from: act.sessionid,
      } as const;
      if (cancelled) this.#conclude(act);
      else this.#tell(sessionid, event, act);
    },
    start: (task, { entry, settled }) => void this.stage.start(entry, task, settled),
    callback: ({ id }, act) => {
      this.stage
        .callback(id, act.entry)
        .catch((err: unknown) => {
          this.stage.log.error({ callback: id, err }, 'callback not started');
        })
        .finally(act.settled);
    },
  };

  /** 2. Ends the entry with what it leads to; a session that is over leads to nothing. */
  #tell(sessionid: string, what: Delivery['what'], act: Act, more: readonly Write[] = []): boolean {
    const { outbox } = this.stage;
    if (what !== 'start' && this.stage.tell(sessionid, delivery(what, [outbox.end(act.entry), ...more], act.settled)))
      return true;
    this.#conclude(act, more);
    return false;
  }

  #conclude({ entry, settled }: Act, more: readonly Write[] = []): void {
    this.stage.outbox.conclude(entry, more);
    settled();
  }

  #toChild(invokeid: string, event: ScxmlEvent, act: Act): boolean {
    const invocation = this.stage.directory.invoked(act.sessionid, invokeid);
    if (!invocation) return false;
    const { child } = invocation;
    if (child !== undefined && !this.stage.directory.has(child)) return false;
    if (child !== undefined) this.#tell(child, event, act);
    else {
      invocation.early.push(delivery(event, [this.stage.outbox.end(act.entry)]));
      act.settled();
    }
    return true;
  }

  #send(effect: SendEffect, act: Act): void {
    const { processor, target, event } = effect;
    if (processor === SCXML_PROCESSOR) {
      if (!this.#deliver(target, event, act))
        this.#undeliverable(effect, act, `no session answers to "${target ?? ''}"`, []);
      return;
    }
    const { outbox } = this.stage;
    const sent = async () => this.#processors.get(processor)?.send(effect, act.entry.key);
    sent()
      .then(() => outbox.conclude(act.entry))
      .catch((error: unknown) => {
        if (error instanceof Undelivered && outbox.retry(act.entry)) return;
        const reason = `${target ?? ''}: ${messageOf(error)}`;
        this.#undeliverable(effect, act, reason, [outbox.bury(act.entry, messageOf(error))]);
      })
      .finally(act.settled);
  }

  /** SCXML C.1.1. Under whatever name an invoked session writes to its invoker, it says who it is. SCXML 5.10.1 */
  #deliver(target: string | undefined, event: ScxmlEvent, act: Act): boolean {
    const { directory } = this.stage;
    if (target === undefined) return this.#tell(act.sessionid, event, act);
    const invocation = directory.invocationOf(act.sessionid);
    const sessionid = target === '#_parent' ? invocation?.sessionid : scxmlTarget(target);
    if (sessionid === undefined) return target !== '#_parent' && this.#toChild(target.slice('#_'.length), event, act);
    if (!directory.has(sessionid)) return false;
    if (sessionid !== invocation?.sessionid) return this.#tell(sessionid, event, act);
    const { invokeid, cancelled } = invocation;
    return !cancelled && this.#tell(sessionid, { ...event, invokeid }, act);
  }

  /** SCXML 6.2.5. `buried`: it stays as a dead letter, and is not simply done. */
  #undeliverable({ event: { sendid } }: SendEffect, act: Act, reason: string, buried: readonly Write[]): void {
    const event: ScxmlEvent = { name: 'error.communication', type: 'platform', sendid, data: { reason } };
    const { outbox, tell } = this.stage;
    const writes = buried.length > 0 ? buried : [outbox.end(act.entry)];
    if (tell(act.sessionid, delivery(event, writes, act.settled))) return;
    void outbox.write(writes);
    act.settled();
  }
}
