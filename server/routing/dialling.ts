/**
 * When to dial a customer who is not on the line yet, so that an agent is free when the customer answers: neither later than need
 * be, nor before anybody will be there.
 *
 * 1. Of a hundred dials `success` are answered: so many dials as `free / success` are no more than the agents can take, where
 *    `free` are those who are free now or will be when the customer answers: of one who is busy, the part of a call that ends
 *    in that time.
 * 2. In the order of service, each request once: nobody is told before one who comes first.
 * 3. The older ways tell, too, by position, or by the expected wait, where they are asked for.
 */
import { agentsOf, expectedWait } from './handling.js';
import type { Ticket } from './pool.js';
import type { Dialling } from './port.js';
import type { Queue, Queues } from './queues.js';
import type { Seat } from './seat.js';

/** The guide: URS Dial Success Rate. */
const SUCCESS = 85;

export interface Told {
  readonly id: string;
  readonly position: number;
  readonly ewtMs: number | undefined;
}

export const timesToDial = (queues: Queues, now: number): Told[] => {
  const told: Told[] = [];
  for (const [name, queue] of [...queues.toDial]) told.push(...timesIn(name, queue, queues, now));
  return told;
};

const timesIn = (name: string, queue: Queue, queues: Queues, now: number): Told[] => {
  const told: Told[] = [];
  let position = 0;
  for (const ticket of queue.line) {
    position += 1;
    const { dialling, id, vq } = ticket.request;
    // one of another queue, that is only counted here, is told there
    if (!dialling || ticket.told || vq !== name) continue;
    const at = position;
    const wait = (): number | undefined => waitAt(queues, name, at);
    if (!isTime(dialling, position, wait, ticket, now)) break;
    ticket.told = true;
    queues.dials(name, -1);
    told.push({ id, position, ewtMs: wait() });
  }
  return told;
};

/** Of one who has that place already. */
const waitAt = (queues: Queues, name: string, position: number): number | undefined => {
  const wait = expectedWait(queues, name, 'urs2');
  const known = wait.known ? wait : expectedWait(queues, name, 'urs');
  return known.known ? known.perCallMs * position : undefined;
};

const isTime = (
  dialling: Dialling,
  position: number,
  wait: () => number | undefined,
  { pools }: Ticket,
  now: number,
): boolean => {
  const { dialMs, success = SUCCESS, etaMs, position: most } = dialling;
  if (most !== undefined && position <= most) return true;
  if (etaMs !== undefined && (wait() ?? Infinity) <= etaMs) return true;
  let free = 0;
  for (const seat of agentsOf(pools)) free += freeWithin(seat, dialMs, now);
  return position * (success / 100) <= free;
};

/** 1 */
const freeWithin = (seat: Seat, ms: number, now: number): number => {
  if (!seat.isAtWork) return 0;
  if (seat.phone === 'Ready' && !seat.reservation && now >= seat.elsewhereUntilMs) return 1;
  return seat.handleMs === undefined ? 0 : Math.min(1, ms / seat.handleMs);
};
