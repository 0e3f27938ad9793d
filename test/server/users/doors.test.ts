/** Every route, by every role: what the description says of a route is what its door does. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { description } from '../../../server/openapi/description.js';
import { memoryStore } from '../../../server/store/memory.js';
import { auditInMemory } from '../../../server/users/audit.js';
import { hashed } from '../../../server/users/password.js';
import { roles, type Role } from '../../../server/users/user.js';
import { wholeServer, type Whole } from '../whole.js';

const TOKEN = 'the-token-of-operators-0123456789';
const PASSWORD = 'a password of all';

/**
 * Routes for everybody: clients, other servers' sessions, and whoever looks at the server's health. A new route stands here, or its
 * description says who may ask.
 */
const open: readonly RegExp[] = [
  /^\/scxml\//,
  /^\/ors\//,
  /^\/urs\//,
  /^\/basichttp\b|^\/scxml$/,
  /^\/genesys\/1\/service\//,
  /^\/genesys\/2\//,
  /^\/(health|metrics|help|docs|openapi|ready|live)/,
  /^\/$/,
];

/** Who shows something of another kind than a user does. */
const others = ['agent', 'peer', 'basic'];

const operations = Object.entries(description.paths).flatMap(([path, { servers: _, ...methods }]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path: path.replace(/\{\w+\}/g, '1'),
    security: operation.security ?? [],
    isOpen: operation.security === undefined && open.some((each) => each.test(path)),
  })),
);
const guarded = operations.filter(({ security }) => security.some((each) => 'user' in each));

describe('every route', () => {
  let server: Whole;
  const audit = auditInMemory();
  before(async () => {
    const password = await hashed(PASSWORD);
    const people = { known: () => roles.map((name) => ({ name, roles: [name], services: [], password })), audit };
    const environment = { RINGBACK_ADMIN_TOKEN: TOKEN };
    server = await wholeServer({ store: memoryStore(), clock: virtualClock(), environment, people });
  });
  after(() => server.close());

  const basic = (name: string, password = PASSWORD): string =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const isLetIn = async (method: string, path: string, token?: string): Promise<boolean> => {
    const { status } = await server.ask(method, path, token === undefined ? {} : { token });
    return ![401, 403, 429].includes(status);
  };

  it('is for everybody, or says for whom', () => {
    expect(operations.filter(({ isOpen, security }) => !isOpen && security.length === 0)).to.deep.equal([]);
    const unknown = operations.filter(({ security }) =>
      security.some((each) => Object.keys(each).some((kind) => !['operator', 'user', ...others].includes(kind))),
    );
    expect(unknown).to.deep.equal([]);
    expect(guarded.length).to.be.greaterThan(10);
  });

  it('under /ringback, and for administrators, is for somebody', () => {
    const inside = operations.filter(({ path }) => /^\/(ringback|genesys\/1\/admin)\b/.test(path));
    expect(inside.filter(({ security }) => security.length === 0)).to.deep.equal([]);
  });

  for (const { name, method, path, security } of guarded) {
    const able = security.flatMap((each) => each['user'] ?? []) as readonly Role[];
    it(`${name} is for operators, and ${able.join(', ')}`, async () => {
      expect(await isLetIn(method, path), 'nobody').to.equal(false);
      expect(await isLetIn(method, path, 'Bearer no-token-of-operators'), 'a wrong token').to.equal(false);
      for (const role of roles) expect(await isLetIn(method, path, basic(role)), role).to.equal(able.includes(role));
      expect(await isLetIn(method, path, `Bearer ${TOKEN}`), 'operator').to.equal(true);
    });
  }

  /** Plain HTTP gets no events, whoever asks: they are those of a WebSocket. */
  const ofOthers = operations.filter(
    ({ path, security }) => !path.endsWith('/events') && security.some((each) => 'agent' in each || 'peer' in each),
  );
  for (const { name, method, path, security } of ofOthers) {
    it(`${name} is not for users`, async () => {
      expect(security.some((each) => 'user' in each)).to.equal(false);
      for (const role of roles) expect(await isLetIn(method, path, basic(role)), role).to.equal(false);
    });
  }

  it('takes the token for the password of operators, and of nobody else', async () => {
    expect(await isLetIn('GET', '/ringback/audit', basic('nobody', TOKEN))).to.equal(true);
    expect(await isLetIn('GET', '/ringback/audit', basic('nobody', `${TOKEN}x`))).to.equal(false);
  });

  it('that changes something is in the audit before it is done, and with what came of it', async () => {
    await server.ask('PUT', '/ringback/lists/a/b/c', { token: basic('Administrator'), body: { value: 'x' } });
    await server.ask('PUT', '/ringback/lists/a/b/+16504661230', { token: `Bearer ${TOKEN}`, body: { value: 'x' } });
    await server.ask('DELETE', '/ringback/dead-letters/77', { token: basic('Supervisor') });
    const { data } = await server.ask('GET', '/ringback/audit?limit=4', { token: `Bearer ${TOKEN}` });
    const entries = data['entries'] as readonly { user: string; did: string; status?: number }[];
    expect(entries.map(({ user, did, status }) => [user, did, status])).to.deep.equal([
      ['Administrator', 'PUT /ringback/lists/a/b/c', undefined],
      ['Administrator', 'PUT /ringback/lists/a/b/c', 200],
      ['operator', 'PUT /ringback/lists/a/b/+*********30', undefined],
      ['operator', 'PUT /ringback/lists/a/b/+*********30', 200],
    ]);
  });

  it('that is refused to a user says so in the audit', async () => {
    await server.ask('GET', '/ringback/audit', { token: basic('+16504661230', 'whatever it is') });
    const last = (await audit.last(1))[0];
    expect([last?.user, last?.did]).to.deep.equal(['+*********30', 'refused: unknown']);
  });
});
