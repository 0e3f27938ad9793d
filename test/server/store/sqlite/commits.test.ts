import { expect } from 'chai';
import { StoreUnavailable } from '../../../../server/store/port.js';
import { Commits } from '../../../../server/store/sqlite/commits.js';
import type { Batch, Outcome } from '../../../../server/store/sqlite/wire.js';
import { outbox } from '../../../contracts/store/records.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const fine: Outcome = { batches: 1, failures: new Map(), changed: [], answers: [] };

describe('Commits', () => {
  let posted: Batch[];
  let commits: Commits;
  beforeEach(() => {
    posted = [];
    commits = new Commits({
      post: (batch) => void posted.push(batch),
      written: () => undefined,
      changed: () => undefined,
    });
  });
  const sizes = (): number[] => posted.map(({ ends }) => ends.length);

  it('gathers what comes while a batch is under way, and posts it when it is 16 or when the writer has answered', async () => {
    for (let seq = 1; seq <= 3; seq++) void commits.commit([outbox(seq)]);
    await turn();
    for (let seq = 4; seq <= 40; seq++) void commits.commit([outbox(seq)]);
    await turn();
    expect(sizes()).to.deep.equal([3, 16, 16]);
    commits.answered({ ...fine, batches: 2 });
    expect(sizes()).to.deep.equal([3, 16, 16, 5]);
  });

  it('tells each what became of it when batches were written together', async () => {
    const outcomes = Array.from({ length: 40 }, (_, seq) =>
      commits.commit([outbox(seq + 1)]).then(
        () => 'written',
        (error: unknown) => (error as Error).message,
      ),
    );
    const asked = commits.ask({ what: 'lastSeq' });
    await turn();
    commits.answered({ ...fine, batches: 2, failures: new Map([[20, { unavailable: false, message: 'refused' }]]) });
    commits.answered({ ...fine, answers: [40] });
    const told = await Promise.all(outcomes);
    expect(told.map((what, index) => (what === 'written' ? [] : [index, what])).flat()).to.deep.equal([20, 'refused']);
    expect(await asked).to.equal(40);
  });

  it('posts the next batch before it tells anybody of the last', async () => {
    let told: number[] | undefined;
    void commits.commit([outbox(1)]).then(() => (told = sizes()));
    await turn();
    void commits.commit([outbox(2)]);
    commits.answered(fine);
    await turn();
    expect(told).to.deep.equal([1, 1]);
  });

  it('leaves nothing behind of a commit that cannot be written as text', async () => {
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    const broken = commits.commit([
      outbox(1),
      {
        kind: 'inbox.answer',
        sendid: 's',
        answer: { type: 'positive', resultcode: undefined, params: endless as never },
      },
    ]);
    void commits.commit([outbox(2)]);
    const error = await broken.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
    await turn();
    expect(posted).to.have.length(1);
    expect(posted[0]).to.deep.include({ ends: [8] });
    expect(posted[0]?.values[1]).to.equal(2);
  });

  it('fails everybody who waits when the writer is gone, and whoever comes after', async () => {
    const gone = new StoreUnavailable('the thread has ended');
    const waiting = [commits.commit([outbox(1)]), commits.ask({ what: 'lastSeq' })];
    await turn();
    waiting.push(commits.commit([outbox(2)]));
    commits.fail(gone);
    waiting.push(commits.commit([outbox(3)]));
    for (const outcome of await Promise.allSettled(waiting))
      expect(outcome).to.deep.equal({ status: 'rejected', reason: gone });
    await commits.drain(new Error('closed'));
  });
});
