import { expect } from 'chai';
import type { DigitInput } from '../../../server/voice/port.js';
import { press } from '../../../server/voice/simulated/digits.js';
import { after, connect, scene } from './scene.js';

describe('a key', () => {
  const rows: [title: string, input: Partial<DigitInput>, key: string, now: object][] = [
    ['is added', {}, '3', { digits: '123' }],
    ['that is the last one ends the input', { maxDigits: 3 }, '3', { digits: '123', ended: 'max' }],
    ['that terminates is no digit', { term: '#*' }, '*', { digits: '12', ended: 'term' }],
    ['that aborts takes the digits along', { abort: '9' }, '9', { digits: '', ended: 'abort' }],
    ['may be ignored', { ignore: '*' }, '*', { digits: '12' }],
    ['may take the last digit back', { backspace: '*' }, '*', { digits: '1' }],
    ['may begin anew', { reset: '*' }, '*', { digits: '' }],
  ];
  for (const [title, input, key, now] of rows)
    it(title, () => expect(press({ totalMs: 1, ...input }, '12', key)).to.deep.equal(now));
});

describe('collect', () => {
  const digitsOf = async (
    presses: readonly { afterMs?: number; digits: string }[],
    input: Partial<DigitInput>,
    interrupt = false,
  ) => {
    const made = await scene({ kind: 'human', presses });
    const ixn = await connect(made);
    const began = made.clock.now();
    const prompts = [{ file: 'which.wav', interrupt }];
    const asked = made.telephony.collect({ requestId: 'c', ixn, prompts, input: { totalMs: 20_000, ...input } });
    let at = 0;
    const timed = asked.then((result) => {
      at = made.clock.now() - began;
      return result;
    });
    return { result: await after(made.clock, 100_000, timed), at };
  };
  const done = (ended: string, digits: string) => ({ ok: true, ended, digits });

  // the prompt lasts 5 s, a key comes 1 s later, the next ones 0.2 s apart
  const rows: [
    title: string,
    presses: { afterMs?: number; digits: string }[],
    input: Partial<DigitInput>,
    interrupt: boolean,
    result: object,
    at: number,
  ][] = [
    ['hears the prompt, then the keys', [{ digits: '123' }], { maxDigits: 3 }, false, done('max', '123'), 6_400],
    [
      'may be interrupted, where the prompt says so',
      [{ digits: '123' }],
      { maxDigits: 3 },
      true,
      done('max', '123'),
      1_400,
    ],
    ['ends by the key that terminates', [{ digits: '12#4' }], { term: '#' }, false, done('term', '12'), 6_400],
    ['ends when it is over, with what there is', [{ digits: '12' }], {}, false, done('timeout', '12'), 25_000],
    [
      'ends without a first key in time',
      [{ afterMs: 9_000, digits: '1' }],
      { startMs: 4_000 },
      false,
      done('timeout', ''),
      9_000,
    ],
    ['ends without a next key in time', [{ digits: '12' }], { digitMs: 3_000 }, false, done('timeout', '12'), 9_200],
    ['ends when nobody presses a key', [], {}, false, done('timeout', ''), 25_000],
  ];
  for (const [title, presses, input, interrupt, result, at] of rows)
    it(title, async () => expect(await digitsOf(presses, input, interrupt)).to.deep.equal({ result, at }));

  it('asks for other keys each time', async () => {
    const made = await scene({ kind: 'human', presses: [{ digits: '1' }, { digits: '2' }] });
    const ixn = await connect(made);
    const answers = [];
    for (const requestId of ['a', 'b', 'c']) {
      const asked = made.telephony.collect({ requestId, ixn, prompts: [], input: { maxDigits: 1, totalMs: 3_000 } });
      answers.push(await after(made.clock, 3_000, asked));
    }
    expect(answers).to.deep.equal([done('max', '1'), done('max', '2'), done('timeout', '')]);
  });

  it('leaves no timer behind when the call ends meanwhile', async () => {
    const made = await scene({ kind: 'human', presses: [{ digits: '123456' }] });
    const ixn = await connect(made);
    const prompts = [{ file: 'which.wav', interrupt: true }];
    const asked = made.telephony.collect({ requestId: 'c', ixn, prompts, input: { totalMs: 20_000, digitMs: 500 } });
    await made.clock.advance(1_300);
    await made.telephony.release(ixn);
    expect(await asked).to.deep.include({ ok: false, code: 'gone' });
    expect(made.timers.size).to.equal(0);
  });
});

describe('run', () => {
  it('answers what the application returns, when it has ended', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const run = made.telephony.run({ requestId: 'r', ixn, uri: 'http://vxml/menu', parameters: {} });
    expect(await after(made.clock, 7_999, run)).to.equal('pending');
    expect(await after(made.clock, 1, run)).to.deep.equal({ ok: true, ended: 'done', result: { chosen: '2' } });
  });
});
