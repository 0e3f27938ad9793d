/** A million callbacks of a contact centre in a database: most of them over, the others within a month. */
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import type { CallbackRecord, CallbackState, Store } from '../../../server/store/port.js';

export const NOW = Date.UTC(2026, 0, 31);
const SERVICES = 20;
const DAY = 86_400_000;
/** Records of a commit. */
const PART = 500;

/** One of fifty is live. */
const stateOf = (n: number): CallbackState => {
  const live = ['SCHEDULED', 'SCHEDULED', 'SCHEDULED', 'QUEUED', 'ROUTING'] as const;
  return n % 50 === 0 ? (live[(n / 50) % live.length] ?? 'QUEUED') : 'COMPLETED';
};

export const serviceOf = (n: number): string => `service-${(n * 7) % SERVICES}`;
/** Four callbacks each, for every fourth of the numbers. */
export const numberOf = (n: number, of: number): string =>
  `+4991${String((n * 7919) % Math.ceil(of / 4)).padStart(8, '0')}`;
export const idOf = (n: number): string => `369-${String((n * 104_729) % 100_000_007).padStart(9, '0')}-${n}`;

const recordOf = (n: number, of: number): CallbackRecord => {
  const state = stateOf(n);
  const createdAt = NOW - 30 * DAY + Math.floor((n / of) * 30 * DAY);
  return {
    id: idOf(n),
    service: serviceOf(n),
    state,
    reason: state === 'COMPLETED' ? 'AGENT_CONNECTED' : undefined,
    customerNumber: numberOf(n, of),
    desiredTime: createdAt + ((n * 31) % 1_440) * 60_000,
    createdAt,
    expirationTime: createdAt + 2 * DAY,
    sessionid: state === 'SCHEDULED' ? undefined : `S${n}`,
    properties: { _vq: `VQ_${n % 10}`, usr_reason: `reason ${n % 1_000}`, usr_email: `c${n}@example.org` },
    history: [{ at: createdAt, state }],
  };
};

export const filledStore = async (folder: string, of: number): Promise<Store> => {
  const store = await sqliteStore(folder);
  for (let n = 0; n < of; n += PART) {
    const part = Array.from({ length: Math.min(PART, of - n) }, (_, i) => recordOf(n + i, of));
    await store.commit(part.map((record) => ({ kind: 'callback', record })));
  }
  return store;
};
