/** The router beside a naive one that looks at everybody after every command (`support/routing/naive.ts`): the same decisions. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Core } from '../../../server/routing/core.js';
import type { Agent, OfferOutcome, PhoneState, SubmitRequest } from '../../../server/routing/port.js';
import { decide, nextDue, routerOf, type Command } from '../../support/routing/naive.js';
import { waitingIn } from '../../support/routing/ticket.js';

const agents: Agent[] = ['A', 'B', 'C', 'D'].map((id) => ({
  id,
  dn: id,
  switch: 'S',
  place: id,
  groups: { A: ['G', 'H'], B: ['G', 'H'], C: ['G'], D: ['H'] }[id] ?? [],
}));
const ids = Array.from({ length: 9 }, (_, index) => String(index));
const phones: PhoneState[] = ['Ready', 'Ready', 'Ready', 'NotReady', 'Ringing', 'Busy', 'AfterCallWork', 'LoggedOut'];

const submit: fc.Arbitrary<SubmitRequest> = fc.record(
  {
    id: fc.constantFrom(...ids),
    vq: fc.constantFrom('V', 'W'),
    targets: fc.constantFrom(['G@S.GA'], ['H@S.GA'], ['C@S.A', 'H@S.GA'], ['D@S.A', 'A@S.A'], ['X@S.GA']),
    priority: fc.nat(2),
    ageStartMs: fc.integer({ min: -20, max: 40 }),
    timeoutMs: fc.integer({ min: 1, max: 60 }),
    reserveMs: fc.integer({ min: 1, max: 30 }),
  },
  { requiredKeys: ['id', 'vq', 'targets'] },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: submit.map((request): Command => ({ type: 'submit', request })) },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id): Command => ({ type: 'cancel', id })) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        reservation: fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 3 })).map(([id, n]) => `${id}#${n}`),
        outcome: fc.constantFrom<OfferOutcome>('accepted', 'rejected', 'timeout', 'no-answer'),
      })
      .map((confirm): Command => ({ type: 'confirm', ...confirm })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ agent: fc.constantFrom('A', 'B', 'C', 'D'), state: fc.constantFrom(...phones) })
      .map((report): Command => ({ type: 'report', ...report })),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ type: 'time' }) },
);

const obey = (core: Core, command: Command, now: number): boolean => {
  switch (command.type) {
    case 'submit':
      return core.submit(command.request, now);
    case 'cancel':
      return core.cancel(command.id, now);
    case 'confirm':
      return core.confirm(command.reservation, command.outcome, now);
    case 'report':
      return core.report(command.agent, command.state, now);
    case 'time':
      core.time(now);
      return true;
  }
};

const options = { reserveMs: 20, reofferMs: 5 };

describe('the router', () => {
  it('decides what a router decides that looks at everybody after every command', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), command), { minLength: 1, maxLength: 80 }), (steps) => {
        const core = new Core(agents, options);
        let naive = routerOf(agents, options);
        let now = 0;
        const both = (next: Command): void => {
          const expected = decide(naive, next, now);
          naive = expected.state;
          const done = obey(core, next, now);
          expect([done, core.decided()], JSON.stringify(next)).to.deep.equal([expected.done, expected.decisions]);
          expect(core.nextDue, `due after ${JSON.stringify(next)}`).to.be.at.most(nextDue(naive, now) ?? Infinity);
        };
        for (const [pause, next] of steps) {
          now += pause;
          both(next);
        }
        for (const { agent, phone } of naive.roster.values())
          if (phone === 'Ringing') both({ type: 'report', agent: agent.id, state: 'NotReady' });
        for (let due = nextDue(naive, now); due !== undefined; due = nextDue(naive, now)) {
          now = due;
          both({ type: 'time' });
        }
        const left = (vq: string): string[] =>
          [...(core.queues.known(vq)?.line ?? [])].map(({ request }) => request.id);
        for (const vq of ['V', 'W'])
          expect(left(vq)).to.deep.equal(waitingIn(naive.tickets, vq).map(({ request }) => request.id));
      }),
      { numRuns: 300 },
    );
  });
});
