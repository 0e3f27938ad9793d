// The gate behind `npm test`: every stage is an npm script of its own, run one after the other.
// Neighbours: package.json (the scripts), reporter.cjs (writes the totals of the unit stage).
// 1. Every stage runs, whatever the ones before it found; only a failed stage shows its output.
// 2. The last line is `N passed, N failed`: mocha's tests, and one failure for every other stage that failed.
// 3. The exit code is zero only where nothing failed and at least one test passed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const staticStages = ['formatted', 'lint', 'types', 'knip', 'depcruise'];

/** Runs one npm script and prints its name, verdict and seconds; answers whether it succeeded. */
function runStage(name, args, stdio) {
  const started = performance.now();
  const command = ['npm run --silent', name, ...args].join(' ');
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    shell: true,
    stdio,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (status !== 0 && stdout !== null) console.log(`${stdout}${stderr}`);
  return status === 0;
}

/** The unit stage: its output streams, its totals come back by file. A run that broke off counts as one failure. */
function runUnit() {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-test-'));
  const file = join(folder, 'totals.json');
  try {
    const ok = runStage('unit', ['--', '--reporter-option', `totals="${file}"`], 'inherit');
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

const broken = staticStages.filter((name) => !runStage(name, [], 'pipe'));
const unit = runUnit();
if (broken.length > 0) console.log(`failed before the tests: ${broken.join(', ')} (run each with: npm run <name>)`);
const failed = unit.failed + broken.length;
process.exitCode = failed === 0 && unit.passed > 0 ? 0 : 1;
console.log(`${unit.passed} passed, ${failed} failed`);
