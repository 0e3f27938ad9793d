#!/usr/bin/env node
/** The command line, for authors of strategies and operators: `cli/commands.ts`, given the process it runs in. */
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { commandLine } from './cli/commands.js';
import { screenOn } from './cli/screen.js';
import type { Terminal } from './cli/terminal.js';

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => text(process.stdin),
  lines: () => createInterface({ input: process.stdin }),
  prompt: process.stdin.isTTY ? () => void process.stdout.write('> ') : undefined,
  screen: process.stdout.isTTY && process.env['TERM'] !== 'dumb' ? screenOn(process.stdout, process) : undefined,
  env: process.env,
};

await commandLine(terminal, (code) => {
  process.exitCode = code;
}).parseAsync();
