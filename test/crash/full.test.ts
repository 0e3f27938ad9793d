/** A disk that is full: the server says so and goes on; when there is room again the same requests succeed, and nothing is lost. */
import { expect } from 'chai';
import { disks, type Disk } from './disks.js';
import { judge, type Verdict } from './judge.js';
import { Ledger, type Work } from './ledger.js';
import { workersOf } from './observe.js';
import type { Answer, Client } from './client.js';
import { openScene, type Scene } from './scene.js';
import { pause, until } from './wait.js';

type Try = () => Promise<Answer | undefined>;

/** A piece of work with everything that can come of it, a request and a callback: to be asked for as often as it takes. */
const errands = (client: Client, ledger: Ledger): Try[] => {
  const [who, id] = [...ledger.sessions][0] ?? [];
  const [n, m, k] = [ledger.next(), ledger.next(), ledger.next()];
  const all = { delay: 500, post: true, fetch: true, child: true };
  const work: Work = { n, who: String(who), to: String(who), ...all, isAcked: true };
  const number = `165055501${String(k).padStart(2, '0')}2`;
  ledger.works.push(work);
  ledger.requests.push({ n: m, who: String(who), isAcked: true });
  ledger.callbacks.push({ number, desired: undefined, id: undefined });
  return [
    () => client.once(`/scxml/session/${id}/event/work`, { ...all, n, to: id }, `n${n}`),
    () => client.once(`/scxml/session/${id}/request/ask`, { n: m }, `n${m}`),
    () => client.once('/genesys/1/service/callback/swift', { _customer_number: number }, `n${k}`),
  ];
};

const expectRefusal = (answer: Answer | undefined): void => {
  expect(answer).to.include({ status: 503 });
  expect(JSON.stringify(answer?.body), 'the reason').to.match(/disk/);
};

const isComplete = ({ tallies }: Verdict): boolean => Object.values(tallies).every(({ lost }) => lost.length === 0);

describe('a server whose disk is full', () => {
  let scene: Scene | undefined;
  afterEach(() => scene?.close());

  const play = async ({ command, fill, free }: Disk): Promise<void> => {
    const { client, data, worker, sink, started } = (scene = await openScene());
    const server = await started({}, command);
    const ledger = new Ledger();
    const start = { src: worker, who: 'a', sink: sink.url };
    ledger.sessions.set('a', String((await client.once('/scxml/session/start', start))?.body['sessionid']));
    const outcome = async () => judge(ledger, await workersOf(client, ledger), sink);
    const calls = async (): Promise<unknown[]> => {
      const path = (number: string): string => `/genesys/1/service/callback/swift?_customer_number=${number}`;
      const found = await Promise.all(ledger.callbacks.map(({ number }) => client.once(path(number), undefined)));
      return found
        .flatMap((each) => each?.body as unknown as { readonly _callback_state: string }[])
        .map((record) => record._callback_state);
    };
    for (const first of errands(client, ledger)) expect(await first()).to.include({ status: 200 });

    fill(server, data);
    const later = errands(client, ledger);
    for (const refused of [...later, ...later]) expectRefusal(await refused());
    expectRefusal(await client.once('/health/ready', undefined));
    // What was under way comes due meanwhile: the timer, the child, the customer who does not answer.
    await pause(2_500);
    expectRefusal(await client.once('/health/ready', undefined));

    free(server, data);
    for (const again of later)
      await until('it is taken', async () => ((await again())?.status === 200 ? true : undefined));
    expect(await server.ready()).to.be.a('number');
    await until('everything is there', async () => (isComplete(await outcome()) ? true : undefined));
    // Time for what would come twice.
    await pause(500);
    const { tallies, complaints } = await outcome();
    for (const [what, { doubled }] of Object.entries(tallies)) expect(doubled, what).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await until('callbacks are over', async () =>
      (await calls()).every((state) => state === 'COMPLETED') ? true : undefined,
    );
    expect(await calls(), 'one for each number').to.have.length(ledger.callbacks.length);
    expect(await server.end('SIGTERM')).to.deep.equal({ code: 0, signal: null });
  };

  for (const disk of disks)
    if (disk.isHere())
      it(`refuses with the reason, lives, and loses nothing: ${disk.name}`, async function () {
        this.timeout(120_000);
        await play(disk);
      });
    else process.stderr.write(`a full disk is not tried by ${disk.name}: this machine does not let us\n`);
});
