import { expect } from 'chai';
import type { Agent } from '../../../server/routing/port.js';
import { resolveTargets } from '../../../server/routing/target.js';

const agent = (id: string, ...groups: string[]): Agent => ({
  id,
  dn: `7${id}`,
  switch: 'SIP',
  place: `P${id}`,
  groups,
});
const agents = [agent('kim', 'Billing', 'All staff'), agent('lee', 'All staff'), agent('ann.b', 'Billing')];

describe('resolveTargets', () => {
  const good: [string[], string[]][] = [
    [['Billing@StatServer.GA'], ['kim', 'ann.b']],
    [['All staff@Stat_Server.GA'], ['kim', 'lee']],
    [['lee@StatServer.A'], ['lee']],
    [['ann.b@StatServer.A'], ['ann.b']],
    [['ann.b@.A'], ['ann.b']],
    [
      ['lee@StatServer.A', 'Billing@StatServer.GA', 'All staff@StatServer.GA'],
      ['lee', 'kim', 'ann.b'],
    ],
  ];
  for (const [targets, expected] of good) {
    it(`${targets.join(' or ')} means ${expected.join(', ')}`, () => {
      const resolved = resolveTargets(targets, agents);
      expect('eligible' in resolved && resolved.eligible.map((one) => one.agent)).to.deep.equal(expected);
    });
  }

  const bad: [string[], string][] = [
    [[], 'No target given'],
    [['Sales@StatServer.GA'], 'names the agent group "Sales", which does not exist'],
    [['Billing@StatServer.A'], 'names the agent "Billing", which does not exist'],
    [['Billing@StatServer.GP'], 'has the type GP; supported are Name@StatServer.GA'],
    [['Billing'], 'is not understood'],
    [['?:English>2@StatServer.GA'], 'is not understood'],
    [['Billing@StatServer.toString'], 'has the type toString'],
    [['Billing@StatServer.GA', 'Sales@StatServer.GA'], '"Sales"'],
  ];
  for (const [targets, problem] of bad) {
    it(`refuses [${targets.join(', ')}] and says why`, () => {
      const resolved = resolveTargets(targets, agents);
      expect('problem' in resolved && resolved.problem).to.contain(problem);
    });
  }

  it('remembers the target that led to an agent', () => {
    const resolved = resolveTargets(['lee@StatServer.A', 'All staff@StatServer.GA'], agents);
    expect('eligible' in resolved && resolved.eligible).to.deep.equal([
      { agent: 'lee', target: 'lee@StatServer.A', type: 'A' },
      { agent: 'kim', target: 'All staff@StatServer.GA', type: 'GA' },
    ]);
  });
});
