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
  for (const seat of agentsOf(queue.pools)) {
    const { handleMs, isLoggedIn } = seat;
    if (handleMs !== undefined && isLoggedIn) found.push({ handleMs, queues: queuesOf(seat, queues) });
  }
  return found;
};

export const agentsOf = (pools: Iterable<Pool>): ReadonlySet<Seat> => {
  const seats = new Set<Seat>();
  for (const { members } of pools) for (const seat of members) seats.add(seat);
  return seats;
};

const queuesOf = (seat: Seat, queues: Queues): number => {
  let shared = 0;
  for (const { pools } of queues.all) if ([...pools].some(({ members }) => members.includes(seat))) shared += 1;
  return shared;
};
