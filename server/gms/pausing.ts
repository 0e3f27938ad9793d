/**
 * Pausing: which callbacks the operator has paused by a transaction list, and that their sessions hear of it. What a pause is, is the
 * strategy's (strategies/parts/pausing.xml); the guide, "Pausing Callback".
 *
 * 1. `_paused` in the record is what the session was told last, at its start (`launch.ts`) or by an event. A session is told when that is
 *    not so any more: once, or again when the process ended in between.
 * 2. Starts and this take turns: nobody starts by an old list unheard.
 */
import type { Data } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import { isGuest } from '../execution/guests.js';
import type { Execution } from '../execution/remote.js';
import type { Log } from '../log.js';
import { executedStates, type CallbackRecord, type CallbackState, type Store } from '../store/port.js';
import type { InTurn } from '../turns.js';
import { paramsOf } from './record.js';
import { serviceNamed, type Services } from './services.js';

type Texts = Readonly<Record<string, string>>;

export interface PausingNeeds {
  readonly execution: Pick<Execution, 'of'>;
  readonly store: Pick<Store, 'callback' | 'callbacks' | 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly services: Services;
  /** A transaction list by its name. */
  readonly lists: (name: string) => Readonly<Record<string, Texts>> | undefined;
  readonly log: Pick<Log, 'info' | 'error'>;
}

export interface Pausing {
  /** Whether a callback with these parameters is to be paused now. */
  isPaused(service: string, params: Readonly<Record<string, Data | undefined>>): boolean;
  /** Tells all sessions that are to hear something else than they did. Does not reject. */
  tell(): Promise<void>;
}

export const wasPaused = ({ properties }: CallbackRecord): boolean => properties['_paused'] === true;

export function pausing(needs: PausingNeeds, inTurn: InTurn): Pausing {
  const { execution, store, clock, services, lists, log } = needs;

  const isPaused: Pausing['isPaused'] = (service, params) => {
    const keys = lists(textOf(params['_paused_services_list']))?.['services'] ?? {};
    return ['all', service, params['_paused_services_id']].some(
      (key) => typeof key === 'string' && Object.hasOwn(keys, key) && keys[key]?.trim().toLowerCase() === 'true',
    );
  };

  async function tellOne(id: string): Promise<void> {
    const record = await store.callback(id);
    if (record?.sessionid === undefined || !isExecuted(record.state)) return;
    const paused = isPaused(record.service, paramsOf(record, serviceNamed(services, record.service)));
    if (paused === wasPaused(record)) return;
    await execution.of(record).deliver(record.sessionid, { name: paused ? 'callback.pause' : 'callback.resume' });
    await store.commit([{ kind: 'callback.update', id, update: { at: clock.now(), properties: { _paused: paused } } }]);
    log.info({ callback: id, service: record.service }, paused ? 'callback paused' : 'callback resumed');
  }

  return {
    isPaused,
    async tell() {
      const found = await Promise.all(executedStates.map((state) => store.callbacks({ state })));
      const own = found.flat().filter((record) => !isGuest(record));
      const told = own.map(({ id }) =>
        inTurn(id, () => tellOne(id)).catch((err: unknown) => {
          log.error({ callback: id, err }, 'callback cannot be told that it is paused or resumed');
        }),
      );
      await Promise.all(told);
    },
  };
}

const isExecuted = (state: CallbackState): boolean => (executedStates as readonly CallbackState[]).includes(state);

const textOf = (value: Data | undefined): string => (typeof value === 'string' ? value : '');
