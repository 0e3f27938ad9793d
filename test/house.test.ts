// The rules of the house that no linter holds: folders, names, lengths, openings, and that the README tells the truth.
// Neighbours: eslint.config.js and .dependency-cruiser.cjs hold the rest; DESIGN.md gives the reasons.
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folders = ['docs', 'engine', 'server', 'strategies', 'templates', 'test'];
const rootFiles = [
  'CHANGELOG.md',
  'DESIGN.md',
  'LICENSE',
  'README.md',
  'eslint.config.js',
  'package-lock.json',
  'package.json',
  'tsconfig.build.json',
  'tsconfig.json',
];
const forbiddenWords = /^(utils?|helpers?|common|managers?|base|impl|types)$/;
const longest = 300;
const medianBelow = 100;

interface Source {
  path: string;
  text: string;
  lines: number;
}

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;

/** The TypeScript files below one top-level folder; paths are relative to the root, with forward slashes. */
function sourcesOf(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      const text = read(path);
      return { path, text, lines: text.trimEnd().split('\n').length };
    });
}

/** The words of a path: `server/gms/call-manager.test.ts` -> server, gms, call, manager, test, ts. */
const wordsOf = (path: string): string[] =>
  path
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

const ignoredByGit = read('.gitignore')
  .split('\n')
  .map((line) => line.replace(/\/$/, ''));

describe('the house', () => {
  const shipped = [...sourcesOf('engine'), ...sourcesOf('server')];
  const all = [...shipped, ...sourcesOf('test')];

  it('has six folders and the listed files at its root, beside dotfiles and what git ignores', () => {
    const entries = readdirSync(root, { withFileTypes: true }).filter(
      ({ name }) => !name.startsWith('.') && !ignoredByGit.includes(name),
    );
    const named = (directory: boolean) => entries.filter((e) => e.isDirectory() === directory).map((e) => e.name);
    expect(named(true)).to.have.members(folders);
    expect(named(false)).to.have.members(rootFiles);
  });

  it('names no file or folder after nothing in particular', () => {
    expect(all.map(({ path }) => path).filter((path) => wordsOf(path).some((word) => forbiddenWords.test(word)))).to.be
      .empty;
  });

  it(`has no file over ${longest} lines`, () => {
    expect(all.filter(({ lines }) => lines > longest).map(({ path, lines }) => `${path}: ${lines}`)).to.be.empty;
  });

  it(`keeps the median of what ships below ${medianBelow} lines`, () => {
    const lengths = shipped.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).to.be.below(medianBelow);
  });

  it('opens every file that ships with a comment: what it is and who its neighbours are', () => {
    expect(shipped.filter(({ text }) => !/^(#!.*\n)?\/[/*]/.test(text)).map(({ path }) => path)).to.be.empty;
  });

  it('names every test file for the runner to find, or keeps it out of its way', () => {
    const tests = sourcesOf('test').filter(({ text }) => /^describe\(/m.test(text));
    expect(tests.filter(({ path }) => !basename(path).endsWith('.test.ts')).map(({ path }) => path)).to.be.empty;
  });

  it('has an npm script for every command that the README gives', () => {
    const { scripts } = manifest;
    const commands = [...read('README.md').matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short ?? '',
    );
    expect(commands).to.include.members(['start', 'test']);
    expect(commands.filter((command) => !(command in scripts))).to.be.empty;
  });

  it('gives a reason in DESIGN.md for every package, at the version that is installed', () => {
    const rows = [...read('DESIGN.md').matchAll(/^\| `([\w@/.-]+)` +\| (\d+\.\d+\.\d+[\w.-]*) +\|/gm)];
    const packages = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const chosen = packages
      .filter(([name]) => !name.startsWith('@types/'))
      .map(([name, version]) => [name, version.replace(/^npm:.*@/, '')]);
    expect(Object.fromEntries(rows.map(([, name, version]) => [name, version]))).to.deep.equal(
      Object.fromEntries(chosen),
    );
  });

  it('gives its build machine the line that the README gives for tests', () => {
    const line = 'npm ci && npm test';
    expect(read('README.md')).to.include(line);
    expect(read('.ci/run')).to.include(`\n${line}\n`);
  });

  it('keeps a changelog with a section for what is not released yet', () => {
    expect(read('CHANGELOG.md')).to.match(/^## \[Unreleased\]$/m);
  });
});
