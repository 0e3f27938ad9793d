/** `npm run test:crash`: the long form. CRASH_KILLS and CRASH_SEED say how long and which. */
import { crashRun } from './run.js';
import { findings, tableOf } from './table.js';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const soak = async (): Promise<void> => {
  const [kills, seed] = [number('CRASH_KILLS', 120), number('CRASH_SEED', Math.floor(Date.now() / 1000))];
  print(`${kills} kills, CRASH_SEED=${seed}`);
  const report = await crashRun({ kills, seed, clients: 12, patient: true, progress: print });
  const wrong = findings(report);
  print(`\n${tableOf(report)}\n`);
  print(wrong.length === 0 ? 'nothing lost, nothing doubled' : wrong.join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
};

void soak();
