import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesText } from '../server/openapi/modules.js';
import { tables } from '../server/ors/modules/tables.js';
import { packageRoot } from '../server/root.js';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

describe('docs/modules.md', () => {
  it('says what the tables of the modules say: `npm run docs` writes it', () => {
    expect(read('docs/modules.md')).to.equal(modulesText(tables));
  });

  it('has every event of every module, with its fields, and where it tells of errors its words', () => {
    const text = read('docs/modules.md');
    for (const { events = {}, errors = {} } of tables)
      for (const [name, fields] of Object.entries(events)) {
        const line = text.split('\n').find((each) => each.startsWith(`- \`${name}\``)) ?? '';
        expect(line, name).to.include(fields.map((field) => `\`${field}\``).join(', '));
        for (const word of errors[name] ?? []) expect(line, name).to.include(`\`${word}\``);
      }
  });

  it('tells of errors by names of events that there are', () => {
    for (const { events = {}, errors = {} } of tables)
      expect(Object.keys(events)).to.include.members(Object.keys(errors));
  });

  it('is what the README leads to', () => {
    expect(read('README.md')).to.include('](docs/modules.md)');
  });
});
