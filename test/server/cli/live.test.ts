import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import type { CentreView } from '../../../server/agents/message.js';
import { CentreError } from '../../../server/cli/centre/ask.js';
import { showLive } from '../../../server/cli/centre/live.js';
import { screenOn } from '../../../server/cli/screen.js';
import { openDemo } from './demo.js';

const OPEN = '\x1b[?1049h\x1b[?25l';
const CLOSE = '\x1b[?25h\x1b[?1049l';

/** A terminal of this size, what was written to it, and the process that it belongs to. */
const terminal = (columns = 80, rows = 24) => {
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), { columns, rows, write: (text: string) => written.push(text) > 0 });
  const signals = new EventEmitter();
  const screen = screenOn(stream, signals);
  const listeners = (): number => signals.eventNames().length + stream.eventNames().length;
  return { screen, stream, signals, written, listeners };
};

const view = (second: number, agents = 1): CentreView => ({
  at: `2026-03-02T09:00:0${second}.000Z`,
  queues: [],
  calls: [],
  agents: Array.from({ length: agents }, (_, index) => ({
    ...{ id: `agent${index}`, dn: '7001', place: 'P', switch: 'S', groups: [], skills: {}, capacity: {} },
    ...{ state: 'Ready', since: '2026-03-02T09:00:00.000Z' },
  })),
});

/** What was drawn while these were the answers one after the other; then Ctrl-C. No second passes: the window changes instead. */
const drawn = async (answers: readonly (CentreView | CentreError)[], columns = 80, rows = 24) => {
  const { screen, signals, stream, written, listeners } = terminal(columns, rows);
  const left = [...answers];
  const look = async (): Promise<CentreView> => {
    const answer = left.shift();
    if (left.length === 0) signals.emit('SIGINT');
    if (answer instanceof CentreError) throw answer;
    return answer ?? view(9);
  };
  const wait = (ms: number): Promise<void> => {
    expect(ms).to.equal(1_000);
    const waited = screen.wait(ms);
    stream.emit('resize');
    return waited;
  };
  const end = await showLive({ url: 'URL', screen: { ...screen, wait }, look }).then(
    () => 'ended',
    (error: unknown) => (error as Error).message,
  );
  expect(listeners(), 'listeners that stay').to.equal(0);
  const frames = written.slice(1, -1).map((frame) => frame.replaceAll(/\x1b\[[HKJ]/g, '').split('\r\n'));
  return { end, written, frames };
};

const gone = new CentreError('nobody answers', undefined, true);

describe('ringback centre on a terminal', () => {
  it('takes the screen, draws what is there each second, and gives it back', async () => {
    const { end, written, frames } = await drawn([view(1), view(2), view(3), view(4)]);
    expect(end).to.equal('ended');
    expect([written.at(0), written.at(-1)]).to.deep.equal([OPEN, CLOSE]);
    expect(frames.map(([first]) => first?.slice(5, 24))).to.deep.equal(
      [1, 2, 3].map((second) => `2026-03-02 09:00:0${second}`),
    );
    expect(written[1]).to.match(/^\x1b\[HURL .*\x1b\[K\r\n\x1b\[K\r\n[^]*\x1b\[K\x1b\[J$/);
  });

  it('waits for a server that went away, and shows what was there before', async () => {
    const { end, frames } = await drawn([view(1), gone, gone, view(4), view(5)]);
    expect(end).to.equal('ended');
    expect(frames.map(([first]) => first?.split(/ {2}/)[0])).to.deep.equal([
      'URL',
      'as it was before: nobody answers',
      'as it was before: nobody answers',
      'URL',
    ]);
    expect(frames[1]?.[1]).to.include('09:00:01');
  });

  it('gives the screen back when the server lets it in no more', async () => {
    const { end, written } = await drawn([view(1), new CentreError('not the token'), view(3)]);
    expect(end).to.equal('not the token');
    expect(written.at(-1)).to.equal(CLOSE);
  });

  it('leaves the screen alone when the first answer does not come', async () => {
    const { end, written } = await drawn([gone, view(2)]);
    expect([end, written]).to.deep.equal(['nobody answers', []]);
  });

  it('ends when it is to end while an answer is on its way', async () => {
    expect((await drawn([view(1), gone])).end).to.equal('ended');
  });

  it('says what there is no room for', async () => {
    const { frames } = await drawn([view(1, 30), view(2)], 40, 10);
    expect(frames[0]).to.have.length(10);
    expect(frames[0]?.at(-1)).to.equal('28 lines more: make the terminal higher…');
    for (const line of frames[0] ?? []) expect(line.length).to.be.at.most(40);
  });

  it('has room in 40 columns for what matters most', async () => {
    const demo = await openDemo();
    try {
      await demo.callBack('BasicCallback', '16504661230');
      await demo.run(11);
      const { out } = await demo.ringback(['centre', '--once'], {}, terminal(40));
      expect([out[2], out[3], out[6], out[7], out.at(-2), out.at(-1)]).to.deep.equal([
        'QUEUE       WAITING  LONGEST  EXPECTED',
        'VQ_Billing        0        -      0:02',
        'AGENT   STATE     REASON   FOR',
        'alice   Busy              0:01',
        'CALL      TO           STATE    WITH',
        'outbound  *********30  talking  alice',
      ]);
    } finally {
      await demo.close();
    }
  });

  it('is what the command does where output is a terminal', async () => {
    const demo = await openDemo();
    try {
      const { screen, signals, written } = terminal();
      signals.on('newListener', () => queueMicrotask(() => signals.emit('SIGINT')));
      expect(await demo.ringback(['centre'], {}, { screen })).to.deep.equal({ code: 0, out: [], err: [] });
      expect(written).to.have.length(3);
      const { out } = await demo.ringback(['centre', '--once'], {}, { screen });
      expect(out[0]).to.include('6 agents');
      expect(Math.max(...out.map((line) => line.length))).to.be.at.most(80);
    } finally {
      await demo.close();
    }
  });
});
