import { expect } from 'chai';
import type { Centre } from '../../support/centre.js';
import { asking, openDesks, TOKENS } from './desk.js';

type Ask = ReturnType<typeof asking>;

describe('an agent who brings somebody else into a call', () => {
  let centre: Centre;
  let alice: Ask;
  let boris: Ask;
  let call = '';
  afterEach(() => centre.close());

  const callsOf = async (ask: Ask, who: string): Promise<unknown[]> => {
    const { data } = await ask('GET', `/agents/${who}`);
    return (data['calls'] as Record<string, unknown>[]).map(({ id, state, type }) => [id, state, type]);
  };
  /** alice talks to a customer; boris is not ready, and can be called. */
  const talking = async (): Promise<void> => {
    centre = await openDesks();
    [alice, boris] = [asking(centre, TOKENS.alice), asking(centre, TOKENS.boris)];
    await alice('POST', '/agents/alice/login', {});
    await alice('POST', '/agents/alice/state', { state: 'Ready' });
    await boris('POST', '/agents/boris/login', {});
    await centre.start();
    await centre.run(10);
    const { data } = await alice('GET', '/agents/alice');
    call = (data['calls'] as { id: string }[])[0]?.id ?? 'none';
  };
  const answered = async (): Promise<void> => {
    await talking();
    await alice('POST', `/agents/alice/calls/${call}/answer`);
    await centre.run(1);
  };
  const bring = (as: string, to: unknown) => alice('POST', `/agents/alice/calls/${call}/${as}`, { to });

  for (const [as, stays] of [
    ['transfer', false],
    ['conference', true],
  ] as const)
    it(`holds the call until somebody answers, and ${stays ? 'stays in' : 'leaves'} it then: ${as}`, async () => {
      await answered();
      expect((await bring(as, '7002')).status).to.equal(200);
      await centre.run(1);
      expect(await callsOf(alice, 'alice')).to.deep.equal([[call, 'held', 'outbound']]);
      const [[consult, state, type] = []] = (await callsOf(boris, 'boris')) as unknown[][];
      expect([state, type]).to.deep.equal(['ringing', 'consult']);
      await boris('POST', `/agents/boris/calls/${String(consult)}/answer`);
      await centre.run(1);
      const inCall = [[call, 'established', 'outbound']];
      expect(await callsOf(boris, 'boris')).to.deep.equal(inCall);
      expect(await callsOf(alice, 'alice')).to.deep.equal(stays ? inCall : []);
      expect((await boris('POST', `/agents/boris/calls/${call}/release`)).status).to.equal(200);
    });

  it('has the call back when the other one does not want it', async () => {
    await answered();
    await bring('transfer', '7002');
    await centre.run(1);
    const [[consult] = []] = (await callsOf(boris, 'boris')) as unknown[][];
    await boris('POST', `/agents/boris/calls/${String(consult)}/reject`);
    await centre.run(1);
    expect(await callsOf(alice, 'alice')).to.deep.equal([[call, 'established', 'outbound']]);
    expect(await callsOf(boris, 'boris')).to.deep.equal([]);
  });

  it('ends it all by hanging up meanwhile', async () => {
    await answered();
    await bring('transfer', '7002');
    await centre.run(1);
    expect((await alice('POST', `/agents/alice/calls/${call}/release`)).status).to.equal(200);
    await centre.run(1);
    expect([await callsOf(alice, 'alice'), await callsOf(boris, 'boris')]).to.deep.equal([[], []]);
  });

  it('has answered it, and says who is to come', async () => {
    await talking();
    expect((await bring('transfer', '7002')).data).to.deep.include({ code: 'AGENT_CALL_REFUSED' });
    await alice('POST', `/agents/alice/calls/${call}/answer`);
    for (const to of [undefined, 'a b', '7002\r\nX: y'])
      expect((await bring('conference', to)).data).to.deep.include({ code: 'PARAMETER_INVALID' });
    await alice('POST', `/agents/alice/calls/${call}/hold`);
    expect((await bring('transfer', '7002')).data).to.deep.include({ code: 'AGENT_CALL_REFUSED' });
  });
});
