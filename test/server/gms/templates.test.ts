import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplates } from '../../../server/gms/templates.js';

const folder = join(import.meta.dirname, '../../../templates');

interface Raw {
  strategy?: unknown;
  options: Record<string, unknown>[];
}

/** What readTemplates says of the callback template after this change. */
function complaintAbout(change: (template: Raw) => unknown): string {
  const template = JSON.parse(readFileSync(join(folder, 'callback.json'), 'utf8')) as Raw;
  return complaintOn(JSON.stringify(change(template) ?? template));
}

function complaintOn(text: string): string {
  const place = mkdtempSync(join(tmpdir(), 'ringback-templates-'));
  try {
    writeFileSync(join(place, 'broken.json'), text);
    readTemplates(place);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(place, { recursive: true });
  }
}

const optionOf = (template: Raw, name: string): Record<string, unknown> =>
  template.options.find((option) => option['name'] === name) ?? {};
const set = (name: string, fields: object) => (template: Raw) => void Object.assign(optionOf(template, name), fields);

describe('readTemplates', () => {
  it('reads the shipped templates', () => {
    const callback = readTemplates(folder).get('callback');
    expect(callback?.strategy).to.equal('callback');
    expect(callback?.options.get('_ttl')).to.deep.include({ type: 'integer', default: 86400, mandatory: true });
  });

  it('has the options of the User Terminated Immediate table with the values that the guide predefines', () => {
    const options = readTemplates(folder).get('callback')?.options;
    const predefined = {
      _media_type: 'voice',
      _wait_for_agent: false,
      _wait_for_user_confirm: false,
      _max_transfer_to_agent_attempts: 5,
      _call_direction: 'USERTERMINATED',
      _userterminated_first_connect_party: 'CUSTOMER',
      _ttl: 86400,
      _type: 'ors',
      _provide_code: false,
      _prefix_dial_out: '91',
    };
    for (const [name, value] of Object.entries(predefined)) expect(options?.get(name)?.default, name).to.equal(value);
    for (const name of ['_route_point', '_resource_group', '_urs_virtual_queue', '_target'])
      expect(options?.get(name), name).to.deep.include({ default: null, mandatory: true });
  });

  const mistakes: readonly (readonly [string, (template: Raw) => unknown, string])[] = [
    ['a type it does not know', set('_ttl', { type: 'int' }), 'option _ttl: type: must be one of boolean, integer'],
    [
      'a default of another type',
      set('_ttl', { default: '86400' }),
      'option _ttl: default: must be a value of the type',
    ],
    ['a default that no enum value is', set('_call_direction', { default: 'fax' }), 'option _call_direction: default:'],
    ['a default below the minimum', set('_ttl', { default: -1 }), 'option _ttl: default:'],
    [
      'an enum without values',
      set('_call_direction', { values: undefined }),
      'option _call_direction: values: must be a list',
    ],
    ['values on what is no enum', set('_ttl', { values: ['1'] }), 'option _ttl: values:'],
    ['a minimum on what is no integer', set('_media_type', { minimum: 1 }), 'option _media_type: minimum:'],
    ['mandatory as a text', set('_ttl', { mandatory: 'yes' }), 'option _ttl: mandatory: must be true or false'],
    ['no description', set('_ttl', { description: '' }), 'option _ttl: description:'],
    ['a field it does not know', set('_ttl', { defualt: 1 }), 'option _ttl: defualt: is not a field of an option'],
    ['an option twice', (t) => void t.options.push(optionOf(t, '_ttl')), 'option _ttl: name: is given twice'],
    ['an option without a name', (t) => void t.options.push({}), 'name: must begin with an underscore'],
    ['an option that is no object', (t) => ({ ...t, options: [...t.options, null] }), 'must be a JSON object'],
    ['no _ttl', (t) => ({ ...t, options: t.options.filter(({ name }) => name !== '_ttl') }), 'option _ttl: is missing'],
    ['a _ttl without default', set('_ttl', { default: null }), 'option _ttl: default: must not be null'],
    [
      'a _ttl that is a text',
      set('_ttl', { type: 'string', minimum: undefined }),
      'option _ttl: type: must be integer',
    ],
    ['no strategy', (t) => ({ ...t, strategy: '' }), 'strategy: must be a text that is not empty'],
    ['no object', () => [], 'name: must be a text'],
  ];
  for (const [what, change, complaint] of mistakes) {
    it(`refuses ${what}, naming file, option and field`, () => {
      expect(complaintAbout(change))
        .to.match(/broken\.json: /)
        .and.include(complaint);
    });
  }

  it('refuses a file that is not JSON, and lists all mistakes at once', () => {
    expect(complaintOn('{')).to.include('broken.json: is not JSON: ');
    const both = complaintAbout((t) => {
      set('_ttl', { type: 'int' })(t);
      set('_target', { category: 5 })(t);
    });
    expect(both).to.include('option _ttl: type').and.include('option _target: category');
  });
});
