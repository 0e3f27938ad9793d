import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../server/root.js';
import { startProcess, type ServerProcess } from '../process.js';

const blocks = [...readFileSync(join(packageRoot, 'README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)];
const block = blocks.map(([, text = '']) => text).find((text) => text.includes('/scxml/session/start')) ?? '';

describe('the session of the README, by a shell and curl', function () {
  this.timeout(60_000);
  let server: ServerProcess;
  let said: unknown[];
  before(async () => {
    server = await startProcess({ RINGBACK_STORE: 'memory' });
    const [first = '', ...rest] = block.trim().split('\n');
    const lines = [first, 'echo "\\"$SESSION\\""', ...rest.map((line) => `${line}; echo`)];
    const script = lines.join('\n').replaceAll('http://127.0.0.1:8080', server.url);
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', script]);
    said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  });
  after(async () => {
    server.kill('SIGTERM');
    await server.ended;
  });

  it('starts, gets an event, answers a request, is shown, and ends', async () => {
    const [sessionid, event, request, query, terminate, ...more] = said;
    const path = /\/(event|request|query|terminate)/g;
    expect([...block.matchAll(path)].map(([, what]) => what)).to.deep.equal(['event', 'request', 'query', 'terminate']);
    expect(sessionid).to.match(/^[0-9A-Z]{32}$/);
    expect(event).to.deep.equal({});
    expect(request).to.deep.equal({ customer: 'Ada', notes: ['call back'] });
    const data = { customer: 'Ada', notes: ['call back'] };
    expect(query).to.deep.include({ sessionid, status: 'active', configuration: ['open'], data });
    expect(terminate).to.deep.equal({});
    expect(more).to.be.empty;
    const { data: view } = await server.http.get<{ status: string }>(`/scxml/session/${String(sessionid)}/query`);
    expect(view.status).to.equal('done');
  });
});
