/** What is asked of the callbacks of all services, and done to many of them at once. `routes-admin.ts` puts it behind HTTP. */
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/port.js';
import { isShown, type User } from '../../users/user.js';
import type { CallbackService } from '../callbacks.js';
import { callbackError } from '../errors.js';
import type { Services } from '../services.js';
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
interface Administration {
  queues(query: Readonly<Record<string, unknown>>): Promise<object>;
  watermarks(names: unknown): Promise<object>;
  cancelAll(body: unknown): Promise<Results>;
  forgetAll(body: unknown): Promise<Results>;
  exportCancelled(body: unknown): Promise<string | undefined>;
}

/** What a user is shown of it: other services are as if they were not there. */
export interface Administrations {
  shownTo(user: User): Administration;
}

export const administration = (needs: AdministrationNeeds): Administrations => ({
  shownTo(user) {
    const { store, clock, callbacks } = needs;
    const shows = (name: string): boolean => isShown(user, name, needs.services.get(name));
    const services = user.services.length === 0 ? needs.services : shownOf(needs.services, shows);
    const shown: AdministrationNeeds['store'] = {
      findCallbacks: async (query) => (await store.findCallbacks(query)).filter(({ service }) => shows(service)),
      callback: async (id) => {
        const record = await store.callback(id);
        return record && shows(record.service) ? record : undefined;
      },
    };
    const cancel = async (id: string): Promise<void> => {
      if (user.services.length > 0 && !(await shown.callback(id))) throw callbackError('notFound', { id });
      await callbacks.cancelByAdmin(id);
    };
    return {
      queues: (query) => queryQueues({ ...needs, services }, query, clock.now()),
      watermarks: (names) => watermarks(store, services, names, clock.now()),
      cancelAll: (body) => cancelAll(body, cancel),
      forgetAll: (body) => forgetAll({ store: shown, services, forget: (id) => callbacks.forget(id) }, body),
      exportCancelled: (body) => exportCancelled(store, { services, shows }, body, clock.now()),
    };
  },
});

const shownOf = (services: Services, shows: (name: string) => boolean): Services =>
  new Map([...services].filter(([name]) => shows(name)));
