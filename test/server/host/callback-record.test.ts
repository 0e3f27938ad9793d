import { expect } from 'chai';
import { callbackModule } from '../../../server/ors/modules/callback.js';
import { unreported } from '../../support/unreported.js';
import type { Task, Write } from '../../../server/store/port.js';
import { callbackRecord } from '../../contracts/store/records.js';
import { hosted, outcome, scxml, type Hosted } from './hosted.js';

const flow = `
  <state id="s">
    <onentry><cb:update state="'ROUTING'"/></onentry>
    <transition event="talk"><cb:update state="'PROCESSING'"><param name="note" expr="_event.data"/></cb:update></transition>
    <transition event="finish" target="end"><cb:update state="'COMPLETED'" reason="'AGENT_CONNECTED'"/></transition>
    <transition event="wrong"><cb:update state="'LOST'"/></transition>
    <transition event="appoint"><cb:update desired_time="_event.data" customer_number="'5115'"/></transition>
    <transition event="error.callback.update"><t:act say="_event.data.description"/></transition>
    <transition event="loop" target="turning"/>
    <transition event="invoke" target="part"/>
    <transition event="die" target="end"/>
  </state>
  <state id="turning"><transition target="turning"/></state>
  <state id="part"><invoke id="p" src="part"/>
    <transition event="done.invoke error"><t:act say="_event.name"/></transition>
    <transition event="finish" target="end"/></state>
  <final id="end"/>`;

describe("a session's callback record", () => {
  let hosting: Hosted;
  let id: string;
  /** What the callback services are to start. */
  let lost: Task[];
  beforeEach(async () => {
    lost = [];
    hosting = hosted({
      modules: [callbackModule(unreported)],
      callback: async (_id, entry) => void lost.push(entry.task),
    });
    hosting.documents.set('flow', scxml(flow));
    await hosting.store.commit([{ kind: 'callback', record: callbackRecord({ id: 'cb' }) }]);
    id = await hosting.host.start({ src: 'flow', params: {}, callback: 'cb' });
  });
  const tell = async (name: string, data?: string): Promise<void> => {
    await hosting.host.deliver(id, { name, data });
    await hosting.clock.settle();
  };
  const states = async (): Promise<string[]> =>
    ((await hosting.store.callback('cb'))?.history ?? []).map(({ state, reason }) =>
      [state, reason].filter(Boolean).join(' '),
    );
  const kinds = (writes: readonly Write[] | undefined): string[] => (writes ?? []).map(({ kind }) => kind);

  it('is changed in the commit of the step, and knows the session from the first', async () => {
    expect(kinds(hosting.store.commits[1])).to.deep.equal([
      'document',
      'session',
      'callback.update',
      'callback.update',
    ]);
    await tell('talk', 'hello');
    expect(kinds(hosting.store.commits[2])).to.deep.equal(['session', 'callback.update']);
    const record = await hosting.store.callback('cb');
    expect(record).to.deep.include({ sessionid: id, state: 'PROCESSING' });
    expect(record?.properties).to.include({ note: 'hello' });
  });

  it('is completed as the strategy says', async () => {
    await tell('finish');
    expect(await states()).to.deep.equal(['QUEUED', 'ROUTING', 'COMPLETED AGENT_CONNECTED']);
  });

  const ends: Record<string, [end: () => Promise<unknown>, reason: string]> = {
    'NOT_AVAILABLE when the strategy ends without completing it': [() => tell('die'), 'NOT_AVAILABLE'],
    'NOT_AVAILABLE when the session is terminated': [() => hosting.host.terminate(id), 'NOT_AVAILABLE'],
  };
  for (const [title, [end, reason]] of Object.entries(ends)) {
    it(`is ${title}`, async () => {
      await end();
      await hosting.clock.settle();
      expect((await states()).at(-1)).to.equal(`COMPLETED ${reason}`);
    });
  }

  const losses: Record<string, () => Promise<unknown>> = {
    'breaks a limit': () => outcome(tell('loop')),
    'has a step that cannot be saved': async () => {
      hosting.store.hold();
      const told = outcome(tell('talk'));
      await hosting.clock.settle();
      hosting.store.held[0]?.fail();
      await hosting.clock.settle();
      hosting.store.held[1]?.pass();
      expect(await told).to.equal('SESSION_NOT_SAVED');
    },
  };
  for (const [title, lose] of Object.entries(losses)) {
    it(`is left to the callback services, in the same commit, when the session ${title}`, async () => {
      await hosting.store.commit([{ kind: 'interaction', interactionid: 'ixn-1', sessionid: id }]);
      await lose();
      await hosting.clock.settle();
      expect((await states()).at(-1)).to.equal('ROUTING');
      expect(lost).to.deep.equal([{ type: 'callback', id: 'cb', calls: ['ixn-1'] }]);
      expect(kinds(hosting.store.commits.find((writes) => kinds(writes).includes('outbox')))).to.include('session');
    });
  }

  it('is left to who starts the session, when the first macrostep breaks a limit', async () => {
    await hosting.store.commit([{ kind: 'callback', record: callbackRecord({ id: 'cb' }) }]);
    hosting.documents.set('flow', scxml('<state id="turning"><transition target="turning"/></state>'));
    expect(await outcome(hosting.host.start({ src: 'flow', params: {}, callback: 'cb' }))).to.equal('SESSION_FAILED');
    expect([await states(), lost]).to.deep.equal([['QUEUED'], []]);
  });

  it('does not take a state that there is not, and the strategy hears which there are', async () => {
    await tell('wrong');
    expect(await states()).to.deep.equal(['QUEUED', 'ROUTING']);
    expect(hosting.acts.join()).to.include('"LOST" is no callback state: use one of SCHEDULED, QUEUED');
  });

  it('takes another time and number', async () => {
    await tell('appoint', '2026-03-02T16:30:00+02:00');
    const { desiredTime, customerNumber } = (await hosting.store.callback('cb')) ?? {};
    expect([desiredTime, customerNumber]).to.deep.equal([Date.parse('2026-03-02T14:30:00Z'), '5115']);
  });

  it('does not take a time that there is not, and the strategy hears how one is written', async () => {
    const before = await hosting.store.callback('cb');
    await tell('appoint', 'tomorrow');
    expect((await hosting.store.callback('cb'))?.desiredTime).to.equal(before?.desiredTime);
    expect(hosting.acts.join()).to.include('"tomorrow" is no time: write it as 2026-03-02T16:30:00Z');
  });

  it('may be changed by an invoked session, whose end is not its end', async () => {
    hosting.documents.set(
      'part',
      scxml(`<final id="end"><onentry><cb:update state="'PROCESSING'"/></onentry></final>`),
    );
    await tell('invoke');
    expect(await states()).to.deep.equal(['QUEUED', 'ROUTING', 'PROCESSING']);
    expect((await hosting.store.callback('cb'))?.sessionid).to.equal(id);
    expect(hosting.acts.at(-1)).to.equal('done.invoke.p');
  });

  it('is not ended by an invoked session that breaks a limit', async () => {
    hosting.documents.set('part', scxml('<state id="turning"><transition target="turning"/></state>'));
    await tell('invoke');
    expect(hosting.acts.at(-1)).to.equal('error.communication');
    expect((await states()).at(-1)).to.equal('ROUTING');
  });
});
