import { expect } from 'chai';
import { stopOnSignal } from '../../server/stop.js';

const stopping = () => {
  const exits: number[] = [];
  const lines: string[] = [];
  const limits: (() => void)[] = [];
  let finish: (error?: Error) => void = () => undefined;
  const write = (...args: unknown[]): void => void lines.push(String(args.at(-1)));
  const signal = stopOnSignal({
    run: (at) => {
      at('the store');
      return new Promise((resolve, reject) => {
        finish = (error) => {
          if (error) reject(error);
          else resolve();
        };
      });
    },
    log: { info: write, error: write },
    exit: (code) => exits.push(code),
    after: (fn) => limits.push(fn),
    limit: 10_000,
  });
  const end = async (error?: Error): Promise<void> => {
    finish(error);
    await new Promise(setImmediate);
  };
  return { signal, end, exits, lines, late: () => limits[0]?.() };
};

describe('stopOnSignal', () => {
  it('ends the process with 0 when everything has stopped, and not before', async () => {
    const { signal, end, exits, lines } = stopping();
    signal('SIGTERM');
    expect(exits).to.deep.equal([]);
    await end();
    expect([exits, lines]).to.deep.equal([[0], ['stopping', 'stopped']]);
  });

  it('ends it at once on a second signal', () => {
    const { signal, exits, lines } = stopping();
    signal('SIGTERM');
    signal('SIGINT');
    expect(exits).to.deep.equal([1]);
    expect(lines.at(-1)).to.equal('stopped at once by a second signal (SIGINT), while waiting for the store');
  });

  it('ends it when it takes too long, and says what hangs', () => {
    const { signal, late, exits, lines } = stopping();
    signal('SIGTERM');
    late();
    expect(exits).to.deep.equal([1]);
    expect(lines.at(-1)).to.include('10000 ms').and.include('hangs at the store');
  });

  it('ends it with 1 when something cannot be stopped, and says what', async () => {
    const { signal, end, exits, lines } = stopping();
    signal('SIGTERM');
    await end(new Error('disk on fire'));
    expect([exits, lines.at(-1)]).to.deep.equal([[1], 'not stopped in order: the store: disk on fire']);
  });
});
