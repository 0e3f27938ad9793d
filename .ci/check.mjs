// The gate behind `npm test`: every stage is an npm script of its own; those that only read run two at a time, the tests alone.
// Neighbours: package.json (the scripts), reporter.cjs (writes the totals of the unit stage).
// 1. Every stage runs, whatever the ones before it found; only a failed stage shows its output.
// 2. The last line is `N passed, N failed`: mocha's tests, and one failure for every other stage that failed.
// 3. The exit code is zero only where nothing failed and at least one test passed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const staticStages = ['lint', 'formatted', 'types', 'depcruise', 'knip'];

/** Runs one npm script and prints its name, verdict and seconds, then what it said if it failed; answers whether it succeeded. */
async function runStage(name, args = [], stdio = 'pipe') {
  const started = performance.now();
  const child = spawn(['npm run --silent', name, ...args].join(' '), { cwd: root, shell: true, stdio });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (code !== 0 && said.length > 0) console.log(Buffer.concat(said).toString());
  return code === 0;
}

/** Two at a time; the names of those that failed. */
async function runAll(names) {
  const left = [...names];
  const failed = [];
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift())
      if (!(await runStage(name))) failed.push(name);
  };
  await Promise.all([work(), work()]);
  return names.filter((name) => failed.includes(name));
}

/** The unit stage: its output streams, its totals come back by file. A run that broke off counts as one failure. */
async function runUnit() {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-test-'));
  const file = join(folder, 'totals.json');
  try {
    const ok = await runStage('unit', ['--', '--reporter-option', `totals="${file}"`], 'inherit');
    const totals = readTotals(file);
    return ok ? totals : { ...totals, failed: Math.max(totals.failed, 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readTotals(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.log('unit: mocha wrote no totals: it stopped before its tests ended');
    return { passed: 0, failed: 1 };
  }
}

const broken = await runAll(staticStages);
const unit = await runUnit();
if (broken.length > 0) console.log(`failed before the tests: ${broken.join(', ')} (run each with: npm run <name>)`);
const failed = unit.failed + broken.length;
process.exitCode = failed === 0 && unit.passed > 0 ? 0 : 1;
console.log(`${unit.passed} passed, ${failed} failed`);
