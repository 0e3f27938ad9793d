import { expect } from 'chai';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import type { CreateCallResult, TelephonyEvent, TelephonyPort } from '../../../server/voice/port.js';
import type { Behaviour } from '../../../server/voice/simulated/behaviour.js';
import { callJournal, type CallJournal } from '../../../server/voice/simulated/journal.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { after, request } from './scene.js';

const lost = {
  connected: false,
  state: 4,
  cause: { text: 'the call was lost: the process that had dialled it ended, and the call with it' },
} as const;

describe('the journal of the simulated network', () => {
  let folder: string;
  let path: string;
  let clock: VirtualClock;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringback-journal-'));
    path = join(folder, 'data', 'calls.jsonl');
    clock = virtualClock();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const network = async (
    does: Behaviour,
    journal: CallJournal,
    onEvent: (event: TelephonyEvent) => void = () => undefined,
  ) => {
    const customers = [{ does }];
    const telephony = simulatedTelephony({
      clock,
      seed: '',
      customers,
      phones: new Map(),
      routePoints: ['5'],
      journal,
    });
    await telephony.start(onEvent);
    return telephony;
  };
  /** A network whose process ends after so long, and the one of the next process. */
  const next = async (does: Behaviour, ms: number): Promise<TelephonyPort> => {
    const first = await network(does, callJournal(path));
    void first.createCall(request());
    await clock.advance(ms);
    return network({ kind: 'human' }, callJournal(path));
  };

  it('says of a request that has not come that it is unknown, and it may be dialled', async () => {
    const telephony = await network({ kind: 'human' }, callJournal(path));
    expect(await telephony.status('s/1/0')).to.deep.equal({ state: 'unknown' });
    expect(await after(clock, 10_000, telephony.createCall(request()))).to.include({ connected: true });
  });

  it('says of a call of its own that it is live, and joins whoever asks for it again', async () => {
    const telephony = await network({ kind: 'human' }, callJournal(path));
    const first = telephony.createCall(request());
    expect(await telephony.status('s/1/0')).to.deep.equal({ state: 'live' });
    const second = telephony.createCall(request());
    await clock.advance(10_000);
    expect(await telephony.status('s/1/0')).to.deep.equal({ state: 'live' });
    expect(await second).to.equal(await first);
  });

  const cases: [title: string, does: Behaviour, ms: number, result: CreateCallResult][] = [
    ['of a phone that cannot have rung: lost while dialling', { kind: 'busy' }, 0, { ...lost, lost: 'dialling' }],
    ['of a phone that rings: lost while ringing', { kind: 'human' }, 1_000, { ...lost, lost: 'ringing' }],
    ['of a call that was connected: lost', { kind: 'human' }, 10_000, { ...lost, lost: 'ringing' }],
    [
      'of a call that failed: how it failed',
      { kind: 'busy' },
      1_000,
      { connected: false, state: 6, cause: { text: 'the number is busy' } },
    ],
  ];
  for (const [title, does, ms, result] of cases)
    it(`tells the next process ${title}; it is not dialled again`, async () => {
      const telephony = await next(does, ms);
      expect(await telephony.status('s/1/0')).to.deep.equal({ state: 'over', result });
      expect(await telephony.createCall(request())).to.deep.equal(result);
    });

  it('is written before it is told that the phone rings', async () => {
    const seen: string[] = [];
    const telephony = await network({ kind: 'human' }, callJournal(path), ({ type }) => {
      const status = callJournal(path).entries().get('s/1/0')?.is;
      seen.push(`${type} ${status ?? 'nothing'}`);
    });
    void telephony.createCall(request());
    expect(seen).to.deep.equal(['dialing dialling', 'ringing ringing']);
  });

  it('has no number, and calls that end with a network that stops are lost', async () => {
    const telephony = await network({ kind: 'human' }, callJournal(path));
    void telephony.createCall(request({ to: { kind: 'number', value: '5551000' } }));
    await clock.advance(1_000);
    await telephony.stop();
    await clock.settle();
    const text = await readFile(path, 'utf8');
    expect(text).not.to.include('5551000');
    const second = await network({ kind: 'human' }, callJournal(path));
    expect(await second.status('s/1/0')).to.deep.equal({ state: 'over', result: { ...lost, lost: 'ringing' } });
  });

  it('that ends in half a line loses that line alone, and none that comes after', async () => {
    const journal = callJournal(path);
    journal.note({ requestId: 'a', at: 0, is: 'dialling' });
    await appendFile(path, '{"requestId":"b","at');
    const second = callJournal(path);
    second.note({ requestId: 'c', at: 1, is: 'dialling' });
    expect([...callJournal(path).entries().keys()]).to.deep.equal(['a', 'c']);
  });

  it('says who has a call: us, another, nobody', async () => {
    const telephony = await network({ kind: 'human' }, callJournal(path));
    const result = await after(clock, 10_000, telephony.createCall(request()));
    if (result === 'pending' || !result.connected) throw new Error('the call is not up');
    const { ixn } = result;
    expect(await telephony.holder(ixn)).to.equal('us');
    const to = { kind: 'routePoint', value: '5' } as const;
    await telephony.route({ requestId: 'r', ixn, to, ringTimeoutMs: 1_000, confirm: true });
    expect(await telephony.holder(ixn)).to.equal('other');
    await telephony.release(ixn);
    expect(await telephony.holder(ixn)).to.equal(undefined);
  });
});
