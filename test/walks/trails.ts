/**
 * The way that a walk has come, so that another process takes it again at once: `trails.json` has those that took what no scenario takes.
 * `walk.ts` finds them, `npm run walks` writes them down anew.
 *
 * 1. A trail is followed as far as it still leads: a chart may have changed since.
 */
import type { View } from '../../engine/platform.js';
import { drawFrom, type Draw } from './draw.js';
import { World, type Move, type Setting } from './world.js';

export interface Trail {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** From which the surroundings are drawn. */
  readonly view: number;
  /** Which of the moves with that event, and the seed of what it brings. */
  readonly steps: readonly (readonly [event: string, which: number, seed: number])[];
}

/** One of a world's moves, and which of those with its event. */
export interface Chosen {
  readonly move: Move;
  readonly which: number;
}

export class Trails {
  /** Those that took something new. */
  readonly found: Trail[] = [];
  readonly #of = new WeakMap<World, Trail>();

  constructor(
    private readonly setting: Setting,
    private readonly viewFor: (draw: Draw) => View,
    private readonly taken: ReadonlySet<string>,
  ) {}

  begin(inputs: Readonly<Record<string, unknown>>, view: number): World {
    return this.#note({ inputs, view, steps: [] }, () =>
      World.begin(this.setting, inputs, this.viewFor(drawFrom(view))),
    );
  }

  copy(world: World): World {
    const copy = world.copy();
    const trail = this.#of.get(world);
    if (trail) this.#of.set(copy, trail);
    return copy;
  }

  go(world: World, { move, which }: Chosen, seed: number): void {
    const before = this.#of.get(world);
    if (!before) throw new Error('this world was not begun here');
    this.#note({ ...before, steps: [...before.steps, [move.event, which, seed]] }, () => {
      move.happen(drawFrom(seed));
      return world;
    });
  }

  /** 1. Answers the number of steps. */
  follow({ inputs, view, steps }: Trail, use: (world: World, draw: Draw) => void): number {
    const world = this.begin(inputs, view);
    let count = 0;
    for (const [event, which, seed] of steps) {
      const move = world.moves().filter((each) => each.event === event)[which];
      if (!move) break;
      this.go(world, { move, which }, seed);
      count += 1;
    }
    use(world, drawFrom(view));
    return count;
  }

  #note(trail: Trail, work: () => World): World {
    const before = this.taken.size;
    const world = work();
    this.#of.set(world, trail);
    if (this.taken.size > before) this.found.push(trail);
    return world;
  }
}
