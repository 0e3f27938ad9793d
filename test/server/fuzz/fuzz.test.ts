/**
 * Every operation of the description, asked for what nobody should (`hostile.ts`) by nobody, users and operators: each answer is one that
 * the description has, no error is one that nobody foresaw, the server goes on, and nobody sees what is others'.
 * FUZZ_HTTP_RUNS: requests of each operation; `npm run fuzz:http` has more of them, and other ones each time.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { maxHeaderSize } from 'node:http';
import { virtualClock } from '../../../server/clock/virtual.js';
import { demoServices } from '../../../server/gms/demo-services.js';
import { description } from '../../../server/openapi/description.js';
import { memoryStore } from '../../../server/store/memory.js';
import { auditInMemory } from '../../../server/users/audit.js';
import { hashed } from '../../../server/users/password.js';
import { breach } from '../openapi/contract.js';
import { wholeServer, type Whole } from '../whole.js';
import { hostileTo, type Sent } from './hostile.js';

const SHORT = 3;
const RUNS = Number(process.env['FUZZ_HTTP_RUNS'] ?? SHORT);
const TOKEN = 'the-token-of-operators-0123456789';
const PASSWORD = 'a password of all';
/** In a callback that nobody who asks here may see. */
const SECRET = 'what-others-told-us';
const PATIENCE_MS = 20_000;

const basic = (name: string): string => `Basic ${Buffer.from(`${name}:${PASSWORD}`).toString('base64')}`;
const callers = {
  nobody: '',
  Administrator: basic('Administrator'),
  Supervisor: basic('Supervisor'),
  CallbackReadOnly: basic('CallbackReadOnly'),
  operator: `Bearer ${TOKEN}`,
} as const;
type Caller = keyof typeof callers;
/** They see one service, in which there is nothing secret. */
const blind: readonly Caller[] = ['nobody', 'Supervisor', 'CallbackReadOnly'];

/** Node refuses a head that is too long before any operation is asked; beside the path there are a few short headers in it. */
const isRefusedByNode = ({ path }: Sent, status: number): boolean =>
  status === 431 && path.length > maxHeaderSize - 1_024;

/** Their answers are what a session says, or that there is none. */
const isForwarded = (template: string): boolean => template.startsWith('/genesys/1/service/{id}/');

/** It names every error that there is. */
const isDescription = (template: string): boolean => /^\/(openapi\.json|docs|ors\/help)/.test(template);

const operations = Object.entries(description.paths).flatMap(([template, { servers: _, ...methods }]) =>
  Object.entries(methods).map(([method, operation]) => ({ template, method: method.toUpperCase(), operation })),
);

describe('every operation, asked for what nobody should', function () {
  this.timeout(PATIENCE_MS * 60);
  let server: Whole;
  before(async () => {
    const password = await hashed(PASSWORD);
    const known = (['Administrator', 'Supervisor', 'CallbackReadOnly'] as const).map((name) => ({
      ...{ name, roles: [name], password },
      services: name === 'Administrator' ? [] : ['Mine'],
    }));
    const { BasicCallback } = demoServices;
    server = await wholeServer({
      store: memoryStore(),
      clock: virtualClock(Date.parse('2026-03-02T09:00:00.000Z')),
      services: { Mine: BasicCallback, Theirs: BasicCallback },
      environment: { RINGBACK_ADMIN_TOKEN: TOKEN },
      people: { known: () => known, audit: auditInMemory() },
    });
    const kept = await server.ask('POST', '/genesys/1/service/callback/Theirs', {
      body: { _customer_number: '+16504660000', usr_secret: SECRET, _desired_time: '2026-03-05T09:00:00.000Z' },
    });
    expect(kept.status).to.equal(200);
  });
  after(() => server.close());

  const send = async (method: string, { path, type, body }: Sent, caller: Caller) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        ...(callers[caller] !== '' && { authorization: callers[caller] }),
      },
      ...(body !== undefined && { body }),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  };

  for (const { template, method, operation } of operations)
    it(`${method} ${template}`, async () => {
      const caller = fc.constantFrom(...(Object.keys(callers) as Caller[]));
      await fc.assert(
        fc.asyncProperty(hostileTo(template, method, operation), caller, async (sent, who) => {
          const answer = await send(method, sent, who);
          if (isRefusedByNode(sent, answer.status)) return;
          expect(breach({ method, path: sent.path, ...answer })).to.equal(undefined);
          if (isDescription(template)) return;
          expect(answer.text, 'what nobody foresaw').not.to.include('"code":"INTERNAL"');
          if (!isForwarded(template)) expect(answer.text).not.to.include('UNKNOWN_ERROR');
          if (blind.includes(who)) expect(answer.text, `${who} sees`).not.to.include(SECRET);
        }),
        { numRuns: RUNS, ...(RUNS === SHORT && { seed: 7 }) },
      );
    });

  it('goes on as if nothing had been', async () => {
    const { status } = await server.ask('GET', '/genesys/1/service/callback/Theirs?_customer_number=%2B16504660000');
    expect(status).to.equal(200);
    expect(server.log.filter((line) => line.includes('"level":"error"'))).to.deep.equal([]);
  });
});
