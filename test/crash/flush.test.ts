/**
 * Between a request and its answer the disk is flushed. A killed process does not show that, since what it wrote is in the cache of the
 * system: here strace watches what the server asks of the system, and in which order.
 */
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseIn, writingConnection } from '../../server/store/sqlite/connection.js';
import { folders } from '../server/store/sqlite/folder.js';
import { pending } from './kept.js';
import type { Environment } from './process.js';
import { openScene, type Scene } from './scene.js';
import { happened, type Happening } from './strace.js';
import { pause, until } from './wait.js';

const isTraceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const tracing = 'trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync';

describe('an answer', () => {
  const folder = folders();
  let scene: Scene | undefined;
  afterEach(() => scene?.close());

  /** For each request: what happened from when it was read to when it was answered. */
  const traced = async (environment: Environment): Promise<Readonly<Record<string, readonly Happening[]>>> => {
    const opened = (scene = await openScene(environment));
    const { client, data, worker, sink } = opened;
    const file = join(folder(), 'trace');
    await opened.started({}, [
      'strace',
      '-f',
      '-y',
      '-qq',
      '-s',
      '128',
      '-e',
      tracing,
      '-e',
      'signal=none',
      '-o',
      file,
    ]);
    const asked: string[] = [];
    const ask = async (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
      await until('nothing is left to do', () => (asked.length === 0 || pending(data).length === 0 ? true : undefined));
      // What that has left is written by then.
      await pause(150);
      asked.push(path);
      const answer = await client.once(path, body, `key ${asked.length}`.replace(' ', ''));
      expect(answer).to.include({ status: 200 });
      return answer?.body ?? {};
    };
    const { sessionid } = await ask('/scxml/session/start', { src: worker, who: 'a', sink: sink.url });
    await ask(`/scxml/session/${String(sessionid)}/event/rest`, {});
    await ask(`/scxml/session/${String(sessionid)}/request/ask`, { n: 1 });
    await ask('/genesys/1/service/callback/swift', { _customer_number: '16505550101' });
    return happened(readFileSync(file, 'utf8'), asked, databaseIn(data));
  };

  if (isTraceable) {
    it('comes after a flush of the log, whatever was asked', async function () {
      this.timeout(120_000);
      const requests = Object.entries(await traced({}));
      expect(requests).to.have.length(4);
      for (const [path, happenings] of requests)
        expect(happenings, path).to.deep.equal(['request', 'flush begins', 'flushed', 'answer']);
    });

    it('that comes before the flush is seen as one', async function () {
      this.timeout(120_000);
      const requests = Object.entries(await traced({ RINGBACK_ACK_EARLY: '1' }));
      // One commit each; a callback takes several, which wait for each other.
      const events = requests.filter(([path]) => /event|request/.test(path));
      expect(events).to.have.length(2);
      for (const [path, happenings] of events) expect(happenings, path).to.deep.equal(['request', 'answer']);
    });
  } else process.stderr.write('flushes before answers are not watched: there is no strace here that may trace\n');

  it('waits for a connection that flushes its log at each commit', () => {
    const database = writingConnection(databaseIn(folder()));
    expect(database.pragma('synchronous', { simple: true }), 'FULL').to.equal(2);
    expect(database.pragma('journal_mode', { simple: true })).to.equal('wal');
    database.close();
  });
});
