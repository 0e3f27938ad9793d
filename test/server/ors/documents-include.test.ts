import { expect } from 'chai';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileText, isolatedKernel } from '../../../engine/index.js';
import { Documents } from '../../../server/ors/documents.js';
import { Problem, type Code } from '../../../server/problems.js';

const scxml = (inside: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:xi="http://www.w3.org/2001/XInclude" version="1.0" datamodel="ecmascript">${inside}</scxml>`;
const including = (href: string): string =>
  scxml(
    `<xi:include href="${href}" resolveid="P" xpointer="p"/><xi:include href="none.scxml"><xi:fallback/></xi:include>`,
  );
const part = scxml(
  `<state id="p"><onentry><script><xi:include href="part.js" parse="text"/></script><script src="inner.js"/></onentry></state>`,
);
const bulk = ['0.txt', '1.txt', '2.txt', '3.txt', '4.txt'];

describe('Documents that include others', () => {
  let root: string;
  let server: Server;
  let origin: string;
  const pages: Record<string, string> = {
    '/outer.scxml': including('deep/part.scxml'),
    '/deep/part.scxml': part,
    '/deep/part.js': 'var web;',
    '/deep/inner.js': 'inner',
  };
  const files: Readonly<Record<string, string>> = {
    'outer.scxml': including('part.scxml'),
    'plain.scxml': scxml('<state id="a"/>'),
    'part.scxml': part,
    'part.js': 'var aside;',
    'bulk.scxml': scxml(bulk.map((name) => `<script><xi:include href="${name}" parse="text"/></script>`).join('')),
    ...Object.fromEntries(bulk.map((name) => [name, ' '.repeat(7_000_000)])),
    'trusted/outer.scxml': including('../part.scxml'),
    'trusted/secret.scxml': including('../../secret.scxml'),
  };

  before(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'ringback-including-')));
    mkdirSync(join(root, 'open', 'trusted'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'open', name), text);
    writeFileSync(join(root, 'secret.scxml'), part);
    server = createServer((request, response) => {
      const page = pages[request.url ?? ''];
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true });
  });

  const documents = (): Documents => {
    const open = join(root, 'open');
    const places = { strategies: join(root, 'none'), folders: [open], trusted: [join(open, 'trusted')] };
    return new Documents({ ...places, hosts: [new URL(origin).host] }, isolatedKernel);
  };
  const file = (name: string): string => pathToFileURL(join(root, 'open', name)).href;

  it('bring the parts, and what these include and name, by names relative to the document', async () => {
    const { resources } = await documents().load(file('outer.scxml'));
    expect(resources).to.deep.equal({ 'part.scxml': part, 'part.js': 'var aside;' });
    const web = await documents().load(`${origin}/outer.scxml`);
    expect(web.resources).to.deep.equal({
      'deep/part.scxml': part,
      'deep/part.js': 'var web;',
      'deep/inner.js': 'inner',
    });
  });

  it('are hashed with their parts, and compile from what was kept', async () => {
    const first = await documents().load(`${origin}/outer.scxml`);
    pages['/deep/part.js'] = 'var other;';
    const second = await documents().load(`${origin}/outer.scxml`);
    expect(second.hash).not.to.equal(first.hash);
    const { states } = compileText(first.text, { trusted: true, resources: (src) => first.resources[src] });
    expect(states.map(({ id }) => id)).to.include('P.p');
  });

  it('include from where their holder lies when they stood in it', async () => {
    const holder = await documents().load(file('plain.scxml'));
    const inner = await documents().inline(including('part.scxml'), holder);
    expect(Object.keys(inner.resources)).to.have.members(['part.scxml', 'part.js']);
  });

  const refused: [what: string, name: string, code: Code, says: RegExp][] = [
    ['an untrusted part of a trusted document', 'trusted/outer.scxml', 'DOCUMENT_NOT_TRUSTED', /part\.scxml/],
    ['a part from outside', 'trusted/secret.scxml', 'DOCUMENT_NOT_ALLOWED', /secret/],
    ['more than fits together', 'bulk.scxml', 'DOCUMENT_TOO_LARGE', /bulk\.scxml with all that it names .*33554432/],
  ];
  for (const [what, name, code, says] of refused)
    it(`are refused for ${what}: ${code}`, async () => {
      const error: unknown = await documents()
        .load(file(name))
        .catch((error: unknown) => error);
      expect(error).to.be.instanceOf(Problem);
      expect(error).to.include({ code }).and.have.property('message').that.matches(says);
    });
});
