import { expect } from 'chai';
import fc from 'fast-check';
import type { InteractionId } from '../../../server/voice/port.js';
import type { Behaviour, CustomerRule } from '../../../server/voice/simulated/behaviour.js';
import { chance } from '../../../server/voice/simulated/chance.js';
import { behaviourOf } from '../../../server/voice/simulated/customers.js';
import { once } from '../../../server/voice/simulated/once.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { request, scene } from './scene.js';

const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.record({
    kind: fc.constant('human' as const),
    answerMs: fc.nat(30),
    decideMs: fc.nat(20),
    patienceMs: fc.nat(80),
    talkMs: fc.nat(50),
  }),
  fc.record({
    kind: fc.constant('machine' as const),
    answerMs: fc.nat(30),
    decideMs: fc.nat(20),
    greetingMs: fc.nat(40),
  }),
  fc.record({ kind: fc.constantFrom('fax' as const, 'silence' as const), answerMs: fc.nat(30), decideMs: fc.nat(20) }),
  fc.constantFrom<Behaviour>({ kind: 'busy' }, { kind: 'noAnswer' }, { kind: 'unreachable' }),
);
const action = fc.tuple(
  fc.nat(40),
  fc.constantFrom('play', 'loop', 'stopPlay', 'route', 'blind', 'routePoint', 'data', 'release'),
);

describe('the simulated network: invariants', () => {
  it('answers everything, and tells every call to its end, whatever is done with it', async () => {
    await fc.assert(
      fc.asyncProperty(behaviour, fc.array(action, { maxLength: 8 }), fc.nat(3), async (party, actions, reaction) => {
        const rings = ([{ kind: 'answer', talkMs: 30 }, { kind: 'reject' }, { kind: 'ignore' }] as const).slice(
          reaction,
        );
        const made = await scene(party, { rings });
        const cpd = { timeGuardMs: 15, keepOnMachine: true };
        const answers: Promise<unknown>[] = [made.telephony.createCall(request({ ringTimeoutMs: 25, cpd }))];
        const ixn = made.events[0]?.ixn ?? ('none' as InteractionId);
        for (const [index, [pause, name]] of actions.entries()) {
          await made.clock.advance(pause);
          answers.push(act(made.telephony, ixn, name, `${index}`));
        }
        await made.clock.advance(3_000);
        await made.telephony.release(ixn);
        await made.clock.settle();
        const settled = await Promise.race([Promise.all(answers), new Promise(setImmediate).then(() => 'pending')]);
        expect(settled).to.be.an('array');
        expectWellFormed(made.events);
        expect(made.desktop.state).not.to.be.oneOf(['Ringing', 'Busy']);
      }),
      { numRuns: 150 },
    );
  });

  it('bears a listener that releases the call within any event', async () => {
    const parties: Behaviour[] = [{ kind: 'human' }, { kind: 'machine' }, { kind: 'busy' }];
    for (const party of parties) {
      for (let nth = 0; nth < 10; nth += 1) {
        const made = await scene(party);
        let seen = 0;
        made.onEvent = (event) => {
          seen += 1;
          if (seen - 1 === nth) void made.telephony.release(event.ixn);
        };
        const dialled = made.telephony.createCall(request({ cpd: { timeGuardMs: 15_000, keepOnMachine: true } }));
        // Just after the answer, before the beep, so that there is a timer to leave behind.
        await made.clock.advance(10_000);
        const result = await dialled;
        const ixn = result.connected ? result.ixn : ('none' as InteractionId);
        const routed = act(made.telephony, ixn, 'route', 'r');
        await made.clock.advance(2_500);
        await made.telephony.release(ixn);
        const wrappingUp = made.desktop.state === 'AfterCallWork' ? 1 : 0;
        expect(made.timers.size, 'timers left behind').to.equal(wrappingUp);
        await made.clock.advance(20_000);
        expect(await routed).to.have.property('ok');
        expectWellFormed(made.events);
        expect(made.desktop.state).to.equal('Ready');
      }
    }
  });
});

function act(
  telephony: Awaited<ReturnType<typeof scene>>['telephony'],
  ixn: InteractionId,
  name: string,
  requestId: string,
) {
  const ring = { requestId, ixn, to: { kind: 'dn', value: '7001' }, ringTimeoutMs: 2_500 } as const;
  const table: Record<string, () => Promise<unknown>> = {
    play: () => telephony.play({ requestId, ixn, prompt: { file: 'a.wav', startOnBeep: true } }),
    loop: () => telephony.play({ requestId, ixn, prompt: { file: 'a.wav', loop: true } }),
    stopPlay: () => telephony.stopPlay(ixn),
    route: () => telephony.route({ ...ring, confirm: true, userData: { routed: true } }),
    blind: () => telephony.route({ ...ring, confirm: false }),
    routePoint: () => telephony.route({ ...ring, to: { kind: 'routePoint', value: '8999' }, confirm: true }),
    data: () => telephony.updateUserData(ixn, { a: 1 }),
    release: () => telephony.release(ixn),
  };
  return table[name]?.() ?? Promise.reject(new Error(`No action ${name}`));
}

describe('customers', () => {
  const rules: CustomerRule[] = [
    { number: '5551', does: { kind: 'fax' } },
    { startsWith: '800', endsWith: '1', does: { kind: 'machine' } },
    { endsWith: '1', does: { kind: 'busy' } },
    { startsWith: '9', does: { kind: 'random', of: [3, 1].map((weight) => ({ weight, does: weighted(weight) })) } },
  ];
  function weighted(weight: number): Behaviour {
    return weight === 3 ? { kind: 'busy' } : { kind: 'random', of: [{ weight: 1, does: { kind: 'noAnswer' } }] };
  }

  for (const [number, kind] of Object.entries({
    5551: 'fax',
    8001: 'machine',
    80071: 'machine',
    8011: 'busy',
    71: 'busy',
    72: 'human',
  })) {
    it(`${number} is ${kind}: the first rule that fits decides`, () => {
      expect(behaviourOf(rules, number, 1, 'seed').kind).to.equal(kind);
    });
  }

  it('follow chance by weight, the same for the same seed, number and attempt', () => {
    const draws = (seed: string) => Array.from({ length: 400 }, (_, i) => behaviourOf(rules, `9${i}`, 1, seed).kind);
    const busy = draws('a').filter((kind) => kind === 'busy').length;
    expect(busy).to.be.within(260, 340);
    expect(draws('a')).to.deep.equal(draws('a'));
    expect(draws('a')).not.to.deep.equal(draws('b'));
    const attempts = Array.from({ length: 40 }, (_, i) => behaviourOf(rules, '90', i + 1, 'a').kind);
    expect(new Set(attempts)).to.deep.equal(new Set(['busy', 'noAnswer']));
  });

  it('refuse a random behaviour without weights', () => {
    const none: CustomerRule[] = [{ does: { kind: 'random', of: [] } }];
    expect(() => behaviourOf(none, '1', 1, '')).to.throw('at least one choice');
  });
});

describe('chance', () => {
  it('is spread evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 5_000; i += 1) {
      const at = Math.floor(chance('seed', i) * 10);
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
    for (const count of tenths) expect(count).to.be.within(400, 600);
  });
});

describe('once', () => {
  it('forgets the oldest key when it holds enough', async () => {
    const remember = once<number>(2);
    let runs = 0;
    const run = (key: string) => remember(key, async () => (runs += 1));
    for (const key of ['a', 'b', 'a', 'c', 'b', 'c']) await run(key);
    expect(runs).to.equal(3);
    expect(await run('a')).to.equal(4);
  });
});
