/** Statistics, of everything that has some, in one centre. */
import { expect } from 'chai';
import { statisticNames } from '../../../server/routing/statistic-names.js';
import { objectOf, statisticNamed } from '../../../server/routing/statistic-object.js';
import { agent, world } from './world.js';

/**
 * Ten minutes of a centre: a and b sell, c answers chats too, d is at home. a has had two calls of a minute, the second one with
 * half a minute of work after it, and is ready since 500 s; b has a call since 400 s; c came at 590 s.
 */
const centre = async () => {
  const { clock, router, submit } = world([
    agent('a', 'Sales', { skills: { English: 9, 'Big Loans': 2 }, placeGroups: ['Room'], campaigns: ['Spring'] }),
    agent('b', 'Sales', { skills: { English: 3 }, placeGroups: ['Room'] }),
    agent('c', 'Chat', { capacity: { chat: 2 } }),
    agent('d', 'Home'),
  ]);
  const until = (seconds: number): Promise<void> => clock.advance(seconds * 1000 - clock.now());
  const call = (id: string, to: string, vq: string): void => {
    submit(id, { vq, targets: [to], reserveMs: 1000 });
    router.confirm(`${id}#1`, 'accepted');
  };
  router.report('a', 'Ready');
  call('1', 'a@S.A', 'VQ');
  router.report('a', 'Busy');
  await until(60);
  router.report('a', 'Ready');
  call('2', 'a@S.A', 'VQ');
  router.report('a', 'Busy');
  await until(120);
  router.report('a', 'AfterCallWork');
  await until(150);
  router.report('a', 'NotReady');
  await until(400);
  router.report('b', 'Ready');
  call('3', 'b@S.A', 'VQ');
  router.report('b', 'Busy');
  await until(500);
  router.report('a', 'Ready');
  await until(590);
  router.report('c', 'Ready');
  router.occupy('c', 'chat', 1);
  submit('w1', { vq: 'VQ', targets: ['b@S.A'] });
  submit('w2', { vq: 'VQ', targets: ['?busy:English < 5 & English>0@S.GA'], timeoutMs: 60_000 });
  submit('w3', { vq: 'Late', targets: ['d@S.A'], timeoutMs: 1_000 });
  router.peg('Pegged', 5_000);
  await until(600);
  return router;
};

const values: readonly (readonly [object: string, statistic: string, value: number | undefined])[] = [
  ['Sales@S.GA', 'StatAgentsTotal', 2],
  ['Sales@S.GA', 'RStatAgentsTotal', 2],
  ['Sales@S.GA', 'StatAgentsInQueueLogin', 2],
  ['Sales@S.GA', 'StatAgentsAvailable', 1],
  ['Sales@Another.GA', 'StatAgentsInQueueReady', 1],
  ['Sales@S.GA', 'RStatAgentsReadyvoice', 1],
  ['Sales@S.GA', 'StatAgentsBusy', 1],
  ['Sales@S.GA', 'StatAgentLoading', 50],
  ['Sales@S.GA', 'StatTimeInReadyState', 100],
  ['Sales@S.GA', 'StatCallsAnswered', 3],
  ['Sales@S.GA', 'StatCallsCompleted', 2],
  ['Sales@S.GA', 'StatLoadBalance', -0.5],
  ['Sales@S.GA', 'StatCallsInQueue', 0],
  ['Sales@S.GA', 'CallsEntered', undefined],
  ['Sales@S.GA', 'ExpectedWaitTime', undefined],
  ['b@S.A', 'StatAgentsAvailable', 0],
  ['b@S.A', 'StatTimeInReadyState', 0],
  ['b@S.A', 'StatCallsInQueue', 1],
  ['b@S.A', 'StatLoadBalance', 1],
  ['Pa@S.AP', 'StatAgentsAvailable', 1],
  ['Room@S.GP', 'StatAgentsTotal', 2],
  ['Spring@S.GC', 'StatAgentsTotal', 1],
  ['Chat@S.GA', 'RStatAgentsReadyvoice', 0],
  ['Chat@S.GA', 'RStatAgentsReady', 1],
  ['Home@S.GA', 'StatAgentsTotal', 0],
  ['Home@S.GA', 'StatAgentLoading', 100],
  ['Home@S.GA', 'StatLoadBalance', undefined],
  ['?:English>5@S.GA', 'StatAgentsAvailable', 1],
  ['?:"Big Loans" > 1@S.GA', 'StatAgentsTotal', 1],
  ['?:English<5&English>0@S.GA', 'StatCallsInQueue', 1],
  ['VQ', 'StatCallsInQueue', 2],
  ['VQ', 'CurrNumberWaitingCalls', 2],
  ['VQ@SIP.Q', 'CallsEntered', 5],
  ['VQ', 'StatCallsAnswered', 3],
  ['VQ', 'StatCallsCompleted', 3],
  ['VQ', 'StatAgentsInQueueLogin', 1],
  // a is gone from it; of b nothing is known until the call is over
  ['VQ', 'ExpectedWaitTime', undefined],
  ['Late', 'CallsEntered', 1],
  ['Late', 'StatCallsAnswered', 0],
  ['Late', 'StatCallsCompleted', 1],
  ['Pegged', 'CallsEntered', 1],
  ['Pegged', 'StatAgentsTotal', undefined],
  ['Unused', 'StatCallsInQueue', 0],
  ['Unused', 'CallsEntered', 0],
  ['Unused', 'StatAgentsTotal', undefined],
  ['Unused', 'StatExpectedWaitingTime', undefined],
  ['Nobody@S.GA', 'StatAgentsTotal', undefined],
  ['8000@S.RP', 'StatCallsInQueue', undefined],
  ['Sales@S.GA', 'Moon', undefined],
];

const problems: readonly (readonly [object: string, statistic: string, problem: RegExp | undefined])[] = [
  ['Sales@S.GA', 'StatAgentsTotal', undefined],
  ['Unused', 'ExpectedWaitTime', undefined],
  ['?:Nothing>1@S.GA', 'StatAgentsTotal', undefined],
  ['Sales@S.GA', 'Moon', /"Moon" is no statistic; those are RStatAgentsReady/],
  ['Sales@S.GA', 'CallsEntered', /of virtual queues only/],
  ['Nobody@S.GA', 'StatAgentsTotal', /names the agent group "Nobody", which does not exist/],
  ['?:English>@S.GA', 'StatAgentsTotal', /English/],
  ['8000@S.RP', 'StatCallsInQueue', /statistics are of agents/],
  ['', 'StatCallsInQueue', /names nothing/],
];

describe('statistics', () => {
  for (const [object, statistic, value] of values)
    it(`${statistic} of ${object} is ${value ?? 'not known'}`, async () => {
      expect((await centre()).statistic(object, statistic)).to.equal(value);
    });

  for (const [object, statistic, problem] of problems)
    it(`${statistic} of "${object}" ${problem ? 'is refused' : 'may be asked for'}`, async () => {
      const said = (await centre()).statisticProblem(object, statistic);
      if (problem) expect(said).to.match(problem);
      else expect(said).to.equal(undefined);
    });

  it('know the wait in a queue whose agents have had calls', async () => {
    const router = await centre();
    router.submit({ id: 'x', vq: 'Fast', targets: ['a@S.A'], held: true });
    expect(router.statistic('Fast', 'ExpectedWaitTime')).to.equal(150);
    expect(router.statistic('Fast', 'StatExpectedWaitingTime')).to.equal(150);
  });

  it('are all there in rows, equal to those that are asked for one by one', async () => {
    const router = await centre();
    const rows = router.statisticRows(['?:English>5@S.GA', 'Unused', 'Sales@S.GA']);
    const keys = rows.map(({ key }) => key);
    expect(keys).to.include.members([
      'a.A',
      'Pa.AP',
      'Sales.GA',
      'Room.GP',
      'Spring.GC',
      'VQ.Q',
      'Pegged.Q',
      'Unused.Q',
    ]);
    expect(keys).to.include.members(['?English<5&English>0.GA', '?English>5.GA']);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const { key, values: row } of rows) {
      const text = key.replace(/^\?/, '?:');
      expect(row, key).to.deep.equal(statisticNames.map((name) => router.statistic(text, name)));
    }
    expect(rows.find(({ key }) => key === 'Sales.GA')?.restingSince).to.equal(500_000);
    expect(rows.find(({ key }) => key === 'b.A')?.restingSince).to.equal(undefined);
  });
});

describe('what statistics are of', () => {
  const objects: readonly (readonly [text: string, key: string])[] = [
    ['Sales@StatServer.GA', 'Sales.GA'],
    ['Sales.GA', 'Sales.GA'],
    ['VQ', 'VQ.Q'],
    ['8999@SIP_Server', '8999.Q'],
    ['8999@SIP_Server.Q', '8999.Q'],
    ['a.b@x.GX', 'a.b@x.GX.Q'],
    ['?:English > 5 & "Big  Loans"=2@S.GA', '?English>5&"Big Loans"=2.GA'],
    ['?loans:English>5@S', '?English>5.GA'],
    ['?English>5@S.GA', '?English>5.GA'],
  ];
  for (const [text, key] of objects)
    it(`"${text}" is ${key}`, () => {
      expect(objectOf(text).key).to.equal(key);
    });

  const named: readonly (readonly [text: string, object: string | undefined])[] = [
    ['ExpectedWaitTime;Queue;8999@SIP_Server;Environment', '8999@SIP_Server.Q'],
    ['StatAgentsTotal; GroupAgents; Sales', 'Sales.GA'],
    ['StatAgentsTotal;toString;Sales', undefined],
    ['StatAgentsTotal;Queue', undefined],
  ];
  for (const [text, object] of named)
    it(`"${text}" names ${object ?? 'nothing'}`, () => {
      expect(statisticNamed(text)?.object).to.equal(object);
    });
});
