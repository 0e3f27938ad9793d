import { expect } from 'chai';
import type { Centre } from '../../support/centre.js';
import { asking, bearer, listening, openDesks, TOKENS } from './desk.js';

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

  const consult = async (to = '7002'): Promise<string> => {
    expect((await alice('POST', `/agents/alice/calls/${call}/consult`, { to })).status).to.equal(200);
    await centre.run(1);
    const [[other] = []] = (await callsOf(boris, 'boris')) as unknown[][];
    return String(other);
  };
  const consulting = async (): Promise<string> => {
    await answered();
    const other = await consult();
    await boris('POST', `/agents/boris/calls/${other}/answer`);
    await centre.run(1);
    return other;
  };
  const doing = async (what: string, data?: object) => {
    const { status, data: said } = await alice('POST', `/agents/alice/calls/${call}/${what}`, data);
    await centre.run(1);
    return status === 200 ? 'done' : String(said['code']);
  };
  const consultation = async (): Promise<unknown> => {
    const { data } = await alice('GET', '/agents/alice');
    return (data['calls'] as Record<string, unknown>[])[0]?.['consultation'];
  };
  const back = [['established', 'outbound']];
  const alices = async (): Promise<unknown[]> => (await callsOf(alice, 'alice')).map((each) => (each as []).slice(1));

  it('asks first, and talks as long as it takes: the call is held meanwhile', async () => {
    await answered();
    await consult();
    expect(await consultation()).to.deep.equal({ to: '7002', state: 'calling' });
    const [[other] = []] = (await callsOf(boris, 'boris')) as unknown[][];
    await boris('POST', `/agents/boris/calls/${String(other)}/answer`);
    await centre.run(30);
    expect(await consultation()).to.deep.equal({ to: '7002', state: 'talking' });
    expect(await alices()).to.deep.equal([['held', 'outbound']]);
  });

  for (const [as, stays] of [
    ['transfer', false],
    ['conference', true],
  ] as const)
    it(`brings in who was asked, and ${stays ? 'stays' : 'leaves'}: ${as}`, async () => {
      await consulting();
      expect(await doing(as)).to.equal('done');
      expect(await callsOf(boris, 'boris')).to.deep.equal([[call, 'established', 'outbound']]);
      expect(await alices()).to.deep.equal(stays ? back : []);
      if (stays) expect(await consultation()).to.equal(undefined);
    });

  const endings: readonly [how: string, act: (other: string) => Promise<unknown>][] = [
    ['goes back to it', () => doing('retrieve')],
    ['is left by who was asked', (other) => boris('POST', `/agents/boris/calls/${other}/release`)],
  ];
  for (const [how, act] of endings)
    it(`has the call alone again when the agent ${how}`, async () => {
      await act(await consulting());
      await centre.run(1);
      expect([await alices(), await callsOf(boris, 'boris')]).to.deep.equal([back, []]);
      expect(await doing('transfer')).to.equal('AGENT_CALL_REFUSED');
      expect(await consult()).not.to.equal('undefined');
    });

  it('has the call back when nobody answers there, who is not ready then', async () => {
    await answered();
    await boris('POST', '/agents/boris/state', { state: 'Ready' });
    await consult();
    await centre.run(40);
    expect([await alices(), await callsOf(boris, 'boris')]).to.deep.equal([back, []]);
    expect((await boris('GET', '/agents/boris')).data).to.deep.include({ state: 'NotReady', reason: 'NoAnswer' });
  });

  it('goes back before anybody has answered, and nothing rings any more', async () => {
    await answered();
    await consult();
    expect(await doing('retrieve')).to.equal('done');
    await centre.run(40);
    expect([await alices(), await callsOf(boris, 'boris')]).to.deep.equal([back, []]);
  });

  it('asks a number outside, too', async () => {
    await answered();
    await consult('16504661290');
    await centre.run(20);
    expect(await consultation()).to.deep.equal({ to: '16504661290', state: 'talking' });
    expect(await doing('transfer')).to.equal('done');
    expect(await alices()).to.deep.equal([]);
  });

  it('asks nobody any more when the customer hangs up', async () => {
    await consulting();
    await centre.run(600);
    expect([await alices(), await callsOf(boris, 'boris')]).to.deep.equal([[], []]);
  });

  it('asks one at a time, and brings in who has answered', async () => {
    await answered();
    expect(await doing('transfer')).to.equal('AGENT_CALL_REFUSED');
    await consult();
    for (const what of ['transfer', 'conference']) expect(await doing(what)).to.equal('AGENT_CALL_REFUSED');
    for (const what of ['consult', 'transfer'])
      expect(await doing(what, { to: '7003' })).to.equal('AGENT_CALL_REFUSED');
    expect(await doing('retrieve')).to.equal('done');
    expect(await doing('consult', { to: '2' })).to.equal('done');
    expect(await doing('retrieve')).to.equal('done');
    expect(await doing('hold')).to.equal('done');
    expect(await doing('consult', { to: '7002' })).to.equal('AGENT_CALL_REFUSED');
  });

  it('tells the desktop each step', async () => {
    await answered();
    const desktop = listening(centre, '/agents/alice/events', bearer(TOKENS.alice));
    await desktop.until('agent.state');
    const other = await consult();
    await boris('POST', `/agents/boris/calls/${other}/answer`);
    await centre.run(1);
    await doing('retrieve');
    await desktop.until('call.retrieved');
    desktop.line.close();
    const told = desktop.told.flatMap((message) =>
      'call' in message ? [[message.type, message.call.consultation?.state]] : [],
    );
    expect(told).to.deep.equal([
      ['call.held', undefined],
      ['call.consulting', 'calling'],
      ['call.consulting', 'talking'],
      ['call.retrieved', undefined],
    ]);
  });

  it('has answered it, and says who is to come', async () => {
    await talking();
    expect((await bring('transfer', '7002')).data).to.deep.include({ code: 'AGENT_CALL_REFUSED' });
    await alice('POST', `/agents/alice/calls/${call}/answer`);
    for (const to of ['', 'a b', '7002\r\nX: y'])
      for (const what of ['consult', 'conference'])
        expect((await bring(what, to)).data).to.deep.include({ code: 'PARAMETER_INVALID' });
    expect((await bring('consult', undefined)).data).to.deep.include({ code: 'PARAMETER_INVALID' });
    await alice('POST', `/agents/alice/calls/${call}/hold`);
    expect((await bring('transfer', '7002')).data).to.deep.include({ code: 'AGENT_CALL_REFUSED' });
  });
});
