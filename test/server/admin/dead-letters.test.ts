import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import type { Task, Write } from '../../../server/store/port.js';
import { gatedStore, type GatedStore } from '../host/gated-store.js';
import { wholeServer, type Whole } from '../whole.js';

const TOKEN = 'a-token-of-operators';
const LETTERS = '/ringback/dead-letters';
const NOW = Date.parse('2026-03-01T12:00:00.000Z');

/** Sends its secret to `to` when told, and says what became of it. */
const strategy = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
  <datamodel><data id="to"/></datamodel>
  <state id="s">
    <onentry>
      <send type="http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor" event="news" targetexpr="to">
        <param name="secret" expr="'tell nobody'"/>
      </send>
    </onentry>
    <transition event="error.communication" target="failed"/>
  </state>
  <state id="failed"/>
</scxml>`;

describe('dead letters', () => {
  let folder: string;
  let receiver: Server;
  let bodies: string[];
  let status: number;
  let clock: VirtualClock;
  let store: GatedStore;
  let server: Whole;
  const hostOf = (): string => `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const begin = async (environment: Readonly<Record<string, string>>): Promise<void> => {
    server = await wholeServer({
      store,
      clock,
      folder,
      environment: { RINGBACK_FETCH_HOSTS: hostOf(), ...environment },
    });
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringback-letters-'));
    await writeFile(join(folder, 'news.scxml'), strategy);
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    clock = virtualClock(NOW);
    store = gatedStore();
    bodies = [];
    status = 500;
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(status, { connection: 'close' }).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    await begin({ RINGBACK_ADMIN_TOKEN: TOKEN });
  });
  afterEach(async () => {
    await server.close();
    receiver.close();
  });

  const admin = (method: string, path = '') => server.ask(method, LETTERS + path, { token: `Bearer ${TOKEN}` });
  const listed = async () => (await admin('GET')).data['deadLetters'] as readonly Record<string, unknown>[];
  /** A message that is sent, and given up. */
  const send = async (): Promise<string> => {
    const to = `http://${hostOf()}/people/4991147110815?pin=1`;
    const body = { src: join(folder, 'news.scxml'), to };
    const { data } = await server.ask('POST', '/scxml/session/start', { body });
    await clock.advance(60_000);
    return String(data['sessionid']);
  };

  it('are listed without what they say, their numbers masked', async () => {
    const session = await send();
    const [letter, ...others] = await listed();
    expect(others).to.be.empty;
    expect(letter).to.deep.include({ session, key: `${session}/1/0` });
    expect(letter?.['task']).to.deep.equal({
      kind: 'send',
      target: `http://${hostOf()}/people/***********15`,
      event: 'news',
    });
    expect(letter?.['seq']).to.be.a('number');
    expect(letter?.['attempts']).to.be.a('number');
    expect(letter?.['reason']).to.include('500');
    expect(Date.parse(String(letter?.['since']))).to.be.within(NOW, NOW + 60_000);
    expect(JSON.stringify(letter)).to.not.match(/tell nobody|secret|pin|47110815/);
  });

  it('are delivered once when they are tried anew and taken, and are gone then', async () => {
    await send();
    const [letter] = await listed();
    const before = bodies.length;
    status = 200;
    const redrives = await Promise.all([1, 2].map(() => admin('POST', `/${String(letter?.['seq'])}/redrive`)));
    expect(redrives.map(({ status }) => status)).to.have.members([200, 404]);
    await clock.advance(60_000);
    expect(bodies.slice(before)).to.deep.equal(['_scxmleventname=news&secret=tell+nobody']);
    expect(await listed()).to.be.empty;
    expect((await store.counts(clock.now())).outbox).to.include({ waiting: 0, due: 0 });
  });

  it('are dead letters again when they are tried anew and not taken', async () => {
    await send();
    const [letter] = await listed();
    await admin('POST', `/${String(letter?.['seq'])}/redrive`);
    await clock.advance(60_000);
    expect((await listed()).map(({ seq }) => seq)).to.deep.equal([letter?.['seq']]);
  });

  it('are forgotten when they are deleted', async () => {
    await send();
    const [letter] = await listed();
    const path = `/${String(letter?.['seq'])}`;
    expect([(await admin('DELETE', path)).status, (await admin('DELETE', path)).status]).to.deep.equal([200, 404]);
    expect(await listed()).to.be.empty;
  });

  it('stay as they are while the store cannot write', async () => {
    await send();
    const [letter] = await listed();
    const path = `/${String(letter?.['seq'])}`;
    const before = bodies.length;
    store.fill(true);
    for (const asked of [admin('POST', `${path}/redrive`), admin('DELETE', path)]) {
      const { status, data } = await asked;
      expect([status, data['code']]).to.deep.equal([503, 'STORE_UNAVAILABLE']);
    }
    store.fill(false);
    status = 200;
    expect(await listed()).to.have.length(1);
    expect((await admin('POST', `${path}/redrive`)).status).to.equal(200);
    await clock.advance(60_000);
    expect(bodies.length - before).to.equal(1);
  });

  it('of every kind say where they were to go, and as many are listed as are asked for', async () => {
    const at = { line: 1, column: 1 };
    const event = { name: 'e', type: 'external', data: 'secret' } as const;
    const none = { attributes: {}, params: {}, content: undefined, children: [] };
    const tasks: readonly (readonly [Task, object])[] = [
      [{ type: 'log', label: 'x', value: 'secret', at }, { kind: 'log' }],
      [
        { type: 'cancel', sendid: 's' },
        { kind: 'cancel', target: 's' },
      ],
      [
        { type: 'send', sendid: 's', processor: 'p', target: 'http://%', delay: 0, event, body: false },
        { kind: 'send', target: 'http://%', event: 'e' },
      ],
      [
        { type: 'send', sendid: 's', processor: 'p', target: 'http://u:p@h/a?secret#b', delay: 0, event, body: false },
        { kind: 'send', target: 'http://h/a', event: 'e' },
      ],
      [
        { type: 'invoke', invokeid: 'i', kind: 'scxml', src: undefined, content: 'secret', params: {} },
        { kind: 'invoke', target: 'i' },
      ],
      [
        { type: 'uninvoke', invokeid: 'i' },
        { kind: 'uninvoke', target: 'i' },
      ],
      [
        { type: 'forward', invokeid: 'i', event },
        { kind: 'forward', target: 'i', event: 'e' },
      ],
      [
        { type: 'module', namespace: 'n', name: 'fetch', requestid: 'r', at, ...none },
        { kind: 'module', target: 'n fetch' },
      ],
      [{ type: 'done', output: 'secret', cancelled: false }, { kind: 'done' }],
      [
        { type: 'callback', id: '1-a' },
        { kind: 'callback', target: '1-a' },
      ],
    ];
    const writes = tasks.flatMap(([task], index): Write[] => {
      const seq = index + 1;
      const entry = { seq, key: `k/${seq}`, sessionid: undefined, sendid: undefined, due: NOW, task, attempts: 3 };
      return [
        { kind: 'outbox', entry },
        { kind: 'outbox.dead', seq, reason: 'r', at: NOW + index },
      ];
    });
    await store.commit(writes);
    const letters = await listed();
    expect(letters.map(({ task }) => task)).to.deep.equal(tasks.map(([, view]) => view));
    expect(JSON.stringify(letters)).to.not.include('secret');
    const few = (await admin('GET', '?limit=2')).data['deadLetters'] as readonly Record<string, unknown>[];
    expect(few.map(({ seq }) => seq)).to.deep.equal([1, 2]);
  });

  const refused: readonly (readonly [string, string, number, string])[] = [
    ['POST', '/7/redrive', 404, 'DEAD_LETTER_NOT_FOUND'],
    ['DELETE', '/7', 404, 'DEAD_LETTER_NOT_FOUND'],
    ['DELETE', '/x', 404, 'DEAD_LETTER_NOT_FOUND'],
    ['GET', '?limit=0', 400, 'PARAMETER_INVALID'],
    ['GET', '?limit=1001', 400, 'PARAMETER_INVALID'],
    ['GET', '?limit=1&limit=2', 400, 'PARAMETER_INVALID'],
    ['GET', '/7', 404, 'NOT_FOUND'],
  ];
  for (const [method, path, code, name] of refused)
    it(`answer ${method} ${path} with ${code} ${name}`, async () => {
      const { status, data } = await admin(method, path);
      expect([status, data['code']]).to.deep.equal([code, name]);
    });

  const asks = [
    ['GET', ''],
    ['POST', '/1/redrive'],
    ['DELETE', '/1'],
  ] as const;
  const strangers = [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN} x`,
    `Basic ${TOKEN}`,
    TOKEN,
  ];
  for (const [method, path] of asks) {
    for (const token of strangers)
      it(`are closed to ${method} ${path} with ${token === undefined ? 'no token' : `"${token}"`}`, async () => {
        const { status, data, headers } = await server.ask(
          method,
          LETTERS + path,
          token === undefined ? {} : { token },
        );
        expect([status, data['code']]).to.deep.equal([401, 'ADMIN_TOKEN_INVALID']);
        expect(headers['www-authenticate']).to.equal('Bearer');
      });

    it(`are closed to ${method} ${path} for everybody when no token is set, and say what to set`, async () => {
      await server.close();
      await begin({});
      const { status, data } = await admin(method, path);
      expect([status, data['code']]).to.deep.equal([403, 'ADMIN_CLOSED']);
      expect(data['message']).to.include('RINGBACK_ADMIN_TOKEN');
    });
  }
});
