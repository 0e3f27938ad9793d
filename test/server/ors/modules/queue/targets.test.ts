/** Targets in all the forms in which documents write them, and in what order they are waited for. */
import { expect } from 'chai';
import type { ModuleChild } from '../../../../../engine/effect.js';
import { targetsOf, type Order } from '../../../../../server/ors/modules/queue/targets.js';
import { BadTarget } from '../../../../../server/routing/target.js';
import type { Attributes } from '../bench.js';
import { child, targets } from './room.js';

const values: Readonly<Record<string, number>> = { 'A@S.GA': 3, 'B@S.GA': 1, 'C@S.GA': 2 };
const any: Order = { type: 'any', stat: undefined, seed: 'S/1/0', statistic: (target) => values[target] };
const group = (attributes: Attributes, ...children: ModuleChild[]): ModuleChild[] => [
  child('targets', attributes, ...children),
];
const element = (attributes: Attributes): ModuleChild => child('target', attributes);
const never = { stat: 'StatAgentsTotal', operator: '<', value: 0 };
const inTurn = (...names: string[]): object[] => names.map((target) => ({ target, timeoutMs: 0, unless: never }));

describe('<queue:targets>', () => {
  const forms: [what: string, children: ModuleChild[], wants: string[]][] = [
    [
      'a name with type and server',
      group({}, element({ name: 'Sales', type: 'agentgroup', statserver: 'S' })),
      ['Sales@S.GA'],
    ],
    ['what stands beside it', group({ type: 'agent', statserver: 'S' }, element({ name: 'alice' })), ['alice@S.A']],
    [
      'its own type and server first',
      group({ type: 'agent', statserver: 'S' }, element({ name: 'P1', type: 'place', statserver: 'T' })),
      ['P1@T.AP'],
    ],
    ['a place group', group({}, element({ name: 'Floor', type: 'placegroup', statserver: 'S' })), ['Floor@S.GP']],
    ['a campaign group', group({}, element({ name: 'Spring', type: 'campaigngroup' })), ['Spring@.GC']],
    [
      'a queue, a route point, a DN',
      group({}, ...['queue', 'routepoint', 'dn'].map((type) => element({ name: '8001', type }))),
      ['8001@.Q', '8001@.RP', '8001@.DN'],
    ],
    ['a name that has all itself', group({}, element({ name: 'Sales@S.GA' })), ['Sales@S.GA']],
    ['a skill expression', group({ statserver: 'S' }, element({ skill: 'English > 5' })), ['?:English > 5@S.GA']],
    [
      'a skill expression with a name',
      group({ statserver: 'S' }, element({ name: 'deep', skill: 'English > 5' })),
      ['?deep:English > 5@S.GA'],
    ],
    [
      'a skill expression as the name',
      group({ statserver: 'S' }, element({ name: 'English > 5', type: 'skill' })),
      ['?:English > 5@S.GA'],
    ],
    ['a threshold that holds', group({}, element({ name: 'A@S.GA', threshold: '{StatCallsInQueue<10}' })), ['A@S.GA']],
    [
      'a threshold of what is not known',
      group({}, element({ name: 'X@S.GA', threshold: 'StatCallsInQueue<1' })),
      ['X@S.GA'],
    ],
    [
      'both elements together',
      group({ type: 'agentgroup', statserver: 'S' }, element({ name: 'A' }), child('targetid', { expr: 'B,C@T.A' })),
      ['A@S.GA', 'B@S.GA', 'C@T.A'],
    ],
  ];
  for (const [what, children, wants] of forms)
    it(`has ${what}`, () => {
      expect(targetsOf(children, any)).to.deep.equal(wants);
    });

  for (const [operator, open] of [
    ['<', false],
    ['<=', true],
    ['>', false],
    ['>=', true],
  ] as const)
    it(`leaves out a target with a threshold ${operator}3 of 3: ${!open}`, () => {
      const wants = open ? ['A@S.GA', 'B@S.GA'] : ['B@S.GA'];
      expect(targetsOf([targets(`{RStatAgentsReady${operator}3}A@S.GA`, 'B@S.GA')], any)).to.deep.equal(wants);
    });

  const three = [targets('A@S.GA', 'B@S.GA', 'C@S.GA')];
  it('has the largest first with max, the smallest with min, and then waits for all', () => {
    const stat = 'StatAgentsAvailable';
    expect(targetsOf(three, { ...any, type: 'max', stat })).to.deep.equal(inTurn('A@S.GA', 'C@S.GA', 'B@S.GA'));
    expect(targetsOf(three, { ...any, type: 'min', stat })).to.deep.equal(inTurn('B@S.GA', 'C@S.GA', 'A@S.GA'));
    expect(targetsOf([targets('A@S.GA')], { ...any, type: 'max', stat })).to.deep.equal(['A@S.GA']);
  });

  it('draws one by weight with percentage, the same for the same request, and keeps the others for when nobody is there', () => {
    const weighted = [targets('[75]A@S.GA', '[25]B@S.GA', '[0]C@S.GA')];
    const first = (n: number): string => {
      const drawn = targetsOf(weighted, { ...any, type: 'percentage', seed: `S/${n}/0` });
      expect(drawn).to.have.length(3);
      expect(drawn).to.deep.equal(targetsOf(weighted, { ...any, type: 'percentage', seed: `S/${n}/0` }));
      return (drawn[0] as { readonly target: string }).target;
    };
    const all = Array.from({ length: 400 }, (_, n) => first(n));
    expect(all.filter((name) => name === 'A@S.GA').length).to.be.within(270, 330);
    expect(all).not.to.include('C@S.GA');
    expect(targetsOf([targets('[0]A@S.GA', '[0]B@S.GA')], { ...any, type: 'percentage' })).to.have.length(2);
  });

  const steps = [
    {
      target: 'A@S.GA',
      timeout: '15',
      clear: true,
      stat_to_check: 'RStatAgentsReady',
      stat_operator: '<',
      stat_value: 1,
    },
    { target: 'B' },
  ];
  const read = [
    { target: 'A@S.GA', timeoutMs: 15_000, clear: true, unless: { stat: 'RStatAgentsReady', operator: '<', value: 1 } },
    { target: 'B@S.GA' },
  ];
  it('has a list with timeouts, as text or as data, with what stands beside it', () => {
    const beside = { type: 'agentgroup', statserver: 'S' };
    for (const expr of [JSON.stringify(steps), steps])
      expect(targetsOf(group(beside, child('targetid', { expr })), any)).to.deep.equal(read);
  });

  const lone = [{ target: 'A@S.GA' }];
  const wrong: [what: string, children: ModuleChild[], order: Partial<Order>, says: string][] = [
    ['nothing', [], {}, 'No target given'],
    ['a target without a name', group({}, element({ type: 'agent' })), {}, 'no name'],
    ['a type that is none', group({}, element({ name: 'A', type: 'robot' })), {}, '"robot" is no type of targets'],
    ['no type', group({}, element({ name: 'A' })), {}, 'no type'],
    ['a weight below 0', group({}, element({ name: 'A@S.GA', weight: '-1' })), {}, 'weight'],
    ['a threshold that is none', group({}, element({ name: 'A@S.GA', threshold: 'x' })), {}, 'threshold "x"'],
    ['an expr that is no text', [targets(true)], {}, 'no text'],
    ['an empty list', [targets('[]')], {}, 'is empty'],
    ['two lists', [targets(lone, lone)], {}, 'no other target'],
    ['a list beside another', [targets(lone, 'A@S.GA')], {}, 'no other target'],
    ['a list with an ordertype', [targets(lone)], { type: 'max' }, 'no ordertype "max"'],
    ['an ordertype that is none', three, { type: 'best' }, '"best"'],
    ['min without a statistic', three, { type: 'min' }, 'needs an orderstat'],
    ['min of what is no statistic', three, { type: 'min', stat: 'Mood' }, 'needs an orderstat'],
  ];
  for (const [what, children, order, says] of wrong)
    it(`refuses ${what}`, () => {
      expect(() => targetsOf(children, { ...any, ...order })).to.throw(BadTarget, says);
    });
});
