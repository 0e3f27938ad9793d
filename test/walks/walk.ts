/**
 * Walks over the chart of a strategy until all of it is taken: each is a session of its own that is told, one after the other, what
 * may happen to it (`world.ts`), rather what leads to transitions that nobody has taken yet.
 *
 * 1. One seed is one list of walks.
 */
import type { View } from '../../engine/platform.js';
import {
  isDescendant,
  properAncestors,
  type Chart,
  type ChartState,
  type ChartTransition,
} from '../../engine/chart.js';
import { inputsOf } from '../pages/inputs.js';
import type { Strategy } from '../pages/read.js';
import { zonesOf } from '../../server/ors/model/session/zones.js';
import { defaultTenants } from '../../server/ors/tenants.js';
import { START } from '../support/centre.js';
import { showing } from '../support/showing.js';
import { readTemplates } from '../../server/gms/templates.js';
import { packageRoot } from '../../server/root.js';
import { join } from 'node:path';
import { given, inputs, together } from './shapes.js';
import { placeOf, takenOf } from './taken.js';
import { drawFrom, type Draw } from './draw.js';
import { Trails, type Chosen, type Trail } from './trails.js';
import { settingOf, type World, type Move } from './world.js';

const template = readTemplates(join(packageRoot, 'templates')).get('callback');
const options = template?.options ?? new Map<string, never>();
const LONGEST = 20;
/** Legs and what holds a whole flow are active all the time. */
const DEEP = 3;
/** After so many steps without news it begins again: by then others of its inputs matter. */
const PATIENCE = 500;

const othersOf = (name: string): readonly unknown[] => {
  const option = options.get(name);
  const known = inputs[name] ?? [];
  if (option?.type === 'boolean') return [...known, option.default !== true];
  if (option?.type === 'enum') return [...known, ...(option.values ?? [])];
  return option?.type === 'integer' ? [...known, 0, 1] : known;
};

/** `wanted`: names of options among the words of what is still to be taken. */
const inputsFor = (strategy: Strategy, wanted: ReadonlySet<string>, draw: Draw): Record<string, unknown> => {
  const when = template?.strategies?.find((each) => each.strategy === strategy.name)?.when ?? {};
  const all = inputsOf(strategy);
  const fit = together.filter((each) => Object.keys(each).every((key) => all.some(({ name }) => name === key)));
  const some = fit.length > 0 && draw.chance(0.6) ? draw.of(fit) : {};
  return Object.fromEntries(
    all.flatMap(({ name }) => {
      const others = othersOf(name);
      if (others.length > 0 && draw.chance(wanted.has(name) ? 0.4 : 0.07)) return [[name, draw.of(others)]];
      const standard = some[name] ?? when[name] ?? given[name] ?? options.get(name)?.default ?? undefined;
      return standard === undefined ? [] : [[name, standard]];
    }),
  );
};

const wantedBy = (
  { chart }: Strategy,
  isNew: (transition: Pick<ChartTransition, 'at'>) => boolean,
): ReadonlySet<string> =>
  new Set(
    chart.nodes.flatMap(({ transitions }) =>
      transitions.filter(isNew).flatMap(({ cond }) => cond?.text.match(/\b_\w+/g) ?? []),
    ),
  );

const zones = zonesOf(defaultTenants[0])(START);

const viewFor = (draw: Draw): View =>
  showing({
    session: {
      ...{ tenant: 'Environment', tenantid: '101', zones, server: { url: 'http://server', name: 'a', cluster: 'b' } },
      ...(draw.chance(0.9) && { changed: { GMS_Resources: { CB_Resources: { line: '8001' } } } }),
    },
    ixn: {
      interactions: {
        'ixn-1': { g_uid: 'ixn-1', voice: { ani: '5550001', ...(draw.chance(0.3) && { ced: '1234' }) } },
      },
    },
    statistic: { rows: {} },
  });

/** What ends a callback wherever it is: it is chosen so many times less. */
const ending = new Set(['callback.cancel', 'error.execution', 'interaction.deleted', 'ttl.over', 'fail_session']);
const SELDOM = 4;

/** How often what was chosen where. */
type Visits = Map<string, number>;

/** Where it stands in the leg that has most states: the flow. */
const placeIn = ({ active }: World): string => {
  const legs = active.filter(({ parent, kind }) => kind !== 'atomic' && parent?.kind === 'parallel');
  const flow = legs.reduce<ChartState | undefined>(
    (most, leg) => (most && most.last - most.order >= leg.last - leg.order ? most : leg),
    undefined,
  );
  const inFlow = flow ? active.filter((state) => isDescendant(state, flow)) : active;
  return inFlow.map(({ id }) => id).join(' ');
};

/** How many transitions it is to the nearest one that is still to be taken, from each state, as if every condition held. */
const distances = (
  { states }: Chart,
  isNew: (transition: ChartTransition) => boolean,
): ReadonlyMap<ChartState, number> => {
  const distance = new Map<ChartState, number>();
  const from = (state: ChartState): number => distance.get(state) ?? Infinity;
  const through = (state: ChartState): number =>
    Math.min(
      ...[state, ...properAncestors(state)].flatMap(({ transitions }) =>
        transitions.flatMap((each) => (isNew(each) ? [0] : each.targets.map((target) => 1 + from(target)))),
      ),
      ...(state.initial?.targets ?? []).map(from),
    );
  for (let changed = true; changed;) {
    changed = false;
    for (const state of states.toReversed())
      if (through(state) < from(state)) {
        distance.set(state, through(state));
        changed = true;
      }
  }
  return distance;
};

/** What a walk goes by. */
interface Bearings {
  readonly isNew: (transition: ChartTransition) => boolean;
  readonly distance: ReadonlyMap<ChartState, number>;
  readonly visits: Visits;
}

/** One that leads on to what is still to be taken, or was chosen least here; now and then any. */
const choose = (world: World, { isNew, distance, visits }: Bearings, draw: Draw): Chosen => {
  const moves = world.moves();
  const here = placeIn(world);
  const transitions = world.active.flatMap((state) => state.transitions);
  const count = ({ event }: Move): number => visits.get(`${here} ${event}`) ?? 0;
  const seldom = ({ event }: Move): number => (ending.has(event) ? SELDOM : 0);
  const far = (move: Move): number =>
    Math.min(
      9,
      ...transitions
        .filter(({ events }) => events.includes(move.event))
        .flatMap((each) => (isNew(each) ? [0] : each.targets.map((target) => 1 + (distance.get(target) ?? 9)))),
    );
  const least = (weigh: (move: Move) => number): readonly Move[] => {
    const lowest = Math.min(...moves.map(weigh));
    return moves.filter((move) => weigh(move) === lowest);
  };
  const how = draw.of([0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
  const fit = [least((move) => 3 * far(move) + count(move) / 10), least((move) => count(move) + seldom(move)), moves][
    how
  ];
  const chosen = draw.of(fit ?? moves);
  visits.set(`${here} ${chosen.event}`, count(chosen) + 1);
  return { move: chosen, which: moves.filter(({ event }) => event === chosen.event).indexOf(chosen) };
};

/** Where walks have been: from some of these worlds others go on. */
interface Cell {
  readonly worlds: World[];
  starts: number;
}
type Archive = Map<string, Cell>;
const KEPT = 5;

const keep = (archive: Archive, world: World, trails: Trails, draw: Draw): void => {
  if (!world.running) return;
  const here = placeIn(world);
  const cell = archive.get(here) ?? { worlds: [], starts: 0 };
  archive.set(here, cell);
  if (cell.worlds.length < KEPT) cell.worlds.push(trails.copy(world));
  else if (draw.chance(0.2)) cell.worlds.splice(draw.of([0, 1, 2, 3, 4]), 1, trails.copy(world));
};

/** Rather where something is still to be taken, and where fewer have started. Undefined: at the beginning. */
const startFrom = (
  archive: Archive,
  isNew: (transition: ChartTransition) => boolean,
  trails: Trails,
  draw: Draw,
): World | undefined => {
  const cells = [...archive.values()];
  if (cells.length === 0 || draw.chance(0.4)) return undefined;
  const newIn = ({ worlds: [world] }: Cell): number =>
    world?.active.filter(({ depth, transitions }) => depth > DEEP && transitions.some(isNew)).length ?? 0;
  const open = cells.filter((cell) => newIn(cell) > 0);
  const from = open.length > 0 && draw.chance(0.8) ? open : cells;
  const fewest = Math.min(...from.map(({ starts }) => starts));
  const cell = draw.of(from.filter(({ starts }) => starts === fewest));
  cell.starts += 1;
  return trails.copy(draw.of(cell.worlds));
};

interface Walk {
  readonly least: number;
  readonly most: number;
  /** Those of earlier walks are followed first. */
  readonly known: readonly Trail[];
}

/**
 * At least `least` steps and at most `most`, until all of `places` is taken; `use` is called with each world when a walk is over. Answers the
 * number of steps, and the trails that took something new.
 */
export const walk = (
  strategy: Strategy,
  places: ReadonlySet<string>,
  { least, most, known: before }: Walk,
  use: (world: World, draw: Draw) => void,
): { readonly steps: number; readonly trails: readonly Trail[] } => {
  const setting = settingOf(strategy);
  const { transitions: taken } = takenOf(strategy.name);
  const isNew = ({ at }: Pick<ChartTransition, 'at'>): boolean => places.has(placeOf(at)) && !taken.has(placeOf(at));
  const draw = drawFrom(1);
  const visits: Visits = new Map();
  const archive: Archive = new Map();
  const trails = new Trails(setting, viewFor, taken);
  let steps = 0;
  for (const trail of before) steps += trails.follow(trail, use);
  let distance = distances(setting.chart, isNew);
  let known = taken.size;
  let last = steps;
  const isOpen = (): boolean => [...places].some((place) => !taken.has(place));
  while (steps < least || (steps < most && isOpen())) {
    const world =
      startFrom(archive, isNew, trails, draw) ??
      trails.begin(inputsFor(strategy, wantedBy(strategy, isNew), draw), draw.seed());
    for (let left = LONGEST; left > 0 && world.running; left--) {
      steps += 1;
      if (steps - last > PATIENCE) {
        archive.clear();
        visits.clear();
        last = steps;
      }
      if (known !== taken.size) {
        last = steps;
        known = taken.size;
        distance = distances(setting.chart, isNew);
      }
      trails.go(world, choose(world, { isNew, distance, visits }, draw), draw.seed());
      keep(archive, world, trails, draw);
    }
    use(world, draw);
  }
  return { steps, trails: trails.found };
};
