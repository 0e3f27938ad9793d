/** Who works for a queue, and how fast: the data of `ewt.ts` and `dialling.ts`. */
import { waitByAgents, waitByQueue, type Handling } from './ewt.js';
import type { Pool } from './pool.js';
import type { Wait, WaitMethod } from './port.js';
import type { Queue, Queues } from './queues.js';
import type { Seat } from './seat.js';

/** The expected wait of a request that would come to the queue now. */
export const expectedWait = (queues: Queues, vq: string, method: WaitMethod): Wait => {
  const queue = queues.known(vq);
  if (!queue) return { known: false, waiting: 0, reason: `nobody has used the queue "${vq}" yet` };
  const waiting = queue.line.size;
  return method === 'urs' ? waitByQueue(queue.timesMs, waiting) : waitByAgents(handlingOf(queue, queues), waiting);
};

/** The guide: agents whom the waiting calls wait for, or the last ones did; those of whom it is known what a call takes. */
const handlingOf = (queue: Queue, queues: Queues): Handling[] => {
  const found: Handling[] = [];
  const shared = sharing(queues);
  for (const seat of agentsOf(queue.pools)) {
    const { handleMs, isLoggedIn } = seat;
    if (handleMs !== undefined && isLoggedIn) found.push({ handleMs, queues: shared.get(seat) ?? 1 });
  }
  return found;
};

export const agentsOf = (pools: Iterable<Pool>): ReadonlySet<Seat> => {
  const seats = new Set<Seat>();
  for (const { members } of pools) for (const seat of members) seats.add(seat);
  return seats;
};

/** How many queues an agent serves. One that is only counted takes nobody's time, for its requests are in another. */
const sharing = (queues: Queues): ReadonlyMap<Seat, number> => {
  const shared = new Map<Seat, number>();
  for (const queue of queues.all)
    if (queue.serves) for (const seat of agentsOf(queue.pools)) shared.set(seat, (shared.get(seat) ?? 0) + 1);
  return shared;
};
