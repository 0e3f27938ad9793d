import { expect } from 'chai';
import { StoreUnavailable } from '../../../../server/store/port.js';
import { Commits } from '../../../../server/store/sqlite/commits.js';
import type { Batch, Outcome } from '../../../../server/store/sqlite/wire.js';
import { outbox } from '../../../contracts/store/records.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const fine: Outcome = { failures: new Map(), changed: [], answers: [] };

describe('Commits', () => {
  let posted: Batch[];
  let commits: Commits;
  beforeEach(() => {
    posted = [];
    commits = new Commits({ post: (batch) => void posted.push(batch), changed: () => undefined });
  });
  const sizes = (): number[] => posted.map(({ ends }) => ends.length);

  it('posts what comes while a batch is under way as the next, and no batch of more than 256', async () => {
    for (let seq = 1; seq <= 3; seq++) void commits.commit([outbox(seq)]);
    await turn();
    for (let seq = 4; seq <= 300; seq++) void commits.commit([outbox(seq)]);
    await turn();
    expect(sizes()).to.deep.equal([3]);
    commits.answered(fine);
    expect(sizes()).to.deep.equal([3, 256]);
    commits.answered(fine);
    expect(sizes()).to.deep.equal([3, 256, 41]);
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
