// Mocha's reporter for this project: one line a test file, every failure in full, the slowest five.
// Neighbours: .mocharc.json names it, check.mjs reads the totals it writes (reporter option `totals`: a file to write).
// 1. A test that cannot pass silently: pending tests are counted and shown, failures of hooks count as failures.
// 2. A run whose process outlives its tests by five seconds is stopped and fails: something left a handle open.
'use strict';

const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;
const LINGER_MS = 5_000;

class Reporter {
  constructor(runner, options) {
    this.files = new Map();
    this.passes = [];
    this.failures = [];
    this.totals = options.reporterOptions?.totals;
    runner.on(EVENT_TEST_PASS, (test) => {
      this.passes.push(test);
      this.tally(test, 'passed');
    });
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      test.err = error;
      this.failures.push(test);
      this.tally(test, 'failed');
    });
    runner.on(EVENT_TEST_PENDING, (test) => this.tally(test, 'pending'));
    runner.on(EVENT_RUN_END, () => this.end());
  }

  /** Counts one outcome under its test's file. */
  tally(test, outcome) {
    const file = test.file === undefined ? '(root hooks)' : relative(process.cwd(), test.file);
    const line = this.files.get(file) ?? { passed: 0, failed: 0, pending: 0, ms: 0 };
    line[outcome] += 1;
    line.ms += test.duration ?? 0;
    this.files.set(file, line);
  }

  end() {
    for (const [file, line] of this.files) console.log(summary(file, line));
    const slowest = this.passes.toSorted((a, b) => b.duration - a.duration).slice(0, 5);
    console.log('\nslowest');
    for (const test of slowest) console.log(`  ${milliseconds(test.duration)}  ${test.fullTitle()}`);
    if (this.failures.length > 0) reporters.Base.list(this.failures);
    console.log(`\nunit: ${this.passes.length} passed, ${this.failures.length} failed\n`);
    if (this.totals !== undefined) {
      writeFileSync(this.totals, JSON.stringify({ passed: this.passes.length, failed: this.failures.length }));
    }
    setTimeout(giveUp, LINGER_MS).unref();
  }
}

function summary(file, { passed, failed, pending, ms }) {
  const outcomes = [`${passed} passed`];
  if (failed > 0) outcomes.push(`${failed} FAILED`);
  if (pending > 0) outcomes.push(`${pending} pending`);
  return `  ${milliseconds(ms)}  ${file}: ${outcomes.join(', ')}`;
}

function milliseconds(ms) {
  return `${String(Math.round(ms)).padStart(6)} ms`;
}

function giveUp() {
  console.error(`the tests ended, the process did not; still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}

module.exports = Reporter;
