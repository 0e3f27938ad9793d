/** Waiting times: the guide's worked examples first ("Calculate Estimated Wait Time using AHT or Time in Queue"). */
import { expect } from 'chai';
import { waitByAgents, waitByQueue } from '../../../server/routing/ewt.js';
import { Core } from '../../../server/routing/core.js';
import { expectedWait } from '../../../server/routing/handling.js';
import type { Agent } from '../../../server/routing/port.js';

const s = (seconds: number): number => seconds * 1000;

describe('the expected wait', () => {
  it('urs: 60, 120 and 60 s in the queue are 80 s a call, with 6 waiting 560 s', () => {
    expect(waitByQueue([s(60), s(120), s(60)], 6)).to.deep.equal({
      known: true,
      perCallMs: s(80),
      waiting: 6,
      waitMs: s(560),
    });
  });

  it('urs2: agents of 60, 120 and 60 s a call take one in 24 s together, with 6 waiting 168 s', () => {
    const agents = [60, 120, 60].map((seconds) => ({ handleMs: s(seconds), queues: 1 }));
    expect(waitByAgents(agents, 6)).to.deep.equal({ known: true, perCallMs: s(24), waiting: 6, waitMs: s(168) });
  });

  it('urs2: the first of them works for three queues: one call in 33 s, with 6 waiting 231 s', () => {
    const agents = [60, 120, 60].map((seconds, index) => ({ handleMs: s(seconds), queues: index === 0 ? 3 : 1 }));
    expect(waitByAgents(agents, 6)).to.deep.equal({ known: true, perCallMs: s(33), waiting: 6, waitMs: s(231) });
  });

  it('is not guessed when nothing is known', () => {
    expect(waitByQueue([], 2)).to.deep.include({ known: false, waiting: 2 });
    expect(waitByAgents([], 2)).to.deep.include({ known: false, waiting: 2 });
    expect(waitByAgents([{ handleMs: 0, queues: 1 }], 2)).to.deep.include({ known: false });
  });
});

describe('what the router knows of waiting', () => {
  const agents: Agent[] = ['A', 'B', 'C'].map((id) => ({
    id,
    dn: id,
    switch: 'S',
    place: id,
    groups: id === 'A' ? ['G', 'H', 'I'] : ['G'],
  }));
  let core: Core;
  let now: number;
  beforeEach(() => {
    core = new Core(agents);
    now = 0;
  });
  /** A call of so many seconds, from the queue to the end of the work after it. */
  const handle = (agent: string, seconds: number, group = 'G'): void => {
    const id = `${agent} ${now}`;
    core.report(agent, 'Ready', now);
    core.submit({ id, vq: `VQ_${group}`, targets: [`${group}@S.GA`] }, now);
    for (const event of core.decided())
      if (event.type === 'selected') core.confirm(event.selected.reservation, 'accepted', now);
    core.report(agent, 'Ringing', now);
    core.report(agent, 'Busy', now);
    now += s(seconds) - 1;
    core.report(agent, 'AfterCallWork', now);
    now += 1;
    core.report(agent, 'NotReady', now);
  };
  const wait = (count: number): void => {
    for (let n = 0; n < count; n++) core.submit({ id: `w${n}`, vq: 'VQ_G', targets: ['G@S.GA'] }, now);
  };

  it('comes from what its agents did: 168 s with six waiting', () => {
    handle('A', 60);
    handle('B', 120);
    handle('C', 60);
    wait(6);
    expect(expectedWait(core.queues, 'VQ_G', 'urs2')).to.deep.include({ known: true, waitMs: s(168), waiting: 6 });
  });

  it('counts an agent of three queues for a third in each: 231 s', () => {
    handle('B', 120);
    handle('C', 60);
    handle('A', 60, 'H');
    handle('A', 60, 'I');
    wait(6);
    expect(expectedWait(core.queues, 'VQ_G', 'urs2')).to.deep.include({ known: true, waitMs: s(231) });
  });

  it('uses the agents of the last calls when nobody waits', () => {
    handle('B', 120);
    expect(expectedWait(core.queues, 'VQ_G', 'urs2')).to.deep.include({ known: true, waitMs: s(120), waiting: 0 });
  });

  it('counts for urs how long calls waited that were distributed, those of others too', () => {
    expect(expectedWait(core.queues, 'VQ_G', 'urs')).to.deep.include({ known: false });
    for (const seconds of [60, 120, 60]) core.queues.opened('VQ_G', 0).peg(s(seconds));
    wait(6);
    expect(expectedWait(core.queues, 'VQ_G', 'urs')).to.deep.include({ known: true, waitMs: s(560) });
  });

  it('says which queue nobody knows', () => {
    expect(expectedWait(core.queues, 'VQ_X', 'urs')).to.deep.equal({
      known: false,
      waiting: 0,
      reason: 'nobody has used the queue "VQ_X" yet',
    });
  });
});
