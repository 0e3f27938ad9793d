/**
 * The server under attack: each hostile source (`attack/documents.ts`) runs as a document that is not trusted, in the real server
 * in a process of its own, while sessions beside it are asked without a pause: one in the same sandbox, one of another author, and
 * a route that needs no session. They must answer right all the time, and the attack must end as it should.
 *
 * How long an attack holds up others is read from answers of a listener on the server's own event loop, asked without a pause too:
 * between two of them that loop can have been busy no longer than the wall clock went on, nor than the process used of the
 * processors. The smaller of both is taken: on a busy machine the clock runs on while the server waits for a processor, and the
 * process also counts its other threads, which compile and collect garbage. So what is measured is never less than what the
 * attack took, whatever else the machine does.
 *
 * 250 ms are promised, on a machine of today with a core for the server. The gate allows four times as much, since machines differ
 * and a core may be shared: what is not contained takes seconds. `ATTACK_MS=250` holds the server to the promise.
 */
import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultQuarantine } from '../../server/ors/quarantine.js';
import { attacks, bystander, rightAnswer } from './attack/documents.js';
import { heldUp, watchedServer, type Watched } from './attack/watched.js';

/** Milliseconds of the server's thread that an attack may take at once. */
const MOST = Number(process.env['ATTACK_MS'] ?? 1_000);

interface End {
  /** error: the session ended with an error. */
  readonly state: string;
  /** The type of what was taken from the host. */
  readonly stolen: string;
  readonly reason?: string;
}

describe('a server under attack', function () {
  this.timeout(60_000);
  let folder: string;
  let server: Watched;
  /** How often each bystander was asked. */
  const asked = new Map<string, number>();

  const start = async (...path: string[]): Promise<string> => {
    const { data } = await server.http.post<{ sessionid: string }>('/scxml/session/start', {
      src: join(folder, ...path),
    });
    return data.sessionid;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringback-attack-'));
    for (const author of ['hostile', 'other']) {
      await mkdir(join(folder, author));
      await writeFile(join(folder, author, 'bystander.scxml'), bystander);
    }
    server = await watchedServer({ RINGBACK_DOCUMENT_FOLDERS: folder });
    for (const author of ['hostile', 'other']) asked.set(await start(author, 'bystander.scxml'), 0);
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const askBystanders = async (): Promise<void> => {
    for (const [session, before] of asked) {
      asked.set(session, before + 1);
      const { status, data } = await server.http.get<unknown>(`/scxml/session/${session}/request/ask`);
      expect([status, data]).to.deep.equal([200, rightAnswer(before + 1)]);
    }
    expect((await server.http.get('/health/live')).status).to.equal(200);
  };

  /** Asks the bystanders until the work is done, and once more. */
  const beside = async <T>(work: Promise<T>): Promise<T> => {
    const end = { reached: false };
    const over = work.finally(() => {
      end.reached = true;
    });
    while (!end.reached) await askBystanders();
    await askBystanders();
    return over;
  };

  /** Runs it and answers how it ended. */
  const attack = async (name: string): Promise<End> => {
    const session = await start('hostile', name);
    await server.http.get(`/scxml/session/${session}/event/attack`);
    const { status, data } = await server.http.get<End & { message: string }>(`/scxml/session/${session}/request/look`);
    if (status === 200) return data;
    const ended = await server.http.get<{ status?: string; message?: string }>(`/scxml/session/${session}/query`);
    const state = ended.data.status ?? `not told: ${String(ended.data.message)}`;
    return { state, stolen: 'undefined', reason: `${status} ${data.message}` };
  };

  attacks.forEach((each, index) => {
    it(`stands ${each.what}`, async () => {
      const name = `attack-${index}.scxml`;
      await writeFile(join(folder, 'hostile', name), each.document);
      const attacked = beside(attack(name));
      const longest = await heldUp(server, attacked);
      const end = await attacked;
      expect(end.stolen).to.equal('undefined');
      expect(end.state, end.reason).to.be.oneOf(each.ends);
      expect(end.reason ?? '').to.have.length.below(1001);
      expect(longest).to.be.below(MOST);
    });
  });

  it('starts no more sessions of a document that does it again and again, and leaves those that run alone', async () => {
    const looping =
      attacks.find(({ what }) => what === 'beyond: a regular expression that tries everything')?.document ?? '';
    for (const name of ['again.scxml', 'other.scxml']) {
      await writeFile(join(folder, 'hostile', name), `${looping}<!-- ${name} -->`);
    }
    const running = await start('hostile', 'again.scxml');
    for (let round = 0; round < defaultQuarantine.breaches; round++) await attack('again.scxml');
    const src = join(folder, 'hostile', 'again.scxml');
    const { status, data } = await server.http.post<{ code: string }>('/scxml/session/start', { src });
    expect([status, data.code]).to.deep.equal([503, 'DOCUMENT_QUARANTINED']);
    expect((await server.http.get(`/scxml/session/${running}/event/any`)).status).to.equal(200);
    expect(await start('hostile', 'other.scxml')).to.be.a('string');
    await askBystanders();
  });
});
