/**
 * The agents and the pools that they are in. Neighbours: `core.ts` changes seats through `change`, `matching.ts` reads.
 *
 * 1. A pool's free list has those members who are free for its medium, at any time between two commands.
 * 2. `freed` are seats that may serve somebody now whom they could not serve before.
 * 3. `turned` are seats whose state is another one than before the command, in the order in which they changed.
 */
import { Named } from './named.js';
import { VOICE, type Agent } from './port.js';
import { Pool, poolKey } from './pool.js';
import { Seat } from './seat.js';
import { objectOf } from './statistic-object.js';
import { BadTarget, type Target } from './target.js';

const nouns: Readonly<Record<string, string>> = {
  A: 'agent',
  AP: 'place',
  GA: 'agent group',
  GP: 'place group',
  GC: 'campaign group',
};

export class Floor {
  readonly seats = new Map<string, Seat>();
  readonly freed = new Set<Seat>();
  readonly turned = new Set<Seat>();
  readonly #pools = new Named<Pool>();
  readonly #poolsOf = new Map<Seat, Pool[]>();
  /** By the keys of `statistic-object.ts`: whom a name means, and skill expressions that were asked for; what they are waited for in. */
  readonly everybody = new Map<string, Seat[]>();
  readonly #lines = new Map<string, Pool[]>();

  constructor(agents: readonly Agent[]) {
    for (const [index, agent] of agents.entries()) {
      const seat = new Seat(agent, index);
      this.seats.set(agent.id, seat);
      this.#poolsOf.set(seat, []);
      for (const key of keysOf(agent)) {
        const named = this.everybody.get(key);
        if (named) named.push(seat);
        else this.everybody.set(key, [seat]);
      }
    }
  }

  named(key: string): readonly Seat[] | undefined {
    return this.everybody.get(key);
  }

  /** Those who wait to talk to them. */
  waiting(key: string): number {
    return this.#lines.get(key)?.reduce((sum, { line }) => sum + line.size, 0) ?? 0;
  }

  poolsOf(seat: Seat): readonly Pool[] {
    return this.#poolsOf.get(seat) ?? [];
  }

  /** Throws BadTarget when it names nobody; a skill that nobody has is no mistake. */
  pool(target: Target, media: string, now: number): Pool {
    const key = poolKey(target, media);
    const pool = this.#pools.get(key) ?? this.#opened(key, target, media, now);
    pool.usedMs = now;
    return pool;
  }

  #opened(key: string, target: Target, media: string, now: number): Pool {
    const pool = new Pool(target, media, this.members(target));
    this.#forget(this.#pools.forget(now));
    for (const seat of pool.members) {
      this.#poolsOf.get(seat)?.push(pool);
      if (seat.isFree(media, now)) pool.free.add(seat);
    }
    this.#pools.set(key, pool);
    if (media === VOICE && !pool.isPlace) this.#expect(pool);
    return pool;
  }

  #forget(gone: readonly Pool[]): void {
    if (gone.length === 0) return;
    const pools = new Set(gone);
    const left = (all: readonly Pool[]): Pool[] => all.filter((pool) => !pools.has(pool));
    for (const [seat, own] of this.#poolsOf) this.#poolsOf.set(seat, left(own));
    for (const { target } of gone) {
      const { key } = objectOf(target.text);
      const others = left(this.#lines.get(key) ?? []);
      if (others.length > 0) this.#lines.set(key, others);
      else this.#lines.delete(key);
      if (others.length === 0 && target.isSkill) this.everybody.delete(key);
    }
  }

  #expect(pool: Pool): void {
    const { key } = objectOf(pool.target.text);
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), pool]);
    if (pool.target.isSkill) this.everybody.set(key, [...pool.members]);
  }

  members({ text, type, name, fits, isSkill }: Target): readonly Seat[] {
    if (!fits) return [];
    const members = [...this.seats.values()].filter(({ agent }) => fits(agent));
    if (members.length > 0 || isSkill) return members;
    throw new BadTarget(`Target "${text}" names the ${nouns[type]} "${name}", which does not exist`);
  }

  /** All that changes a seat happens within this. (1) */
  change(seat: Seat, now: number, work: () => void): void {
    const pools = this.poolsOf(seat);
    const { state } = seat;
    for (const { free } of pools) free.delete(seat);
    work();
    if (seat.state !== state) this.turned.add(seat);
    let isFree = false;
    for (const { free, media } of pools) {
      if (!seat.isFree(media, now)) continue;
      free.add(seat);
      isFree = true;
    }
    if (isFree) this.freed.add(seat);
  }
}

const keysOf = ({ id, place, groups, placeGroups = [], campaigns = [] }: Agent): readonly string[] => [
  ...[`${id}.A`, `${place}.AP`],
  ...[...new Set(groups)].map((name) => `${name}.GA`),
  ...[...new Set(placeGroups)].map((name) => `${name}.GP`),
  ...[...new Set(campaigns)].map((name) => `${name}.GC`),
];
