import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesText } from '../server/openapi/modules.js';
import { tables } from '../server/ors/modules/tables.js';
import { packageRoot } from '../server/root.js';
import { inputsOf } from './pages/inputs.js';
import { pages } from './pages/pages.js';
import { includedBy, strategies } from './pages/read.js';

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

describe('strategies/README.md', () => {
  const text = read('strategies/README.md');
  const pageOf = (title: string): string =>
    text.split(/\n(?=##+ )/).find((page) => /^##+ (.*)/.exec(page)?.[1] === title) ?? '';

  it('says what the documents say: `npm run docs` writes it', async () => {
    expect(text).to.equal(
      await pages(),
      'run `npm run docs` after a change of strategies or templates, and commit what it writes',
    );
  });

  for (const strategy of strategies)
    it(`has a page of ${strategy.name}: inputs, events, parts, and every state in a chart`, () => {
      const page = pageOf(strategy.name);
      const titles = includedBy(strategy).map((path) => path.replace('parts/', ''));
      for (const { name } of inputsOf(strategy)) expect(page).to.include(`| \`${name}\``);
      for (const title of titles) expect(page).to.include(`| [${title}](#`);
      expect(page).to.match(/\nHears:\n\n- /);
      const charts = [page, ...titles.map(pageOf)].join('\n');
      const isDrawn = (id = ''): boolean => new RegExp(`^ +(state )?${id}( \\{)?$`, 'm').test(charts);
      const legs = strategy.chart.nodes.filter(({ kind }) => kind !== 'parallel');
      expect(legs.filter(({ id }) => !isDrawn(id)).map(({ id }) => id)).to.deep.equal([]);
    });

  it('is what the README leads to', () => {
    expect(read('README.md')).to.include('](strategies/README.md)');
  });
});
