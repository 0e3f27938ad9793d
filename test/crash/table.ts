/** A report, for people. */
import type { Report } from './run.js';

const median = (sorted: readonly number[]): number => sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;

/** Everything that is wrong, a line each; none when the promise was kept. */
export const findings = ({ tallies, complaints }: Report): string[] => [
  ...Object.entries(tallies).flatMap(([what, { lost, doubled }]) => [
    ...lost.map((each) => `${what}: ${each} is lost`),
    ...doubled.map((each) => `${what}: ${each} is there twice, or was never asked for`),
  ]),
  ...complaints,
];

export const tableOf = (report: Report): string => {
  const { died, tallies, acked, retries, answeredAgain, repeats, dials } = report;
  const ready = died.flatMap(({ ready: ms }) => ms ?? []).sort((a, b) => a - b);
  const kinds = countsOf(died.map(({ kind }) => kind));
  const rows = Object.entries(tallies).map(([what, { expected, lost, doubled }]) =>
    [what.padEnd(18), ...[expected, lost.length, doubled.length].map((n) => String(n).padStart(9))].join(''),
  );
  return [
    `                   expected     lost  doubled`,
    ...rows,
    '',
    `killed                    ${died.length}: ${[...kinds].map(([kind, n]) => `${n} ${kind}`).join(', ')}`,
    `points not reached        ${died.filter(({ missed }) => missed).length}`,
    `acknowledged              ${acked}`,
    `asked again               ${retries}, of which ${answeredAgain} got an earlier answer`,
    `effects that came again   ${repeats}, with the same key`,
    `dials                     ${dials}`,
    `ready after               ${median(ready).toFixed(0)} ms (median), ${(ready.at(-1) ?? NaN).toFixed(0)} ms (most)`,
  ].join('\n');
};

const countsOf = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
