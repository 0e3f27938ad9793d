/**
 * Who is subscribed to which statistics. An action lasts as long as its subscription.
 *
 * 1. All are looked at every so often, while there are any; a session is told when a value is another one than it was.
 * 2. The next process subscribes again, without telling so; it tells the first value that it knows, for nobody has kept the last one.
 */
import type { Clock } from '../../../clock.js';
import type { ActionContext } from '../../../host/module.js';
import type { RouterPort } from '../../../routing/port.js';
import { objectOf } from '../../../routing/statistic-object.js';
import type { Store } from '../../../store/port.js';
import { Journal } from '../queue/journal.js';

export interface Subject {
  readonly object: string;
  readonly statistic: string;
}

export interface SubscriptionServices {
  readonly router: Pick<RouterPort, 'statistic' | 'statisticProblem' | 'statisticRows'>;
  readonly clock: Clock;
  readonly store: Pick<Store, 'inbox'>;
  /** Between two looks. */
  readonly everyMs: number;
  /** There are other values, or other subscriptions. */
  readonly changed: () => void;
}

interface Subscription extends Subject {
  readonly context: ActionContext;
  /** Undefined: none was known, or told by this process (2). */
  value: number | undefined;
}

const keyOf = ({ object, statistic }: Subject, sessionid: string): string =>
  JSON.stringify([sessionid, objectOf(object).key, statistic]);

export class Subscriptions {
  readonly #all = new Map<string, Subscription>();
  readonly #journal: Journal;
  #timer: unknown;

  constructor(private readonly services: SubscriptionServices) {
    this.#journal = new Journal(services.store, () => services.clock.now());
  }

  *objects(): Iterable<string> {
    for (const { object } of this.#all.values()) yield object;
  }

  /** False when the session has it already. */
  async add(subject: Subject, requestid: string, context: ActionContext): Promise<boolean> {
    const key = keyOf(subject, context.sessionid);
    if (this.#all.has(key)) return false;
    const { router, changed } = this.services;
    const { object, statistic } = subject;
    const value = context.again ? undefined : router.statistic(object, statistic);
    const subscription = { object, statistic, context, value };
    this.#all.set(key, subscription);
    changed();
    const told = context.again && (await this.#journal.has(context.key));
    if (this.#all.get(key) !== subscription) return true;
    if (!told && !context.raise('statistic.subscribe.done', { requestid }, [this.#journal.note(context.key)]))
      this.#drop(key, subscription);
    this.#arm();
    return true;
  }

  /** False when the session has no such subscription. */
  remove(subject: Subject, sessionid: string): boolean {
    const key = keyOf(subject, sessionid);
    const subscription = this.#all.get(key);
    if (subscription) this.#drop(key, subscription);
    return subscription !== undefined;
  }

  endOf(sessionid: string): void {
    for (const [key, one] of this.#all) if (one.context.sessionid === sessionid) this.#drop(key, one);
  }

  stop(): void {
    this.services.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #drop(key: string, { context }: Subscription): void {
    this.#all.delete(key);
    context.end();
    if (this.#all.size === 0) this.stop();
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#all.size === 0) return;
    this.#timer = this.services.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#look();
      this.#arm();
    }, this.services.everyMs);
  }

  /** 1 */
  #look(): void {
    const values = new Map<string, number | undefined>();
    const valueOf = ({ object, statistic }: Subject): number | undefined => {
      const key = keyOf({ object, statistic }, '');
      if (!values.has(key)) values.set(key, this.services.router.statistic(object, statistic));
      return values.get(key);
    };
    for (const [key, subscription] of [...this.#all]) {
      const value = valueOf(subscription);
      if (value === undefined || value === subscription.value) continue;
      subscription.value = value;
      this.services.changed();
      const { object, statistic, context } = subscription;
      if (!context.raise('statistic.update', { object, statistic, value })) this.#drop(key, subscription);
    }
  }
}
