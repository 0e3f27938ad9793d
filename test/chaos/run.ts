/** `npm run chaos`: 1,000 callbacks in days of chaos, and how they ended. SEED=n draws others; SEED=n DAY=d is one of its days. */
import { chaos } from './chaos.js';
import { seedOf } from './seed.js';
import { WHOLE } from './sizes.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const only = process.env['DAY'];
const began = performance.now();
const total: Record<string, number> = {};
const add = (counts: Readonly<Record<string, number>>): void => {
  for (const [what, count] of Object.entries(counts)) total[what] = (total[what] ?? 0) + count;
};

for (let day = 1; day <= WHOLE.days; day += 1) {
  if (only !== undefined && Number(only) !== day) continue;
  const { wrong, ends, faults } = await chaos(seedOf(day), WHOLE.callbacks);
  add(ends);
  add(faults);
  for (const what of wrong) say(`day ${day}: ${what}`);
  if (wrong.length === 0) continue;
  say(`again: SEED=${process.env['SEED'] ?? '1'} DAY=${day} npm run chaos`);
  process.exitCode = 1;
}
for (const [what, count] of Object.entries(total).sort()) say(`${what}: ${count}`);
say(`${((performance.now() - began) / 1000).toFixed(1)} s`);
