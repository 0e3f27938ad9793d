import { expect } from 'chai';
import { agent, NUMBER, scenario, type Agent, type Centre, type Given } from '../support/centre.js';

/** Whoever is waiting hears the music from second 7.54 on; the test is about what follows. */
const HUMAN_WAITS = '7.54 music next_customer_rep.wav';

const scenarios = (table: Readonly<Record<string, readonly [given: Given, lines: readonly string[]]>>): void => {
  for (const [title, [given, lines]] of Object.entries(table))
    scenario(title, given, async (centre) => {
      await centre.start();
      await centre.toTheEnd();
      expect(sinceWaiting(centre)).to.deep.equal(lines);
    });
};

const sinceWaiting = ({ timeline }: Centre): string[] => timeline.slice(timeline.indexOf(HUMAN_WAITS) + 1);

const rejects = (times: number): Partial<Agent> => ({
  rings: [...Array.from({ length: times }, () => ({ kind: 'reject', afterMs: 1_000 }) as const), { kind: 'answer' }],
});
const ignores: Partial<Agent> = { rings: [{ kind: 'ignore' }] };
const longCustomer = { kind: 'human', talkMs: 100_000 } as const;

describe('finding an agent', () => {
  scenarios({
    'plays music until an agent is free when all of them are busy': [
      { agents: [agent('alice', '7001', { readyAfterMs: 60_000 })] },
      [
        '60 ring 7001',
        '62 agent 7001 answers',
        '62 PROCESSING',
        '62 COMPLETED / AGENT_CONNECTED',
        '122 customer hangs up',
        '122 call ends',
      ],
    ],
    'offers the call to the next agent when one rejects it': [
      { agents: [agent('alice', '7001', rejects(1)), agent('boris', '7002')] },
      [
        '7.54 ring 7001',
        '8.54 agent 7001 declines',
        '8.54 music next_customer_rep.wav',
        '8.54 ring 7002',
        '10.54 agent 7002 answers',
        '10.54 PROCESSING',
        '10.54 COMPLETED / AGENT_CONNECTED',
        '70.54 customer hangs up',
        '70.54 call ends',
      ],
    ],
    'offers it to the next agent when one does not answer, though _agent_reserve_timeout is over by then': [
      { agents: [agent('alice', '7001', ignores), agent('boris', '7002')] },
      [
        '7.54 ring 7001',
        '39.54 agent 7001 does not answer',
        '39.54 music next_customer_rep.wav',
        '39.54 ring 7002',
        '41.54 agent 7002 answers',
        '41.54 PROCESSING',
        '41.54 COMPLETED / AGENT_CONNECTED',
        '101.54 customer hangs up',
        '101.54 call ends',
      ],
    ],
    'gives up with FAIL_AGENT_CONNECT after _max_transfer_to_agent_attempts, even if another agent is free': [
      {
        agents: [agent('alice', '7001', rejects(9)), agent('boris', '7002', rejects(9)), agent('chloe', '7003')],
        options: { _max_transfer_to_agent_attempts: 2 },
      },
      [
        '7.54 ring 7001',
        '8.54 agent 7001 declines',
        '8.54 music next_customer_rep.wav',
        '8.54 ring 7002',
        '9.54 agent 7002 declines',
        '9.54 play all_agents_busy.wav',
        '14.54 COMPLETED / FAIL_AGENT_CONNECT',
        '14.54 call ends',
      ],
    ],
    'counts agents who ignore the call likewise': [
      { agents: [agent('alice', '7001', ignores)], options: { _max_transfer_to_agent_attempts: 2 } },
      [
        '7.54 ring 7001',
        '39.54 agent 7001 does not answer',
        '39.54 music next_customer_rep.wav',
        '49.54 ring 7001',
        '81.54 agent 7001 does not answer',
        '81.54 play all_agents_busy.wav',
        '86.54 COMPLETED / FAIL_AGENT_CONNECT',
        '86.54 call ends',
      ],
    ],
    'fails with FAIL_QUEUEING for a target that does not exist': [
      { options: { _target: 'Nobody@StatServer.GA' } },
      ['7.54 play all_agents_busy.wav', '12.54 COMPLETED / FAIL_QUEUEING', '12.54 call ends'],
    ],
    'fails with FAIL_TARGET_NOT_FOUND when nobody is free within _urs_queued_ttl': [
      { agents: [agent('alice', '7001', { readyAfterMs: 1e9 })], options: { _urs_queued_ttl: 100 } },
      ['107.54 play all_agents_busy.wav', '112.54 COMPLETED / FAIL_TARGET_NOT_FOUND', '112.54 call ends'],
    ],
    'plays _treatment_find_agent_fail after _max_time_to_wait_for_agent_on_the_call, then FAIL_AGENT_CONNECT': [
      {
        agents: [agent('alice', '7001', { readyAfterMs: 1e9 })],
        options: { _max_time_to_wait_for_agent_on_the_call: 100, _treatment_find_agent_fail: '{"file": "sorry.wav"}' },
      },
      ['107.54 play sorry.wav', '112.54 COMPLETED / FAIL_AGENT_CONNECT', '112.54 call ends'],
    ],
    'lets the phone that rings at that moment ring on: the agent still answers': [
      {
        agents: [agent('alice', '7001', { rings: [{ kind: 'answer', afterMs: 20_000 }] })],
        options: { _max_time_to_wait_for_agent_on_the_call: 10 },
      },
      [
        '7.54 ring 7001',
        '27.54 agent 7001 answers',
        '27.54 PROCESSING',
        '27.54 COMPLETED / AGENT_CONNECTED',
        '87.54 customer hangs up',
        '87.54 call ends',
      ],
    ],
    'or rejects, and no other agent is tried': [
      {
        agents: [agent('alice', '7001', { rings: [{ kind: 'reject', afterMs: 20_000 }] }), agent('boris', '7002')],
        options: { _max_time_to_wait_for_agent_on_the_call: 10 },
      },
      [
        '7.54 ring 7001',
        '27.54 agent 7001 declines',
        '27.54 play all_agents_busy.wav',
        '32.54 COMPLETED / FAIL_AGENT_CONNECT',
        '32.54 call ends',
      ],
    ],
    'hangs up early when the customer does while hearing that all agents are busy': [
      { customer: { kind: 'human', patienceMs: 5_000 }, options: { _target: 'Nobody@StatServer.GA' } },
      ['7.54 play all_agents_busy.wav', '11 customer hangs up', '11 call ends', '11 COMPLETED / FAIL_QUEUEING'],
    ],
    'is ABANDONED_IN_QUEUE when the customer hangs up there': [
      { customer: { kind: 'human', patienceMs: 30_000 }, agents: [agent('alice', '7001', { readyAfterMs: 60_000 })] },
      ['36 customer hangs up', '36 call ends', '36 COMPLETED / ABANDONED_IN_QUEUE'],
    ],
    'is ABANDONED_IN_QUEUE, too, when an agent is being rung': [
      { customer: { kind: 'human', patienceMs: 2_000 } },
      ['7.54 ring 7001', '8 customer hangs up', '8 call ends', '8 COMPLETED / ABANDONED_IN_QUEUE'],
    ],
  });

  scenario(
    'serves two callbacks first come, first served, and the second hears music meanwhile',
    { customer: { kind: 'human', talkMs: 40_000 }, agents: [agent('alice', '7001', { wrapUpMs: 10_000 })] },
    async (centre) => {
      const first = await centre.start({ _customer_number: '5550001' });
      await centre.run(3);
      const second = await centre.start({ _customer_number: '5550002' });
      await centre.run(20);
      expect(await centre.state(second)).to.equal('ROUTING');
      expect(centre.centre.router.waiting('VQ_Billing')).to.equal(1);
      await centre.toTheEnd();
      expect(await centre.history(first)).to.deep.equal([
        '0 QUEUED',
        '7.54 ROUTING',
        '9.54 PROCESSING',
        '9.54 COMPLETED / AGENT_CONNECTED',
      ]);
      expect(await centre.history(second)).to.deep.equal([
        '3 QUEUED',
        '10.54 ROUTING',
        '61.54 PROCESSING',
        '61.54 COMPLETED / AGENT_CONNECTED',
      ]);
      expect(centre.timeline).to.include('59.54 ring 7001');
    },
  );

  scenario(
    'serves the one with the higher _urs_vq_priority first',
    { agents: [agent('alice', '7001', { readyAfterMs: 60_000 })] },
    async (centre) => {
      const low = await centre.start({ _customer_number: '5550001' });
      const high = await centre.start({ _customer_number: '5550002', _urs_vq_priority: 10 });
      await centre.run(63);
      expect([await centre.state(low), await centre.state(high)]).to.deep.equal([
        'ROUTING',
        'COMPLETED / AGENT_CONNECTED',
      ]);
    },
  );

  scenario(
    'frees the agent at once when the customer hangs up',
    { customer: { kind: 'human', patienceMs: 2_000 } },
    async (centre) => {
      await centre.start();
      await centre.run(7.9);
      expect(centre.centre.router.agentState('alice')).to.equal('Ringing');
      await centre.run(0.1);
      expect(centre.centre.router.agentState('alice')).to.equal('Ready');
      expect(centre.centre.router.waiting('VQ_Billing')).to.equal(0);
    },
  );
});

describe('handing the call over', () => {
  scenarios({
    'keeps PROCESSING until the call ends with _retain_session_until_ixn_deleted': [
      { options: { _retain_session_until_ixn_deleted: true } },
      [
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '69.54 customer hangs up',
        '69.54 call ends',
        '69.54 COMPLETED / AGENT_CONNECTED',
      ],
    ],
    'lets them talk beyond _ttl': [
      { customer: longCustomer, options: { _retain_session_until_ixn_deleted: true, _ttl: 60 } },
      [
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '109.54 customer hangs up',
        '109.54 call ends',
        '109.54 COMPLETED / AGENT_CONNECTED',
      ],
    ],
    'takes the transfer as successful after _agent_transfer_confirm_timeout': [
      {
        agents: [agent('alice', '7001', { rings: [{ kind: 'answer', afterMs: 20_000 }] })],
        options: { _agent_transfer_confirm_timeout: 5 },
      },
      [
        '7.54 ring 7001',
        '12.54 PROCESSING',
        '12.54 COMPLETED / AGENT_CONNECTED',
        '27.54 agent 7001 answers',
        '87.54 customer hangs up',
        '87.54 call ends',
      ],
    ],
    'and ends the call if no agent takes it after all': [
      { agents: [agent('alice', '7001', ignores)], options: { _agent_transfer_confirm_timeout: 5 } },
      [
        '7.54 ring 7001',
        '12.54 PROCESSING',
        '12.54 COMPLETED / AGENT_CONNECTED',
        '39.54 agent 7001 does not answer',
        '39.54 call ends',
      ],
    ],
    'with FAIL_AGENT_CONNECT, where the session was retained': [
      {
        agents: [agent('alice', '7001', ignores)],
        options: { _agent_transfer_confirm_timeout: 5, _retain_session_until_ixn_deleted: true },
      },
      [
        '7.54 ring 7001',
        '12.54 PROCESSING',
        '39.54 agent 7001 does not answer',
        '39.54 COMPLETED / FAIL_AGENT_CONNECT',
        '39.54 call ends',
      ],
    ],
    'does not wait for the answer with _ixn_redirect_confirm=false': [
      { options: { _ixn_redirect_confirm: false } },
      [
        '7.54 ring 7001',
        '7.54 PROCESSING',
        '7.54 COMPLETED / AGENT_CONNECTED',
        '9.54 agent 7001 answers',
        '69.54 customer hangs up',
        '69.54 call ends',
      ],
    ],
    'and leaves it to the other switch when nobody answers there': [
      { agents: [agent('alice', '7001', ignores)], options: { _ixn_redirect_confirm: false } },
      [
        '7.54 ring 7001',
        '7.54 PROCESSING',
        '7.54 COMPLETED / AGENT_CONNECTED',
        '39.54 agent 7001 does not answer',
        '39.54 call ends',
      ],
    ],
  });

  scenario('says in the record which agent has the call', {}, async (centre) => {
    const id = await centre.start({ _customer_number: NUMBER });
    await centre.run(10);
    expect((await centre.recordOf(id)).properties).to.include({ _agent: 'alice', _dial_attempt: 1 });
  });
});
