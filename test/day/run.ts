/** `npm run day [SEED]`: a whole day of the simulated contact centre, twice, as it is built, and what became of everybody. */
import { simulateDay } from './day.js';
import { WHOLE_DAY } from './sizes.js';

const seed = process.argv[2] ?? '1';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function timed(): Promise<Awaited<ReturnType<typeof simulateDay>>> {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const outcome = await simulateDay(WHOLE_DAY, seed);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = [performance.now() - begin, (user + system) / 1000].map((ms) => (ms / 1000).toFixed(1));
  say(
    `${outcome.events} events in ${seconds[0] ?? ''} s (${seconds[1] ?? ''} s of processors), trace ${outcome.trace}`,
  );
  return outcome;
}

const { hours, inbound, callbacks, agents } = WHOLE_DAY;
say(`${hours} h, ${inbound} inbound calls, ${callbacks} callbacks, ${agents} agents, seed ${seed}`);
const first = await timed();
const second = await timed();
say(`calls: ${JSON.stringify(first.calls)}`);
for (const [what, count] of Object.entries(first.callbacks).sort()) say(`callbacks ${what}: ${count}`);
say(`left over: ${JSON.stringify(first.left)}`);
say(first.trace === second.trace ? 'the same day twice' : 'TWO DIFFERENT DAYS from one seed');
process.exitCode = first.trace === second.trace ? 0 : 1;
