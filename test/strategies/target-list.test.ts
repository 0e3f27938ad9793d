/** `_target` of a callback as a list: one target after the other, as the guide has it in "Configure Multiple Targets". */
import { expect } from 'chai';
import { agent, scenario, type Agent } from '../support/centre.js';

const agents = (readyAfterMs: number): Agent[] => [
  agent('alice', '7001', { groups: ['Billing'], readyAfterMs: 3_600_000 }),
  agent('bob', '7002', { groups: ['Service'], readyAfterMs }),
];
const list = (...steps: object[]) => ({ _target: JSON.stringify(steps) });

describe('a callback with a list of targets', () => {
  scenario(
    'waits for the first target in its time, then for the next one as well',
    { agents: agents(0), options: list({ target: 'Billing@S.GA', timeout: '60' }, { target: 'Service@S.GA' }) },
    async (centre) => {
      const id = await centre.start();
      await centre.run(50);
      expect(await centre.state(id)).not.to.include('COMPLETED');
      expect(centre.timeline.filter((line) => line.includes('ring 7002'))).to.deep.equal([]);
      await centre.run(60);
      expect(centre.timeline.some((line) => line.includes('agent 7002 answers'))).to.equal(true);
      await centre.toTheEnd();
      expect(await centre.state(id)).to.equal('COMPLETED / AGENT_CONNECTED');
    },
  );

  scenario(
    'passes over a target while its condition holds',
    {
      agents: agents(0),
      options: list(
        {
          target: 'Billing@S.GA',
          timeout: 600,
          stat_to_check: 'StatAgentsAvailable',
          stat_operator: '<',
          stat_value: '1',
        },
        { target: 'Service@S.GA' },
      ),
    },
    async (centre) => {
      const id = await centre.start();
      await centre.run(60);
      expect(centre.timeline.some((line) => line.includes('agent 7002 answers'))).to.equal(true);
      await centre.toTheEnd();
      expect(await centre.state(id)).to.equal('COMPLETED / AGENT_CONNECTED');
    },
  );

  scenario(
    'that is not understood is not queued',
    { options: list({ target: 'Billing@S.GA', timout: 60 }) },
    async (centre) => {
      const id = await centre.start();
      await centre.toTheEnd();
      expect(await centre.state(id)).to.equal('COMPLETED / FAIL_QUEUEING');
    },
  );
});
