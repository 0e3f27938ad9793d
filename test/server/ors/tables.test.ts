import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleTables } from '../../../server/ors/modules/tables.js';
import { packageRoot } from '../../../server/root.js';

describe('the tables of the modules', () => {
  it('are those of every module that there is', () => {
    const files = readdirSync(join(packageRoot, 'server/ors/modules')).filter(
      (file) => file.endsWith('.ts') && file !== 'tables.ts',
    );
    const names = Object.keys(moduleTables).map((namespace) => `${namespace.split(/[/:]/).at(-1) ?? ''}.ts`);
    expect(names).to.have.members(files);
  });

  it('are those that the README lists', () => {
    const rows = [
      ...readFileSync(join(packageRoot, 'README.md'), 'utf8').matchAll(
        /^\| `((?:www\.gen|urn:ring)\S+)` +\| ([a-z, ]+?) *\|$/gm,
      ),
    ];
    const listed = Object.fromEntries(
      rows.map(([, namespace = '', actions = '']) => [namespace, actions === 'none' ? [] : actions.split(', ')]),
    );
    const known = Object.fromEntries(
      Object.entries(moduleTables).map(([name, actions]) => [name, Object.keys(actions)]),
    );
    expect(listed).to.deep.equal(known);
  });
});
