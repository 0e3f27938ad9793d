/** What users do with callbacks, by role, and of the services that they are shown: the paths of /genesys/1/admin. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { demoServices } from '../../../server/gms/demo-services.js';
import { memoryStore } from '../../../server/store/memory.js';
import { auditInMemory } from '../../../server/users/audit.js';
import { hashed } from '../../../server/users/password.js';
import type { Role } from '../../../server/users/user.js';
import { wholeServer, type Whole } from '../whole.js';

const ADMIN = '/genesys/1/admin/callback';
const PASSWORD = 'a password of all';
const people: readonly (readonly [name: string, role: Role, services: readonly string[]])[] = [
  ['root', 'Administrator', []],
  ['chief', 'Supervisor', []],
  ['eve', 'Supervisor', ['shop']],
  ['bob', 'CallbackReadOnly', ['Support']],
];

describe('callbacks of users', () => {
  let server: Whole;
  const ids: Record<string, string> = {};
  const audit = auditInMemory();
  before(async () => {
    const password = await hashed(PASSWORD);
    const known = people.map(([name, role, services]) => ({ name, roles: [role], services, password }));
    const { template, options } = demoServices.BasicCallback;
    server = await wholeServer({
      store: memoryStore(),
      clock: virtualClock(Date.parse('2026-03-02T09:00:00.000Z')),
      services: {
        Sales: { template, options: { ...options, _service_groups: 'shop, all' } },
        Support: { template, options },
      },
      people: { known: () => known, audit },
    });
    for (const service of ['Sales', 'Support']) {
      const body = { _customer_number: '+16504661230', _desired_time: '2026-03-02T15:00:00.000Z' };
      const { data } = await server.ask('POST', `/genesys/1/service/callback/${service}`, { body });
      ids[service] = String(data['_id']);
    }
  });
  after(() => server.close());

  const as = (name: string): string => `Basic ${Buffer.from(`${name}:${PASSWORD}`).toString('base64')}`;
  const get = (name: string, path: string) => server.ask('GET', `${ADMIN}/${path}`, { token: as(name) });
  const post = (name: string, path: string, body: object) =>
    server.ask('POST', `${ADMIN}/${path}`, { token: as(name), body });

  const shown: Readonly<Record<string, readonly string[]>> = {
    root: ['Sales', 'Support'],
    chief: ['Sales', 'Support'],
    eve: ['Sales'],
    bob: ['Support'],
  };
  for (const [name, services] of Object.entries(shown))
    it(`are those of ${services.join(', ')} for ${name}`, async () => {
      expect(Object.keys((await get(name, 'queues')).data)).to.deep.equal(services);
      expect(Object.keys((await get(name, 'watermarks')).data['services'] as object)).to.deep.equal(services);
    });

  it('are not there when they are of another service, which is not there either', async () => {
    const other = await get('eve', 'queues?target=Support');
    const none = await get('eve', 'queues?target=Nothing');
    expect(JSON.stringify(other.data).replaceAll('Support', 'Nothing')).to.equal(JSON.stringify(none.data));
    expect(other.status).to.equal(none.status);
    const { data } = await post('eve', 'cancel', { ids: [ids['Support']] });
    expect(data['success']).to.deep.equal([]);
    expect(JSON.stringify(data['errors'])).to.include('cannot be found');
  });

  it('are changed by supervisors, and by nobody who may only look', async () => {
    expect((await post('bob', 'cancel', { ids: [ids['Support']] })).status).to.equal(403);
    const { data } = await post('eve', 'cancel', { ids: [ids['Sales']] });
    expect(data['success']).to.deep.equal([{ _id: ids['Sales'] }]);
    const last = (await audit.last(2)).map(({ user, did, to, status }) => [user, did, to ?? status]);
    expect(last).to.deep.equal([
      ['eve', `POST ${ADMIN}/cancel`, [ids['Sales']]],
      ['eve', `POST ${ADMIN}/cancel`, 200],
    ]);
  });

  it('are exported as far as they are shown', async () => {
    const table = { callback_reason: 'CANCELLED_BY_ADMIN' };
    expect((await post('bob', 'reportcancelled', table)).status).to.equal(204);
    expect((await post('eve', 'reportcancelled', table)).data).to.include('Sales');
    expect((await post('chief', 'reportcancelled', table)).data).to.include('Sales');
  });
});
