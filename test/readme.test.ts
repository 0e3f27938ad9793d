/** The tables and examples of README.md against the code that they speak of. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createActor } from 'xstate';
import { isolatedKernel, scxml } from '../engine/index.js';
import { configFrom, type Config } from '../server/config.js';
import { examples } from '../server/gms/demo-services.js';
import { createMetrics } from '../server/health/metrics.js';
import { packageRoot } from '../server/root.js';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');
const readme = read('README.md');

/** The cells of the rows of a table whose heading starts with this word. */
const table = (heading: string): string[][] => {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
};

describe('README.md', () => {
  it('lists the variables that the server reads, all of them and no other', () => {
    const variables = [...read('server/config.ts').matchAll(/read(?:<[^>]*>)?\('([A-Z_]+)'/g)].map(([, name]) => name);
    expect(table('variable').map(([name]) => name)).to.have.members(variables);
  });

  it('gives the defaults that the configuration has', () => {
    const { port, host, kernel, requestTimeoutMs, bodyLimit, sessionsInMemory, logLevel, externalUrl }: Config =
      configFrom({});
    const rows = table('variable').map(([name = '', , otherwise = '']) => [name, otherwise] as const);
    const given = Object.fromEntries<string>(rows);
    expect(given).to.include({
      PORT: String(port),
      HOST: host,
      RINGBACK_EXTERNAL_URL: externalUrl.replace(String(port), 'PORT'),
      RINGBACK_KERNEL_MEMORY_MIB: String(kernel.memory),
      RINGBACK_KERNEL_EVALUATION_MS: String(kernel.evaluation),
      RINGBACK_KERNEL_STEP_MS: String(kernel.step),
      RINGBACK_KERNEL_DOMAINS: String(kernel.domains),
      RINGBACK_REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
      RINGBACK_BODY_LIMIT: String(bodyLimit),
      RINGBACK_SESSIONS_IN_MEMORY: String(sessionsInMemory),
      RINGBACK_LOG_LEVEL: logLevel,
    });
  });

  it('lists the metrics that there are, all of them and no other', async () => {
    const { text } = await createMetrics().text(undefined);
    const names = [...text.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name);
    expect(table('metric').map(([name]) => name)).to.have.members(names);
  });

  it('shows the commands that the server says at its start', () => {
    for (const example of Object.values(examples)) expect(readme).to.include(example('http://127.0.0.1:8080'));
  });

  it('names files that are there', () => {
    const paths = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path]) => path ?? '');
    for (const path of paths) expect(() => read(path), path).not.to.throw();
  });

  it('has an example of the engine that works as it says', () => {
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(example).to.include('createActor(scxml(text, { trusted: true })).start()');
    const text =
      '<scxml version="1.0" datamodel="ecmascript"><state id="a"><transition event="E" target="b"/></state><state id="b"/></scxml>';
    const actor = createActor(scxml(text, { trusted: true })).start();
    actor.send({ type: 'E', data: { any: 1 } });
    expect(actor.getSnapshot().value).to.equal('b');
  });

  it('has an example of a sandbox that works as it says', async () => {
    expect(readme).to.include("createActor(scxml(text, { kernel, author: 'them' })).start()");
    const text =
      '<scxml version="1.0" datamodel="ecmascript"><state id="a"><transition cond="true" target="b"/></state><state id="b"/></scxml>';
    const kernel = await isolatedKernel({ elapsed: () => performance.now() });
    expect(
      createActor(scxml(text, { kernel, author: 'them' }))
        .start()
        .getSnapshot().value,
    ).to.equal('b');
    expect(() => scxml(text, {})).to.throw('this document needs a kernel: pass { kernel }');
  });
});
