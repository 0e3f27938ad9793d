// Groups of exception patterns for operators: they are lists, judged when they are set, and tried before a service has them.
import { expect } from 'chai';
import { virtualClock } from '../../../../server/clock/virtual.js';
import { requirePatterns } from '../../../../server/gms/guards/exceptions.js';
import { memoryStore } from '../../../../server/store/memory.js';
import { wholeServer, type Whole } from '../../whole.js';

const TOKEN = 'the-token-of-operators-0123456789';
const token = `Bearer ${TOKEN}`;

describe('groups of exception patterns', () => {
  let server: Whole;
  before(async () => {
    const environment = { RINGBACK_ADMIN_TOKEN: TOKEN };
    server = await wholeServer({ store: memoryStore(), clock: virtualClock(), environment });
    await set('emergencies', String.raw`\+?(911|112)`);
    await set('premium', String.raw`\+?1900\d{7}`);
  });
  after(() => server.close());

  const set = (name: string, value: string) =>
    server.ask('PUT', `/ringback/lists/GMS_Patterns/cb_errors/${name}`, { token, body: { value } });
  const test = (group: string, body: object, shown = token) =>
    server.ask('POST', `/ringback/patterns/${group}/test`, { token: shown, body });

  const cases: Readonly<Record<string, readonly string[]>> = {
    '911': ['emergencies'],
    '+19001234567': ['premium'],
    '19001234567': ['premium'],
    '16504661230': [],
    '': [],
  };
  for (const [value, matching] of Object.entries(cases))
    it(`say that ${matching.join(', ') || 'none'} of them matches "${value}"`, async () => {
      expect((await test('cb_errors', { value })).data).to.deep.equal({ matching });
    });

  it('take no pattern that they cannot match', async () => {
    const { status, data } = await set('hostile', String.raw`(a+)+\1`);
    expect(status).to.equal(400);
    expect(data['message']).to.include('a value of GMS_Patterns: it has the escape \\1');
  });

  it('are asked with a value, by operators, by a name that there is', async () => {
    expect((await test('cb_errors', {})).status).to.equal(400);
    expect((await test('cb_errors', { value: '9'.repeat(256) })).status).to.equal(400);
    expect((await test('nobody', { value: '911' })).status).to.equal(404);
    expect((await test('cb_errors', { value: '911' }, 'Bearer no')).status).to.equal(401);
  });

  it('are read whole, with all their mistakes, before a server begins', () => {
    expect(() => requirePatterns({ g: { good: 'a', bad: '(a', worse: 'a**' } })).to.throw(
      /GMS_Patterns cannot be used:\ng: bad: .*\ng: worse: /,
    );
  });
});
