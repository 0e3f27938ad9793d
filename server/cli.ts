#!/usr/bin/env node
/** The command line, for authors of strategies: `cli/check.ts` and `cli/trace.ts`, given the process they run in. */
import { Command } from 'commander';
import { text } from 'node:stream/consumers';
import { runCheck } from './cli/check.js';
import type { Terminal } from './cli/terminal.js';
import { runTrace } from './cli/trace.js';

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => text(process.stdin),
  env: process.env,
};

const program = new Command('ringback').description('Checks and dry-runs SCXML strategies.');

program
  .command('check')
  .description('print every problem of the documents as file:line:col: message')
  .argument('<file...>')
  .action((files: string[]) => {
    process.exitCode = runCheck(files, terminal);
  });

program
  .command('trace')
  .description('run a document on a virtual clock, with a JSON list of steps from standard input')
  .argument('<file>')
  .addHelpText(
    'after',
    '\nSteps: {"event":"name","data":any} or {"advance":ms}. SETTLE_MS: virtual time after the last.',
  )
  .action(async (file: string) => {
    process.exitCode = await runTrace(file, terminal);
  });

await program.parseAsync();
