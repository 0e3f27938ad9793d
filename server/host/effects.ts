/**
 * Performs what saved steps wanted, by a table that the compiler holds complete. Outside work is a module's or a processor's;
 * this file moves events between sessions.
 *
 * 1. Nothing that goes wrong here, or in what is called from here, reaches the process: the session is told, and the log.
 * 2. What an entry leads to is written together with the write that ends the entry.
 */
import type { Effect, ModuleEffect, SendEffect } from '../../engine/effect.js';
import { SCXML_PROCESSOR, type ScxmlEvent } from '../../engine/event.js';
import { toObject } from '../../engine/compile/arguments.js';
import { fromData } from '../../engine/datamodel/data.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { Invoker, OutboxEntry, Task, Write } from '../store/port.js';
import { delivery, type Delivery } from './delivery.js';
import type { Directory } from './directory.js';
import type { Action, ActionContext, Module } from './module.js';
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
  /** Starts the session of a callback whose time has come. */
  readonly callback: (id: string, entry: OutboxEntry) => Promise<void>;
}

/** Told to the session that invoked. */
const isUpward = (task: Task): boolean => task.type === 'done' || (task.type === 'send' && task.target === '#_parent');

/** An entry that is being performed. */
interface Act {
  readonly entry: OutboxEntry;
  readonly sessionid: string;
  readonly again: boolean;
  readonly settled: () => void;
}

type Table = { readonly [K in Task['type']]: (task: Extract<Task, { type: K }>, act: Act) => void };

export class Performer implements Projection {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #processors: ReadonlyMap<string, Processor>;

  constructor(private readonly stage: Stage) {
    this.#actions = new Map(
      stage.modules.flatMap(({ namespace, actions }) =>
        Object.entries(actions).map(([name, action]) => [`${namespace} ${name}`, action]),
      ),
    );
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
    if (effect.type === 'module') return this.#action(effect)?.passing !== true;
    return effect.type !== 'log' && effect.type !== 'cancel';
  }

  /** Effects without an entry: done at once, and lost with the process. */
  pass(effect: Effect, sessionid: string, uri: string, key: string, since: number): void {
    if (effect.type === 'log') {
      const { label, value } = effect;
      this.stage.log.info({ sessionid, uri, label, value: fromData(value) }, 'strategy log');
    }
    if (effect.type !== 'module') return;
    const nothing = (): void => undefined;
    const told = this.#told(sessionid);
    const context = { ...told, key, since, again: false, finish: told.raise, end: nothing };
    this.#run(effect, context, nothing);
  }

  update(effect: Effect) {
    return effect.type === 'module' ? this.#action(effect)?.project?.(effect) : undefined;
  }

  answer(effect: Effect) {
    return effect.type === 'module' ? this.#action(effect)?.answers?.(effect) : undefined;
  }

  /** The session is over. */
  release(sessionid: string): void {
    for (const { namespace, ended } of this.stage.modules) {
      const released = async (): Promise<void> => ended?.(sessionid);
      released().catch((err: unknown) => {
        this.stage.log.error({ sessionid, module: namespace, err }, 'a module could not let go of a session');
      });
    }
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
      const action = this.#action(effect);
      if (action) this.#act(action, effect, act);
      else this.#conclude(act);
    },
    done: ({ output }, act) => {
      const invocation = this.stage.directory.invocationOf(act.sessionid);
      if (!invocation) {
        this.#conclude(act);
        return;
      }
      this.stage.directory.over(invocation);
      const { invokeid, sessionid, cancelled } = invocation;
      const event = { name: `done.invoke.${invokeid}`, type: 'platform', invokeid, data: output } as const;
      if (cancelled) this.#conclude(act);
      else this.#tell(sessionid, event, act);
    },
    callback: ({ id }, act) => {
      this.stage
        .callback(id, act.entry)
        .catch((err: unknown) => {
          this.stage.log.error({ callback: id, err }, 'callback not started');
        })
        .finally(act.settled);
    },
  };

  #action({ namespace, name }: ModuleEffect): Action | undefined {
    return this.#actions.get(`${namespace} ${name}`);
  }

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

  #told(sessionid: string): Pick<ActionContext, 'sessionid' | 'isActive' | 'raise'> {
    const { tell, directory } = this.stage;
    return {
      sessionid,
      isActive: () => directory.has(sessionid),
      raise: (name, data, writes) =>
        tell(sessionid, delivery({ name, type: 'platform', data: data && toObject(data) }, writes)),
    };
  }

  #act(action: Action, effect: ModuleEffect, act: Act): void {
    const { entry, sessionid, again } = act;
    let open = true;
    const context: ActionContext = {
      ...this.#told(sessionid),
      key: entry.key,
      since: entry.due,
      again,
      finish: (name, data, writes) => {
        if (!open) return context.raise(name, data, writes);
        open = false;
        return this.#tell(sessionid, { name, type: 'platform', data: data && toObject(data) }, act, writes);
      },
      end: () => {
        if (!open) return;
        open = false;
        this.#conclude(act);
      },
    };
    this.#run(effect, context, () => {
      act.settled();
      if (!action.lasting) context.end();
    });
  }

  #run(effect: ModuleEffect, context: ActionContext, ended: () => void): void {
    const action = this.#action(effect);
    const performed = async (): Promise<void> => action?.perform(effect, context);
    performed()
      .catch((err: unknown) => {
        this.stage.log.error({ key: context.key, err }, `<${effect.name}> broke`);
        const { requestid } = effect;
        context.finish(action?.error ?? '', { requestid, error: 'unknown', description: messageOf(err) });
      })
      .finally(ended);
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

  /** SCXML C.1.1 */
  #deliver(target: string | undefined, event: ScxmlEvent, act: Act): boolean {
    const { directory } = this.stage;
    if (target === undefined) return this.#tell(act.sessionid, event, act);
    if (target === '#_parent') {
      const invocation = directory.invocationOf(act.sessionid);
      if (!invocation || invocation.cancelled || !directory.has(invocation.sessionid)) return false;
      return this.#tell(invocation.sessionid, event, act);
    }
    if (!target.startsWith('#_scxml_')) return this.#toChild(target.slice('#_'.length), event, act);
    const sessionid = target.slice('#_scxml_'.length);
    return directory.has(sessionid) && this.#tell(sessionid, event, act);
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
