import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtemp, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isolatedKernel, type IsolatedKernel } from '../../../engine/index.js';
import { Documents } from '../../../server/ors/documents.js';
import { Problem, type Code } from '../../../server/problems.js';

const scxml = (inside: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${inside}</scxml>`;
const simple = scxml('<state id="a"/>');
const referring = scxml(
  `<script src="lib.js"/><datamodel><data id="d" src="data.json"/><data id="m" src="missing.json"/></datamodel>
   <state id="a">
     <onentry><if cond="true"><script src="deep/inner.js"/></if></onentry>
     <transition event="e"><foreach array="[]" item="i"><script src="lib.js"/></foreach></transition>
     <invoke src="child.scxml"><finalize><script src="final.js"/></finalize></invoke>
   </state>`,
);

async function refusal(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => new Error('it was loaded'),
    (error: unknown) => error,
  );
  if (error instanceof Problem) return error;
  throw error;
}

describe('Documents', () => {
  let root: string;
  let strategies: string;
  let folder: string;
  let secret: string;
  let server: Server;
  let origin: string;
  const asked: string[] = [];
  let kernel: IsolatedKernel;
  const pages: Record<string, { status?: number; location?: string; text?: string }> = {
    '/ours/x.scxml': { text: simple },
    '/ours/referring.scxml': { text: referring },
    '/ours/lib.js': { text: 'web' },
    '/ours/moved': { status: 302, location: '/ours/x.scxml' },
    '/ours/leaves': { status: 302, location: '/theirs/x.scxml' },
    '/ours/away': { status: 302, location: 'http://169.254.169.254/latest' },
    '/ours/round': { status: 302, location: '/ours/round' },
    '/ours/broken': { status: 500 },
    '/ours/large': { text: 'x'.repeat(8 * 1024 * 1024 + 1) },
    '/theirs/x.scxml': { text: simple },
  };

  before(async () => {
    kernel = await isolatedKernel();
    root = await realpath(await mkdtemp(join(tmpdir(), 'ringback-documents-')));
    [strategies, folder, secret] = [join(root, 'strategies'), join(root, 'allowed'), join(root, 'allowed-not')];
    await Promise.all([mkdir(strategies), mkdir(join(folder, 'trusted', 'deep'), { recursive: true }), mkdir(secret)]);
    await Promise.all([
      writeFile(join(strategies, 'callback.scxml'), simple),
      writeFile(join(folder, 'plain.scxml'), simple),
      writeFile(join(folder, 'plain.js'), 'plain'),
      writeFile(join(folder, 'trusted', 'x.scxml'), referring),
      writeFile(join(folder, 'trusted', 'lib.js'), 'lib'),
      writeFile(join(folder, 'trusted', 'data.json'), '{"a":1}'),
      writeFile(join(folder, 'trusted', 'final.js'), 'final'),
      writeFile(join(folder, 'trusted', 'deep', 'inner.js'), 'inner'),
      writeFile(join(folder, 'trusted', 'reaches.scxml'), scxml('<script src="../plain.js"/><state/>')),
      writeFile(
        join(folder, 'trusted', 'escapes.scxml'),
        scxml('<datamodel><data id="d" src="../../allowed-not/s.scxml"/></datamodel><state/>'),
      ),
      writeFile(join(folder, 'trusted', 'broken.scxml'), '<scxml'),
      writeFile(join(folder, 'large.scxml'), 'x'.repeat(8 * 1024 * 1024 + 1)),
      writeFile(join(secret, 's.scxml'), simple),
    ]);
    await symlink(join(secret, 's.scxml'), join(folder, 'link.scxml'));
    await symlink(join(folder, 'plain.scxml'), join(folder, 'trusted', 'link.scxml'));
    await symlink(folder, join(root, 'linked'));
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const page = pages[request.url ?? ''] ?? { status: 404 };
      response.writeHead(page.status ?? 200, page.location === undefined ? {} : { Location: page.location });
      response.end(page.text);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(root, { recursive: true });
  });

  const documents = (more: { hosts?: string[]; folders?: string[] } = {}): Documents =>
    new Documents(
      {
        strategies,
        folders: more.folders ?? [folder],
        hosts: more.hosts ?? [new URL(origin).host],
        trusted: [join(folder, 'trusted'), `${origin}/ours`],
      },
      () => Promise.resolve(kernel),
    );
  const file = (...path: string[]): string => pathToFileURL(join(folder, ...path)).href;

  it('finds a strategy by its name, with or without its ending', async () => {
    const uri = pathToFileURL(join(strategies, 'callback.scxml')).href;
    const [short, long] = await Promise.all([documents().load('callback'), documents().load('callback.scxml')]);
    expect(short).to.include({ text: simple, uri, author: undefined });
    expect(long).to.include({ text: simple, uri, hash: short.hash });
  });

  it('reads files by URL and by path, and web pages', async () => {
    const all = await Promise.all(
      [file('trusted', 'x.scxml'), join(folder, 'trusted', 'x.scxml'), `${origin}/ours/x.scxml`].map((src) =>
        documents().load(src),
      ),
    );
    expect(all.map(({ uri }) => uri)).to.deep.equal([
      file('trusted', 'x.scxml'),
      file('trusted', 'x.scxml'),
      `${origin}/ours/x.scxml`,
    ]);
  });

  it('resolves a src against the document that holds it', async () => {
    const { uri } = await documents().load('x.scxml', file('trusted', 'deep', '..', 'y.scxml'));
    expect(uri).to.equal(file('trusted', 'x.scxml'));
    expect((await documents().load('x.scxml', `${origin}/ours/y`)).uri).to.equal(`${origin}/ours/x.scxml`);
  });

  it('allows a folder that is a link, and answers where the document really lies', async () => {
    const { uri } = await documents({ folders: [join(root, 'linked')] }).load(
      join(root, 'linked', 'trusted', 'x.scxml'),
    );
    expect(uri).to.equal(file('trusted', 'x.scxml'));
  });

  it('follows a redirection on the same host', async () => {
    expect((await documents().load(`${origin}/ours/moved`)).uri).to.equal(`${origin}/ours/x.scxml`);
  });

  it('brings every script and data that the document names, wherever they stand in it', async () => {
    const { resources } = await documents().load(file('trusted', 'x.scxml'));
    const named = ['lib.js', 'data.json', 'deep/inner.js', 'final.js', 'missing.json', 'child.scxml'];
    expect(named.map((name) => resources[name])).to.deep.equal([
      'lib',
      '{"a":1}',
      'inner',
      'final',
      undefined,
      undefined,
    ]);
    expect((await documents().load(`${origin}/ours/referring.scxml`)).resources['lib.js']).to.equal('web');
  });

  it('hashes the text and what it names', async () => {
    const first = await documents().load(file('trusted', 'x.scxml'));
    const again = await documents().load(file('trusted', 'x.scxml'));
    const other = await documents().load(`${origin}/ours/referring.scxml`);
    expect(first.hash)
      .to.match(/^[0-9a-f]{64}$/)
      .and.equal(again.hash);
    expect(other.text).to.equal(first.text);
    expect(other.hash).to.not.equal(first.hash);
  });

  it('leaves a text that is no document to those who compile it', async () => {
    expect((await documents().load(file('trusted', 'broken.scxml'))).text).to.equal('<scxml');
  });

  it('completes a document that stood in another one', async () => {
    const holder = await documents().load(file('trusted', 'x.scxml'));
    const inner = await documents().inline(scxml('<script src="lib.js"/><state/>'), holder);
    expect(inner.uri).to.equal(`${holder.uri}#content`);
    expect(inner.resources['lib.js']).to.equal('lib');
    expect((await documents().load('x.scxml', inner.uri)).uri).to.equal(holder.uri);
  });

  const isolated: [what: string, src: () => string, author: () => string][] = [
    ['a file', () => file('plain.scxml'), () => `${file()}/`],
    ['a trusted link to a file', () => file('trusted', 'link.scxml'), () => `${file()}/`],
    ['a page', () => `${origin}/theirs/x.scxml`, () => origin],
    ['a page that a trusted one redirects to', () => `${origin}/ours/leaves`, () => origin],
  ];
  for (const [what, src, author] of isolated) {
    it(`hands out ${what} that is not trusted for the sandbox of its place`, async () => {
      const { author: whose, sandbox, hash } = await documents().load(src());
      expect(whose).to.equal(author());
      expect(sandbox).to.deep.equal({ kernel, author: author() });
      expect(hash).not.to.equal((await documents().load('callback')).hash);
    });
  }

  it('gives a document inside an untrusted one the same sandbox, and lets its scripts come from anywhere readable', async () => {
    const holder = await documents().load(file('plain.scxml'));
    const inner = await documents().inline(scxml('<script src="plain.js"/><state/>'), holder);
    expect(inner).to.deep.include({ author: holder.author, sandbox: holder.sandbox });
    expect(inner.resources['plain.js']).to.equal('plain');
  });

  const refused: [what: string, src: () => string, code: Code, says: RegExp][] = [
    ['a name of no strategy', () => 'nothing', 'DOCUMENT_NOT_FOUND', /nothing\.scxml/],
    ['a relative path', () => '../allowed/plain.scxml', 'DOCUMENT_SOURCE_INVALID', /absolute path/],
    ['an empty name', () => '', 'DOCUMENT_SOURCE_INVALID', /name/],
    ['another scheme', () => 'ftp://h/x.scxml', 'DOCUMENT_SOURCE_INVALID', /ftp/],
    ['data as URL', () => 'data:text/xml,<scxml/>', 'DOCUMENT_SOURCE_INVALID', /data/],
    ['a URL with a password', () => 'http://u:p@127.0.0.1/x', 'DOCUMENT_SOURCE_INVALID', /password/],
    ['a file of another machine', () => 'file://host/x.scxml', 'DOCUMENT_SOURCE_INVALID', /host/],
    ['an encoded slash', () => file('trusted').concat('%2Fx.scxml'), 'DOCUMENT_SOURCE_INVALID', /%2F/],
    ['an encoded NUL', () => file('a%00.scxml'.replace('%00', '\0')), 'DOCUMENT_SOURCE_INVALID', /%00/],
    ['a file outside', () => '/etc/passwd', 'DOCUMENT_NOT_ALLOWED', /folder \/etc .*RINGBACK_DOCUMENT_FOLDERS/],
    ['a file outside that does not exist', () => '/etc/no-such', 'DOCUMENT_NOT_ALLOWED', /folder \/etc /],
    ['a way out of a folder', () => `${file()}/../allowed-not/s.scxml`, 'DOCUMENT_NOT_ALLOWED', /allowed-not/],
    ['an encoded way out', () => `${file()}/%2e%2e/allowed-not/s.scxml`, 'DOCUMENT_NOT_ALLOWED', /allowed-not/],
    ['a folder whose name goes on', () => join(secret, 's.scxml'), 'DOCUMENT_NOT_ALLOWED', /allowed-not/],
    ['a link that leads outside', () => file('link.scxml'), 'DOCUMENT_NOT_ALLOWED', /RINGBACK_DOCUMENT_FOLDERS/],
    ['a file that is not there', () => file('none.scxml'), 'DOCUMENT_NOT_FOUND', /none\.scxml does not exist/],
    ['a folder', () => file('trusted'), 'DOCUMENT_NOT_FOUND', /trusted/],
    ['a large file', () => file('large.scxml'), 'DOCUMENT_TOO_LARGE', /8388608/],
    [
      'an untrusted script of a trusted document',
      () => file('trusted', 'reaches.scxml'),
      'DOCUMENT_NOT_TRUSTED',
      /plain\.js.*RINGBACK_TRUSTED/,
    ],
    ['data from outside', () => file('trusted', 'escapes.scxml'), 'DOCUMENT_NOT_ALLOWED', /allowed-not/],
    [
      'another host',
      () => 'http://127.0.0.2:9/x',
      'DOCUMENT_NOT_ALLOWED',
      /host 127\.0\.0\.2:9 .*RINGBACK_DOCUMENT_HOSTS/,
    ],
    ['another port', () => 'http://127.0.0.1/x', 'DOCUMENT_NOT_ALLOWED', /host 127\.0\.0\.1 /],
    ['a page with an encoded way out', () => `${origin}/ours/..%2ftheirs/x.scxml`, 'DOCUMENT_NOT_FOUND', /%2f/],
    ['a page that redirects to another host', () => `${origin}/ours/away`, 'DOCUMENT_ELSEWHERE', /169\.254/],
    ['a page that redirects for ever', () => `${origin}/ours/round`, 'DOCUMENT_UNREACHABLE', /more than 5 times/],
    ['a page that is not there', () => `${origin}/ours/none`, 'DOCUMENT_NOT_FOUND', /none/],
    ['a server that fails', () => `${origin}/ours/broken`, 'DOCUMENT_UNREACHABLE', /status 500/],
    ['a large page', () => `${origin}/ours/large`, 'DOCUMENT_TOO_LARGE', /8388608/],
  ];
  for (const [what, src, code, says] of refused) {
    it(`refuses ${what}: ${code}`, async () => {
      const problem = await refusal(documents().load(src()));
      expect(problem.code).to.equal(code);
      expect(problem.message).to.match(says);
    });
  }

  it('says of a server that does not answer why', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const host = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
    gone.close();
    await once(gone, 'close');
    const { code, message } = await refusal(documents({ hosts: [host] }).load(`http://${host}/x`));
    expect([code, message])
      .to.deep.include('DOCUMENT_UNREACHABLE')
      .and.satisfy(() => message.includes('ECONNREFUSED'));
  });

  it('asks nothing of a host that is not listed', async () => {
    asked.length = 0;
    await refusal(documents({ hosts: [] }).load(`${origin}/ours/x.scxml`));
    expect(asked).to.be.empty;
  });

  it('takes a host without a port for the port of the scheme', async () => {
    const listed = documents({ hosts: ['127.0.0.1:80'] });
    expect((await refusal(listed.load('http://127.0.0.1/no-such'))).code).to.not.equal('DOCUMENT_NOT_ALLOWED');
    expect((await refusal(listed.load('http://127.0.0.1:81/no-such'))).code).to.equal('DOCUMENT_NOT_ALLOWED');
  });
});
