/** Rights of roles, and who sees which services, on an application of its own. */
import { expect } from 'chai';
import express, { Router } from 'express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../../server/app.js';
import { virtualClock } from '../../../server/clock/virtual.js';
import { servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';
import { createLog } from '../../../server/log.js';
import { problem } from '../../../server/problems.js';
import { packageRoot } from '../../../server/root.js';
import { auditInMemory, type Audit } from '../../../server/users/audit.js';
import { door, userOf } from '../../../server/users/door.js';
import { entrance } from '../../../server/users/entrance.js';
import { hashed } from '../../../server/users/password.js';
import { isShown, may, roles, type Right, type Role } from '../../../server/users/user.js';

const rights: Readonly<Record<Right, readonly Role[]>> = {
  see: ['Administrator', 'Supervisor', 'CallbackReadOnly'],
  change: ['Administrator', 'Supervisor'],
  administer: ['Administrator'],
};

describe('doors', () => {
  let listener: Server;
  let url: string;
  let audit: Audit;
  let isBroken = false;
  let isUnreadable = false;
  let users: readonly { name: string; roles: readonly Role[]; services: readonly string[]; password: string }[] = [];
  const memory = auditInMemory();

  before(async () => {
    const password = await hashed('a password of all');
    users = roles.map((name) => ({ name, roles: [name], services: [], password }));
    audit = {
      ...memory,
      write: (entry) =>
        isBroken ? Promise.reject(problem('STORE_UNAVAILABLE', 'the audit log')) : memory.write(entry),
    };
    const clock = virtualClock();
    const known = () => {
      if (isUnreadable) throw new Error('no JSON');
      return users;
    };
    const router = Router();
    for (const right of Object.keys(rights) as Right[])
      router.all(`/genesys/1/admin/${right}`, door(undefined, right), (_request, response) => {
        response.json({ user: userOf(response).name });
      });
    const app = createApp({
      early: [entrance({ known, audit }, clock, undefined)],
      routes: [{ router, paths: [] }],
      log: createLog('silent'),
      clock,
      bodyLimit: 1000,
    });
    listener = express().use(app).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  });
  after(() => {
    listener.closeAllConnections();
    listener.close();
  });

  const ask = async (right: Right, authorization: string, method = 'GET', body?: object) => {
    const response = await fetch(`${url}/genesys/1/admin/${right}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { code, user } = (await response.json()) as { code?: string; user?: string };
    return { status: response.status, code, user, challenge: response.headers.get('www-authenticate') };
  };
  const basic = (name: string, password = 'a password of all'): string =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

  for (const right of Object.keys(rights) as Right[])
    for (const role of roles) {
      const isAble = rights[right].includes(role);
      it(`${isAble ? 'let' : 'do not let'} a ${role} ${right}`, async () => {
        const { status, code, user } = await ask(right, basic(role));
        expect([status, code, user]).to.deep.equal(
          isAble ? [200, undefined, role] : [403, 'USER_NOT_ALLOWED', undefined],
        );
        expect(may({ name: role, roles: [role], services: [] }, right)).to.equal(isAble);
      });
    }

  for (const [title, authorization, status, code] of [
    ['nothing', '', 401, 'ADMIN_TOKEN_INVALID'],
    ['a wrong password', basic('Supervisor', 'a wrong password'), 401, 'USER_UNKNOWN'],
    ['no password', basic('Supervisor', ''), 401, 'USER_UNKNOWN'],
    ['no Base64', 'Basic äöü', 401, 'ADMIN_TOKEN_INVALID'],
    ['too much', `Basic ${'A'.repeat(4000)}`, 401, 'ADMIN_TOKEN_INVALID'],
    ['a token, where there is none', 'Bearer undefined', 401, 'ADMIN_TOKEN_INVALID'],
    ['a token of prototypes', basic('__proto__'), 401, 'USER_UNKNOWN'],
  ] as const)
    it(`refuse who shows ${title}, and ask for Basic`, async () => {
      const answer = await ask('see', Buffer.from(authorization).toString('latin1'));
      expect([answer.status, answer.code]).to.deep.equal([status, code]);
      expect(answer.challenge).to.include('Basic realm=');
    });

  it('do nothing that cannot be written down', async () => {
    isBroken = true;
    expect((await ask('change', basic('Supervisor'), 'POST', {})).code).to.equal('STORE_UNAVAILABLE');
    expect((await ask('change', basic('Supervisor'))).status).to.equal(200);
    isBroken = false;
  });

  it('write down to which callbacks it was, and no number', async () => {
    const ids = ['1-a', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'];
    await ask('change', basic('Supervisor'), 'POST', { ids, _customer_number: ['+16504661230'], reason: 'x' });
    const entry = (await memory.last(2)).find(({ to }) => to !== undefined);
    expect(entry?.to).to.deep.equal(['+*********30', ...ids]);
  });

  it('are closed to all while the users cannot be read', async () => {
    isUnreadable = true;
    expect((await ask('see', basic('Supervisor'))).code).to.equal('USERS_UNREADABLE');
    isUnreadable = false;
  });
});

describe('the services of a user', () => {
  const templates = readTemplates(join(packageRoot, 'templates'));
  const services = servicesOf(
    {
      sales: { template: 'callback', options: { _service_groups: 'shop, all' } },
      support: { template: 'callback', options: { _service_groups: 'support' } },
      other: { template: 'callback' },
    },
    templates,
    'the test',
  );
  const shown = (own: readonly string[]): string[] =>
    [...services.keys(), 'gone'].filter((name) =>
      isShown({ name: 'eve', roles: ['Supervisor'], services: own }, name, services.get(name)),
    );

  const cases: readonly (readonly [own: readonly string[], seen: readonly string[]])[] = [
    [[], ['sales', 'support', 'other', 'gone']],
    [['sales'], ['sales']],
    [['shop'], ['sales']],
    [
      ['all', 'support'],
      ['sales', 'support'],
    ],
    [['gone'], ['gone']],
    [['nothing'], []],
  ];
  for (const [own, seen] of cases)
    it(`are ${seen.join(', ') || 'none'} for who has ${own.join(', ') || 'no list'}`, () => {
      expect(shown(own)).to.deep.equal(seen);
    });
});
