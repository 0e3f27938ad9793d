import { expect } from 'chai';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../../server/root.js';
import { AGENT, openDemo, OPERATOR, ringback, type Demo } from './demo.js';

const SNAPSHOT = `
http://127.0.0.1:8080  2026-03-02 09:01:14 UTC  6 agents, 3 ready; 2 calls

QUEUE       WAITING  LONGEST  EXPECTED  SERVED
VQ_Billing        0        -      0:02       1
VQ_Support        0        -         -       0

AGENT   STATE     REASON   FOR  CALL                  GROUPS            SKILLS
alice   Busy              0:02  outbound *********30  Billing           English 9, Invoices 8
boris   NotReady  Lunch   0:09                        Billing           English 6, Invoices 5
emma    Ringing           0:01  outbound *********40  Support           English 9, Technical 9
farid   Ready             1:14                        Support           English 5, Spanish 9, Technical 7
chloe   Ready             1:14                        Billing, Support  English 7, French 9, Invoices 4, Technical 5
dinesh  Ready             0:44                        Billing, Support  English 8, Invoices 3, Technical 3

CALL      FROM  TO           STATE     FOR  WITH
outbound  8999  *********30  talking  0:12  alice
outbound  8999  *********40  ringing  0:09  emma
`.slice(1);

describe('ringback centre', () => {
  let demo: Demo;
  const open = async (environment?: Readonly<Record<string, string>>): Promise<void> => {
    demo = await openDemo(environment);
  };
  afterEach(() => demo.close());

  it('prints queues, agents and calls where output is no terminal, as README shows it', async () => {
    await open();
    await demo.run(62);
    await demo.callBack('voice-userterm-immediate', '16504661230');
    await demo.run(3);
    await demo.callBack('SupportCallback', '16504661240');
    await demo.ringback(['centre', 'not-ready', 'boris', '--reason', 'Lunch']);
    await demo.run(9);
    const { code, out, err } = await demo.ringback(['centre']);
    expect([code, err]).to.deep.equal([0, []]);
    expect(`${out.join('\n')}\n`.replace(demo.url, 'http://127.0.0.1:8080')).to.equal(SNAPSHOT);
    expect(readFileSync(join(packageRoot, 'README.md'), 'utf8')).to.include(`\`\`\`text\n${SNAPSHOT}\`\`\``);
  });

  it('prints what the server answers with --json', async () => {
    await open();
    const { out } = await demo.ringback(['centre', '--json']);
    const { agents } = JSON.parse(out.join('\n')) as { agents: { id: string; state: string }[] };
    expect(agents[0]).to.include({ id: 'alice', state: 'Ready' });
  });

  it('logs an agent out and in, not ready and ready, who answers by the script then', async () => {
    await open();
    const said: unknown[] = [];
    for (const args of [
      ['logout', 'alice'],
      ['ready', 'alice'],
      ['login', 'alice', '--place', 'Place_7001'],
      ['not-ready', 'alice', '--reason', 'Lunch at 1'],
      ['ready', 'alice'],
      ...['boris', 'chloe', 'dinesh'].map((agent) => ['logout', agent]),
    ])
      said.push(await demo.ringback(['centre', ...args]));
    await demo.callBack('BasicCallback', '16504661230');
    await demo.run(12);
    said.push(await demo.ringback(['centre', 'not-ready', 'alice']));
    const fine = (line: string) => ({ code: 0, out: [line], err: [] });
    expect(said).to.deep.equal([
      fine('alice is LoggedOut'),
      { code: 1, out: [], err: ['alice is logged out: ringback centre login alice'] },
      fine('alice is NotReady'),
      fine('alice is NotReady (Lunch at 1)'),
      fine('alice is Ready'),
      fine('boris is LoggedOut'),
      fine('chloe is LoggedOut'),
      fine('dinesh is LoggedOut'),
      fine('alice is Busy, and NotReady when the call is over'),
    ]);
  });

  it("takes an agent over with that agent's token, where there is no other", async () => {
    await open({ RINGBACK_ADMIN_TOKEN: OPERATOR, RINGBACK_AGENT_TOKENS: `boris=another-token-of-16,alice=${AGENT}` });
    const env = { RINGBACK_ADMIN_TOKEN: '', RINGBACK_AGENT_TOKENS: `zoe=no-token-of-zoe-here, alice=${AGENT}` };
    const as = async (...args: string[]): Promise<unknown> => (await demo.ringback(['centre', ...args], env)).out;
    expect(await as('login', 'alice')).to.deep.equal(['alice is NotReady']);
    expect(await as('ready', 'alice')).to.deep.equal(['alice is Ready']);
    for (const agent of ['boris', 'chloe', 'dinesh']) await demo.ringback(['centre', 'logout', agent]);
    await demo.callBack('BasicCallback', '16504661230');
    await demo.run(60);
    const { out } = await demo.ringback(['centre']);
    expect(out.find((line) => line.startsWith('alice'))).to.match(/^alice +NotReady +NoAnswer/);
  });

  const refused: [title: string, args: readonly string[], env: Readonly<Record<string, string>>, says: string][] = [
    ['nobody is there', ['centre', '--url', 'http://127.0.0.1:9'], {}, 'nobody answers at http://127.0.0.1:9 ('],
    ['the URL is none', ['centre', '--url', 'here'], {}, 'must be a URL as http://127.0.0.1:8080'],
    ['the URL has a user', ['centre', '--url', 'http://a:secret@h'], {}, 'without a user'],
    ['there is no token', ['centre'], { RINGBACK_ADMIN_TOKEN: ' ' }, 'set RINGBACK_ADMIN_TOKEN to what the server'],
    ['the token is wrong', ['centre'], { RINGBACK_ADMIN_TOKEN: 'x' }, 'RINGBACK_ADMIN_TOKEN is not what the server at'],
    ['there is no token to act', ['centre', 'login', 'alice'], { RINGBACK_ADMIN_TOKEN: '' }, 'who may act for alice?'],
    [
      'the token is of another agent',
      ['centre', 'login', 'alice'],
      { RINGBACK_ADMIN_TOKEN: '', RINGBACK_AGENT_TOKENS: 'alice=boris' },
      'RINGBACK_AGENT_TOKENS is not what the server at',
    ],
    ['the agent is unknown', ['centre', 'login', 'bob'], {}, 'there is no agent "bob": "ringback centre" shows who'],
    ['the agent is a path', ['centre', 'login', '../x'], {}, 'there is no agent "../x"'],
    ['the agent is hostile', ['centre', 'login', '\x1b[2J'], {}, 'there is no agent "\ufffd[2J"'],
    ['the place is another', ['centre', 'login', 'alice', '--place', 'x'], {}, 'must be Place_7001'],
  ];
  for (const [title, args, env, says] of refused)
    it(`says in one line what to do when ${title}`, async () => {
      await open({ RINGBACK_ADMIN_TOKEN: OPERATOR, RINGBACK_AGENT_TOKENS: `alice=${AGENT}` });
      const { code, out, err } = await demo.ringback(args, env);
      expect([code, out, err.length]).to.deep.equal([1, [], 1]);
      expect(err[0]).to.include(says).and.not.to.include('secret');
    });

  it('says that a server without tokens has to be started with them', async () => {
    await open({});
    const env = { RINGBACK_ADMIN_TOKEN: '', RINGBACK_AGENT_TOKENS: `alice=${AGENT}` };
    const says = (variable: string): string =>
      `the server at ${demo.url} has no ${variable}: start it with one, the same as here`;
    expect((await demo.ringback(['centre'])).err).to.deep.equal([says('RINGBACK_ADMIN_TOKEN')]);
    const { err } = await demo.ringback(['centre', 'ready', 'alice'], env);
    expect(err).to.deep.equal([says('RINGBACK_AGENT_TOKENS')]);
  });

  it('finds the server by the settings of the server', async () => {
    await open();
    const [, port = ''] = /:(\d+)$/.exec(demo.url) ?? [];
    const { code } = await ringback(['centre'], { PORT: port, RINGBACK_ADMIN_TOKEN: OPERATOR });
    expect(code).to.equal(0);
  });
});

describe('ringback centre, before servers that are none', () => {
  const said = async (answer: RequestListener, ...words: string[]): Promise<unknown[]> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, out, err } = await ringback(['centre', ...words, '--url', `${url}/`], {
      RINGBACK_ADMIN_TOKEN: OPERATOR,
    });
    server.closeAllConnections();
    server.close();
    return [code, out, err.join('\n').replace(url, 'URL')];
  };
  const unlike = (status: number) =>
    `URL answers with status ${status}, not as Ringback does: say where the server is with --url`;

  it('does not follow, and does not show its token elsewhere', async () => {
    const paths: unknown[] = [];
    const answer: RequestListener = ({ url }, response) => {
      paths.push(url);
      response.writeHead(302, { Location: '/elsewhere' }).end();
    };
    expect(await said(answer)).to.deep.equal([1, [], unlike(302)]);
    expect(paths).to.deep.equal(['/ringback/centre']);
  });

  const other = 'URL has no centre as this version of Ringback shows it: take the "ringback" of the server';
  const bodies: [body: string, says: string][] = [
    ['<html>', unlike(200)],
    ['"text"', unlike(200)],
    ['{}', other],
  ];
  for (const [body, says] of bodies)
    for (const words of [[], ['login', 'alice']])
      it(`says so when ${body} is all that comes for ${['centre', ...words].join(' ')}`, async () => {
        const answer: RequestListener = (_request, response) => response.end(body);
        expect(await said(answer, ...words)).to.deep.equal([1, [], says]);
      });

  it('shows texts of others without what a terminal obeys', async () => {
    const evil = 'a\x1b]0;x\x07\x9b2J\r\nb\u202e';
    const view = {
      at: '2026-03-02T09:00:00.000Z\x1b[2J',
      queues: [{ name: evil, waiting: 1, longestMs: 1, served: 0 }],
      agents: [{ id: evil, state: evil, reason: evil, since: evil, groups: [evil], skills: { [evil]: 1 }, call: 'c' }],
      calls: [{ id: 'c', type: evil, ani: evil, dnis: evil, state: evil, since: '', agents: [evil] }],
    };
    const [code, out] = await said((_request, response) => response.end(JSON.stringify(view)));
    expect(code).to.equal(0);
    expect((out as string[]).join('')).not.to.match(/[\p{Cc}\p{Cf}]/u);
    expect(out).to.have.length(10);
  });
});
