import { expect } from 'chai';
import { join } from 'node:path';
import { resolve } from '../../../../server/gms/resolve.js';
import { servicesOf } from '../../../../server/gms/services.js';
import { openOf, readScenarios } from '../../../../server/gms/services/scenarios.js';
import { strategyOf } from '../../../../server/gms/strategies.js';
import { readTemplates } from '../../../../server/gms/templates.js';
import { packageRoot } from '../../../../server/root.js';

const folder = join(packageRoot, 'templates');
const templates = readTemplates(folder);
const scenarios = readScenarios(folder, templates);

/** What an operator says of a service of any scenario. */
const said: Readonly<Record<string, string>> = {
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _urs_virtual_queue: 'VQ',
  _target: 'Billing@StatServer.GA',
};

describe('the scenarios', () => {
  const strategies: Readonly<Record<string, string>> = {
    'user-terminated-immediate': 'callback',
    'user-terminated-delayed': 'callback',
    'user-terminated-scheduled': 'callback',
    'user-terminated-preview': 'callback',
    'user-terminated-agent-first': 'agent-first',
    'user-originated-immediate': 'user-originated',
    'user-originated-delayed': 'user-originated',
    'chat-immediate': 'chat',
    'chat-delayed': 'chat',
  };

  it('are those of the guide', () => {
    expect([...scenarios.keys()].sort()).to.deep.equal(Object.keys(strategies).sort());
  });

  for (const [name, strategy] of Object.entries(strategies))
    it(`${name} needs a queue, a target and places only, and then starts the strategy ${strategy}`, () => {
      const { template = '', options = {} } = scenarios.get(name) ?? {};
      const known = templates.get(template);
      if (!known) throw new Error(name);
      expect(openOf(known, options).filter((option) => !Object.hasOwn(said, option))).to.deep.equal([]);
      const [service] = servicesOf({ made: { template, options: { ...options, ...said } } }, templates, name).values();
      if (!service) throw new Error(name);
      const resolved = resolve(service, new Map());
      expect(strategyOf(known, Object.fromEntries(resolved))).to.equal(strategy);
      expect(Object.fromEntries(resolved)).to.deep.include(options);
    });
});
