/** Figures as text, and tables in README.md between their markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../server/root.js';
import type { Figure } from './measure.js';

export const short = (value: number): string => {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : value.toFixed(1);
};

export const cell = (value: Figure | undefined): string =>
  value ? `${short(value.median)} (${short(value.least)} to ${short(value.most)})` : '-';

/** The date and what it was measured on. */
export const machine = (): string => {
  const [date = ''] = new Date().toISOString().split('T');
  return `${date}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
};

export const writeBetween = (marker: string, text: string): void => {
  const path = join(packageRoot, 'README.md');
  const readme = readFileSync(path, 'utf8');
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [start, end] = [readme.indexOf(open), readme.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`README.md has no place for this: ${open} and ${close}`);
  writeFileSync(path, `${readme.slice(0, start)}${open}\n\n${text}\n\n${readme.slice(end)}`);
};
