/** What is asked of the callbacks of all services, and done to many of them at once. `routes-admin.ts` puts it behind HTTP. */
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/port.js';
import type { CallbackService } from '../callbacks.js';
import { cancelAll } from './bulk.js';
import { exportCancelled } from './export.js';
import { forgetAll } from './forget.js';
import { queryQueues, type QueueNeeds } from './queues.js';
import type { Results } from './results.js';
import { watermarks } from './watermarks.js';

interface AdministrationNeeds extends QueueNeeds {
  readonly store: Pick<Store, 'findCallbacks' | 'callback'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly callbacks: Pick<CallbackService, 'cancelByAdmin' | 'forget'>;
}

/** Every method rejects as those of `CallbackService` do. */
export interface Administration {
  queues(query: Readonly<Record<string, unknown>>): Promise<object>;
  watermarks(names: unknown): Promise<object>;
  cancelAll(body: unknown): Promise<Results>;
  forgetAll(body: unknown): Promise<Results>;
  exportCancelled(body: unknown): Promise<string | undefined>;
}

export const administration = (needs: AdministrationNeeds): Administration => {
  const { store, services, clock, callbacks } = needs;
  return {
    queues: (query) => queryQueues(needs, query, clock.now()),
    watermarks: (names) => watermarks(store, services, names, clock.now()),
    cancelAll: (body) => cancelAll(body, (id) => callbacks.cancelByAdmin(id)),
    forgetAll: (body) => forgetAll({ store, services, forget: (id) => callbacks.forget(id) }, body),
    exportCancelled: (body) => exportCancelled(store, services, body, clock.now()),
  };
};
