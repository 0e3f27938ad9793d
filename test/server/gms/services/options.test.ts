import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplates } from '../../../../server/gms/templates.js';
import { packageRoot } from '../../../../server/root.js';
import { optionNames } from './option-names.js';

const folder = join(packageRoot, 'templates');
const templates = readTemplates(folder);

const filesIn = (place: string): string[] =>
  readdirSync(join(packageRoot, place), { recursive: true, encoding: 'utf8' }).map((file) => join(place, file));
const product = [...filesIn('server'), ...filesIn('strategies')]
  .filter((file) => /\.(ts|scxml|xml|js)$/.test(file))
  // There it is looked whether what is configured fits together; nobody acts on it.
  .filter((file) => !file.startsWith(join('server', 'configuration')))
  .map((file) => readFileSync(join(packageRoot, file), 'utf8').replace(/\/\*.*?\*\//gs, ''))
  .join('\n');
const words = new Set(product.match(/\b_[a-z]\w*/g));

/** By their beginnings: the calendar reads these by patterns. */
const isRead = (name: string): boolean =>
  words.has(name) || /^_(?:holiday|include_schedule|capacity_(?:add|\d))$/.test(name);

/** Names that mean something else as well. */
const alsoElse = new Map([
  ['_id', 'the id in answers'],
  ['_access_number', 'what a session tells its customer'],
  ['_access_code', 'what a session tells its customer'],
  ['_resource_group', 'an option of callback services as well'],
  ['_provide_code', 'an option of callback services as well'],
  ['_access_code_length', 'an option of callback services as well'],
  ['_booking_expiration_timeout', 'an option of callback services as well'],
  ['_ttl', 'an option of callback services as well'],
]);

describe('the options of the templates', () => {
  for (const [template, names] of Object.entries(optionNames))
    it(`of ${template} are all that the original has`, () => {
      const options = templates.get(template)?.options;
      expect(names.filter((name) => !options?.has(name))).to.deep.equal([]);
    });

  for (const [template, { options, builtin = false }] of templates)
    it(`of ${template} say that they are unused, and why, as long as nothing reads them, and no longer`, () => {
      const isElse = (name: string) => builtin && alsoElse.has(name);
      const wrong = [...options.values()].filter(
        ({ name, unused }) => !isElse(name) && isRead(name) === (unused !== undefined),
      );
      expect(wrong.map(({ name, unused }) => `${name}: ${unused ?? 'nothing reads it'}`)).to.deep.equal([]);
    });

  it('are listed once: what is in use does not stand in unused/', () => {
    const listed = readdirSync(join(folder, 'unused')).flatMap((file) => {
      const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown;
      const { options } = read(file) as { options: { name: string }[] };
      const unused = read(join('unused', file)) as { name: string; unused?: string }[];
      expect(unused.filter((option) => option.unused === undefined)).to.deep.equal([]);
      return unused.filter(({ name }) => options.some((option) => option.name === name)).map(({ name }) => name);
    });
    expect(listed, 'take them out of templates/unused').to.deep.equal([]);
  });

  it('belong to a category of the guide, or of their kind of service', () => {
    const ofCallbacks = [
      ...['General', 'Chat', 'Notification', 'Queue Management', 'Reporting', 'Scheduled Call', 'URS Queueing'],
      ...['Voice - User Originated', 'Voice - User Terminated', 'Voice Treatment', 'No category'],
    ];
    const categories = new Set(
      [...(templates.get('callback')?.options.values() ?? [])].map(({ category }) => category),
    );
    expect([...categories].sort()).to.deep.equal(ofCallbacks.sort());
  });
});
