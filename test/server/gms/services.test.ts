import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoServices } from '../../../server/gms/demo-services.js';
import { queuesOf, readServices, servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';

const templates = readTemplates(join(import.meta.dirname, '../../../templates'));

describe('servicesOf', () => {
  const complaints: readonly (readonly [unknown, string])[] = [
    [[], 'must be a JSON object of services by name'],
    [{ S: { template: 'x' } }, 'S: template: must be one of callback'],
    [{ S: { template: 'callback', options: [] } }, 'S: options: must be a JSON object'],
    [{ S: { template: 'callback', option: {} } }, 'S: option: only template and options are known here'],
    [{ S: null }, 'S: template: must be one of callback'],
  ];
  for (const [configured, complaint] of complaints) {
    it(`refuses ${JSON.stringify(configured)}, naming the source`, () => {
      expect(() => servicesOf(configured, templates, 'services.json'))
        .to.throw(complaint)
        .with.property('message')
        .that.includes('services.json');
    });
  }
});

describe('readServices', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ringback-services-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads services from a file', () => {
    const file = join(folder, 'services.json');
    writeFileSync(file, JSON.stringify(demoServices));
    const services = readServices(file, templates);
    expect([...services.keys()]).to.deep.equal(Object.keys(demoServices));
    expect(services.get('BasicCallback')?.values.get('_urs_virtual_queue')).to.equal('VQ_Billing');
  });

  it('names the virtual queues of services once each, those of requests not', () => {
    const queue = (_urs_virtual_queue: unknown) => ({ template: 'callback', options: { _urs_virtual_queue } });
    const services = { A: queue('V'), B: queue('W'), C: queue('V'), D: queue('$queue$'), E: { template: 'callback' } };
    expect(queuesOf(servicesOf(services, templates, 'test'))).to.deep.equal(['V', 'W']);
  });

  it('names a file that is not there or not JSON', () => {
    const file = join(folder, 'services.json');
    expect(() => readServices(file, templates)).to.throw(`${file}: the configured services cannot be read: ENOENT`);
    writeFileSync(file, '{');
    expect(() => readServices(file, templates)).to.throw(`${file}: the configured services cannot be read: `);
  });
});
