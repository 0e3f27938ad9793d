/** Targets of all kinds, and lists of them. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { RoutingEvent, SubmitRequest } from '../../../server/routing/port.js';
import { routing } from '../../../server/routing/routing.js';
import { BadTarget } from '../../../server/routing/target.js';
import { targetList } from '../../../server/routing/target-list.js';
import { agent, world } from './world.js';

const list = (...steps: object[]) => ({ targets: targetList(JSON.stringify(steps)) ?? [] });
const available = (target: string, more: object = {}) => ({
  target,
  timeout: '15',
  stat_to_check: 'StatAgentsAvailable',
  stat_operator: '<',
  stat_value: '1',
  ...more,
});

describe('a list of targets', () => {
  const agents = [agent('A', 'G'), agent('B', 'H'), agent('C', 'I')];

  it('goes on to the next when its time is over, and keeps the first unless it is cleared', async () => {
    for (const clear of [false, true]) {
      const { clock, router, told, submit } = world(agents);
      for (const id of ['A', 'B']) router.report(id, 'NotReady');
      submit('1', list({ target: 'G@S.GA', timeout: 10, clear }, { target: 'H@S.GA' }));
      await clock.advance(5_000);
      router.report('B', 'Ready');
      expect(told).to.deep.equal([]);
      await clock.advance(5_000);
      expect(told).to.deep.equal(['10000 1 -> B']);
      router.report('B', 'NotReady');
      submit('2', list({ target: 'G@S.GA', timeout: 10, clear }, { target: 'H@S.GA' }));
      await clock.advance(10_000);
      router.report('A', 'Ready');
      expect(told.slice(1)).to.deep.equal(clear ? [] : ['20000 2 -> A']);
    }
  });

  it('passes over targets nobody of whom is logged in, when it says nothing else', () => {
    const { router, told, submit } = world(agents);
    router.report('B', 'NotReady');
    submit('1', list({ target: 'G@S.GA', timeout: 10 }, { target: 'H@S.GA', timeout: 10 }, { target: 'I@S.GA' }));
    router.report('A', 'Ready');
    expect(told).to.deep.equal([]);
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 1 -> B']);
  });

  it('passes over targets while their condition holds, and never the last', async () => {
    const { clock, router, told, submit } = world(agents);
    for (const id of ['A', 'B', 'C']) router.report(id, 'NotReady');
    submit('1', list(available('G@S.GA'), available('H@S.GA'), available('I@S.GA')));
    await clock.advance(60_000);
    router.report('A', 'Ready');
    router.report('C', 'Ready');
    expect(told).to.deep.equal(['60000 1 -> C']);
  });

  it('looks at the condition of the next target when that is its turn', async () => {
    const { clock, router, told, submit } = world(agents);
    router.report('A', 'Ready');
    submit('0');
    submit('1', list({ target: 'G@S.GA', timeout: 5 }, available('H@S.GA'), { target: 'I@S.GA' }));
    router.report('B', 'Ready');
    await clock.advance(5_000);
    expect(told).to.deep.equal(['0 0 -> A', '5000 1 -> B']);
  });

  const wrong: readonly (readonly [text: string, says: string])[] = [
    ['[{]', 'no JSON'],
    ['[1]', 'Element 1 of the list of targets is no object'],
    ['[{"timeout":1}]', 'Element 1 of the list of targets has no "target"'],
    ['[{"target":"G@S.GA","timout":1}]', 'has "timout", which nobody knows'],
    ['[{"target":"G@S.GA","timeout":"soon"}]', '"timeout" is no number'],
    ['[{"target":"G@S.GA","timeout":-1}]', '0 or more'],
    ['[{"target":"G@S.GA","clear":"yes"}]', '"clear" is true or false'],
    ['[{"target":"G@S.GA","stat_to_check":"RStatAgentsReady","stat_operator":"=","stat_value":1}]', '"<" or ">"'],
    ['[{"target":"G@S.GA","stat_operator":"<","stat_value":1}]', 'without "stat_to_check"'],
  ];
  for (const [text, says] of wrong)
    it(`is refused: ${says}`, () => {
      expect(() => targetList(text)).to.throw(BadTarget, says);
    });

  for (const text of ['G@S.GA', '[25]8001.Q, [75]8002.Q', '{StatCallsInQueue<10}[25]8001.Q', '?:(English>2)@S.GA'])
    it(`is not what ${text} is`, () => {
      expect(targetList(text)).to.equal(undefined);
    });

  it('is taken as data, too, and one alone as well', () => {
    for (const given of [{ target: 'G@S.GA', timeout: 5 }, [{ target: 'G@S.GA', timeout: '5' }]])
      expect(targetList(given)).to.deep.equal([{ target: 'G@S.GA', timeoutMs: 5_000 }]);
  });

  const bad: readonly (readonly [targets: SubmitRequest['targets'], says: string])[] = [
    [Array.from({ length: 16 }, () => ({ target: 'G@S.GA' })), 'A list of 16 targets; at most 15'],
    [
      [{ target: 'G@S.GA', unless: { stat: 'Mood', operator: '<', value: 1 } }, { target: 'H@S.GA' }],
      '"Mood" is no statistic',
    ],
    [['G@S.GA', 'Nobody@S.GA'], 'names the agent group "Nobody", which does not exist'],
    [['Nowhere@S.AP'], 'names the place "Nowhere"'],
    [['?:English=@S.GA'], 'not understood at character'],
    [['?:English=1@S.A'], 'can only be GA'],
    [['G@S.XX'], 'has the type XX'],
    [['G'], 'is not understood'],
    [[], 'No target given'],
  ];
  for (const [targets, says] of bad)
    it(`ends a request as a bad target: ${says}`, () => {
      const events: RoutingEvent[] = [];
      const router = routing({ clock: virtualClock(), agents });
      router.start((event) => events.push(event));
      router.submit({ id: '1', vq: 'VQ', targets });
      expect(events).to.have.length(1);
      expect(events[0]).to.include({ why: 'bad-target' });
      expect(events[0]).to.have.property('text').that.includes(says);
    });
});

describe('targets', () => {
  const agents = [
    agent('A', 'G', { skills: { English: 20, Loans: 2 }, placeGroups: ['Floor 1'] }),
    agent('B', 'H', { skills: { English: 5 }, campaigns: ['Spring'] }),
  ];
  for (const [target, chosen] of [
    ['A@S.A', 'A'],
    ['PB@S.AP', 'B'],
    ['H@S.GA', 'B'],
    ['Floor 1@S.GP', 'A'],
    ['Spring@S.GC', 'B'],
    ['?:English=20&Loans=2@S.GA', 'A'],
    ['?speakers:English>4 & English<10@Stat_Server.GA', 'B'],
    ['8001@SIP.Q', '8001'],
    ['9000@SIP.RP', '9000'],
    ['5001@SIP.DN', '5001'],
  ] as const)
    it(`${target} is ${chosen}`, () => {
      const { router, told, submit } = world(agents);
      router.report('A', 'Ready');
      router.report('B', 'Ready');
      submit('1', { targets: [target] });
      expect(told).to.deep.equal([`0 1 -> ${chosen}`]);
    });

  it('that are places are taken by any number of calls, and again after a while when one did not get through', async () => {
    const { clock, router, told, submit } = world(agents, { options: { reofferMs: 2_000, reserveMs: 60_000 } });
    for (const id of ['1', '2']) submit(id, { targets: ['8001@SIP.Q'] });
    router.confirm('1#1', 'no-answer');
    router.confirm('2#1', 'accepted');
    await clock.advance(2_000);
    expect(told).to.deep.equal(['0 1 -> 8001', '0 2 -> 8001', '0 2 accepted', '2000 1 -> 8001']);
    await clock.advance(60_000);
    expect(told.at(-1)).to.equal('62000 1 expired');
  });
});
