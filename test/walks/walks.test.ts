/**
 * Every state and transition of every strategy is taken by a test, or stands in gaps.json with the reason: by scenarios, where they have run
 * in this process as in `npm test`, and by walks over the charts (`walk.ts`). `npm run coverage:strategies` runs them all, and shows what has taken what.
 */
import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategies } from '../pages/read.js';
import { toTake, type ToTake } from './names.js';
import { takenOf } from './taken.js';
import type { Draw } from './draw.js';
import type { Trail } from './trails.js';
import { walk } from './walk.js';
import type { World } from './world.js';

type Gaps = Readonly<Record<string, Readonly<Record<string, string>>>>;
const fileOf = (name: string): string => join(import.meta.dirname, `${name}.json`);
const read = (name: string): unknown => JSON.parse(readFileSync(fileOf(name), 'utf8'));
const gaps = read('gaps') as Gaps;
/** Of walks that took what no scenario takes. With `TRAILS=write`, as `npm run walks` has it, they are looked for anew. */
const isWriting = process.env['TRAILS'] === 'write';
const trails = (isWriting ? {} : read('trails')) as Readonly<Record<string, readonly Trail[]>>;
/** Those of the file, and those that the texts themselves tell. */
const gapsOf = ({ strategy, never }: ToTake): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(never),
  ...gaps[strategy],
});

/** Of who runs this file alone is asked what walks find in little time: some few transitions are taken by scenarios sooner. */
const scenariosHaveRun = (): boolean => takenOf('callback').transitions.size > 0;
const STEPS = { least: 500, most: 40_000 };
const ALONE = { steps: { least: 500, most: 3000 }, missing: 0.25 };

/** Names of transitions and ids of states that nobody has taken. */
const untaken = ({ strategy, transitions, states }: ToTake): string[] => {
  const taken = takenOf(strategy);
  return [
    ...[...transitions].filter(([place]) => !taken.transitions.has(place)).map(([, name]) => name),
    ...states.filter((id) => !taken.states.has(id)),
  ];
};

/** Whatever it was at: who cancels it has it end, when modules have answered and its timers are over. */
const end = (world: World, draw: Draw): void => {
  world.tell('callback.cancel');
  for (let left = 50; left > 0 && world.running; left--) draw.of(world.moves()).happen(draw);
};

/** A line for each trail. */
const written = (found: Readonly<Record<string, readonly Trail[]>>): string => {
  const lists = Object.entries(found)
    .filter(([, each]) => each.length > 0)
    .map(([name, each]) => `"${name}": [\n${each.map((trail) => JSON.stringify(trail)).join(',\n')}\n]`);
  return `{\n${lists.join(',\n')}\n}\n`;
};

describe('walks over the charts of strategies', () => {
  let alone = false;
  before(() => {
    alone = !scenariosHaveRun();
  });
  const lines: string[] = [];
  const found: Record<string, readonly Trail[]> = {};
  after(() => {
    if (isWriting) writeFileSync(fileOf('trails'), written(found));
    console.log(`\nstrategies: transitions that tests have taken\n${lines.join('\n')}\n`);
  });

  for (const all of toTake) {
    const { strategy: name, transitions } = all;
    const strategy = strategies.find((each) => each.name === name);
    const isCallback = strategy?.text.includes('cb:update state="\'COMPLETED\'"') === true;

    it(`take all of ${name} but what is listed with a reason`, function () {
      this.timeout(120_000);
      if (!strategy) throw new Error(`there is no ${name}`);
      const count = (): number =>
        [...transitions.keys()].filter((place) => takenOf(name).transitions.has(place)).length;
      const played = count();
      const wanted = [...transitions].filter(([, transition]) => !(transition in gapsOf(all))).map(([place]) => place);
      const known = trails[name] ?? [];
      const walked = walk(strategy, new Set(wanted), { ...(alone ? ALONE.steps : STEPS), known }, (world, draw) => {
        if (!isCallback) return;
        if (world.running) end(world, draw);
        expect(world.running, 'it ends when it is cancelled').to.equal(false);
        expect(world.completed, 'its record is completed once').to.equal(1);
      });
      found[name] = walked.trails;
      const missing = untaken(all).filter((each) => !(each in gapsOf(all)));
      lines.push(
        `  ${name.padEnd(16)} ${count()}/${transitions.size}: ${played} by scenarios, ${count() - played} more by ${walked.steps} steps of walks`,
        ...untaken(all).map((each) => `    untaken: ${each}: ${gapsOf(all)[each] ?? 'no reason is known'}`),
      );
      if (alone) expect(missing.length).to.be.at.most(transitions.size * ALONE.missing);
      else
        expect(missing, 'taken by no test: write a scenario, or the reason into test/walks/gaps.json').to.deep.equal(
          [],
        );
    });

    it(`have not taken what is listed of ${name}`, () => {
      const names = untaken(all);
      expect(
        Object.keys(gapsOf(all)).filter((gap) => !names.includes(gap)),
        'taken, or no longer there',
      ).to.deep.equal([]);
    });
  }

  it('list gaps of strategies that there are', () => {
    expect(toTake.map(({ strategy }) => strategy)).to.include.members(Object.keys(gaps));
  });

  it('have a name for each transition', () => {
    for (const { transitions } of toTake) expect(new Set(transitions.values()).size).to.equal(transitions.size);
  });
});
