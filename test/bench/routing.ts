/**
 * `npm run bench:routing`: what a selection costs while many wait. 2,000 agents with skills in 40 groups; requests for groups, for
 * skills, for lists. One selection is: an agent becomes ready, is selected for somebody, takes the call, and a new request comes
 * to the line. Prints a table and, with `--write`, puts it into README.md between its markers.
 */
import { Core } from '../../server/routing/core.js';
import type { Agent, SubmitRequest } from '../../server/routing/port.js';
import { figure, type Figure } from './measure.js';
import { machine, writeBetween } from './table.js';

const AGENTS = 2_000;
const GROUPS = 40;
const SELECTIONS = 20_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

/** The same numbers in every run. */
const chance = (): ((below: number) => number) => {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const agentsOf = (any: (below: number) => number): Agent[] =>
  Array.from({ length: AGENTS }, (_, n) => ({
    id: `agent${n}`,
    dn: `7${n}`,
    switch: 'SIP',
    place: `place${n}`,
    groups: [`Group${n % GROUPS}`, `Group${any(GROUPS)}`],
    skills: { English: any(11), Loans: any(11), Cards: any(11) },
  }));

const requestOf = (n: number, any: (below: number) => number): SubmitRequest => {
  const group = `Group${any(GROUPS)}@StatServer.GA`;
  const skill = `?:English>${any(10)}&Loans>${any(6)}@StatServer.GA`;
  const targets = [[group], [skill], [group, skill]][n % 3] ?? [];
  return { id: `r${n}`, vq: `VQ${any(10)}`, targets, priority: any(3) };
};

interface Costs {
  readonly select: readonly number[];
  readonly submit: readonly number[];
}

const round = (waiting: number): Costs => {
  const any = chance();
  const core = new Core(agentsOf(any));
  const [select, submit]: [number[], number[]] = [[], []];
  let [now, next] = [0, 0];
  const timed = (into: number[], work: () => void): void => {
    const begin = performance.now();
    work();
    into.push(performance.now() - begin);
  };
  while (next < waiting) core.submit(requestOf((next += 1), any), (now += 1));
  for (let n = 0; n < SELECTIONS; n++) {
    const agent = `agent${any(AGENTS)}`;
    core.report(agent, 'NotReady', (now += 1));
    timed(select, () => core.report(agent, 'Ready', now));
    for (const event of core.decided())
      if (event.type === 'selected') core.confirm(event.selected.reservation, 'accepted', now);
    core.report(agent, 'Busy', (now += 1));
    core.decided();
    if ((next += 1) > 0) timed(submit, () => core.submit(requestOf(next, any), now));
  }
  return { select, submit };
};

const at = (part: number, times: readonly number[]): number =>
  1000 * ([...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? NaN);

const shown = (found: Figure | undefined): string =>
  found ? `${found.median.toFixed(0)} (${found.least.toFixed(0)} to ${found.most.toFixed(0)})` : '-';

const sizes = [1_000, 10_000, 100_000];
const all = new Map<number, Costs[]>(sizes.map((waiting) => [waiting, []]));
for (let n = 0; n < ROUNDS; n += 1) for (const [waiting, costs] of all) costs.push(round(waiting));
const rows = [...all].map(([waiting, costs]) => {
  const cells = (['select', 'submit'] as const).flatMap((what) =>
    [0.5, 0.99].map((part) => shown(figure(costs.map((each) => at(part, each[what]))))),
  );
  return `| ${waiting.toLocaleString('en')} | ${cells.join(' | ')} |`;
});
const text = [
  `Microseconds; the median of ${ROUNDS} interleaved rounds (least to most), ${SELECTIONS.toLocaleString('en')} selections each, ${AGENTS.toLocaleString('en')} agents. \`npm run bench:routing\`, ${machine()}.`,
  [
    '| waiting | a selection, p50 | p99 | a request more, p50 | p99 |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n'),
].join('\n\n');
process.stdout.write(`${text}\n`);
if (process.argv.includes('--write')) writeBetween('bench:routing', text);
