/** Strategies that call an agent before the customer, on the simulated contact centre: in one call, or in two that become one. */
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../../../server/clock/virtual.js';
import { interactionTable, interactionModule } from '../../../../../server/ors/modules/interaction.js';
import type { Module } from '../../../../../server/host/module.js';
import type { Interactions } from '../../../../../server/ors/interactions.js';
import { contactCentre, type CentreData, type ContactCentre } from '../../../../../server/voice/simulated/centre.js';
import type { Reaction } from '../../../../../server/voice/simulated/desktop.js';
import { interactionsOf, perform, sessionOf, type Attributes, type Session } from '../bench.js';
import { holdToTable } from '../fields.js';

const resource = { dn: '7001', switch: 'S1', reservation: 'R1' };
const customer = '5551000';

describe('the interaction module: the agent first', () => {
  let clock: VirtualClock;
  let centre: ContactCentre;
  let session: Session;
  let interactions: Interactions;
  let ixn: Module;
  let confirmed: string[];
  const open = async (ring: Reaction = { kind: 'answer' }, data: Partial<CentreData> = {}): Promise<void> => {
    clock = virtualClock(0);
    centre = contactCentre({
      clock,
      seed: 'agent first',
      agents: [{ id: 'alice', dn: '7001', switch: 'S1', place: 'P1', groups: [], skills: {}, rings: [ring] }],
      customers: [{ endsWith: '2', does: { kind: 'noAnswer' } }, { does: { kind: 'human' } }],
      trunkGroups: { Trunks: { trunks: 2 } },
      ...data,
    });
    const voice = centre.telephony;
    session = sessionOf();
    interactions = interactionsOf(session, { voice });
    confirmed = [];
    const router = { confirm: (...args: string[]) => confirmed.push(args.join(' ')) > 0 };
    ixn = interactionModule({ voice, router, interactions });
    await voice.start((event) => {
      interactions.report(event);
    });
    centre.router.start(() => undefined);
    centre.open();
    await clock.advance(0);
  };
  afterEach(async () => {
    holdToTable(interactionTable, session.heard);
    await centre.close();
  });
  let requests = 0;
  const begin = (name: string, attributes: Attributes): Promise<void> => {
    const one = {
      ...session,
      context: { ...session.context, key: `S/${++requests}/0`, isActive: session.context.isActive },
    };
    return perform(ixn, name, one, attributes);
  };
  const act = async (
    name: string,
    attributes: Attributes,
    seconds = 0,
  ): Promise<Session['heard'][number] | undefined> => {
    const before = session.heard.length;
    void begin(name, attributes);
    await clock.advance(seconds * 1000);
    const end = session.heard.slice(before).find(([event]) => /createcall|hold|merge|retrieve/.test(event));
    return end;
  };
  const idOf = (end: Session['heard'][number] | undefined): string =>
    (end?.[1] as { interactionid: string }).interactionid;
  const namesSince = (index: number): string[] => session.heard.slice(index).map(([name]) => name);

  it('from the DN of a selected agent rings there, then at the customer, and is done when both are there', async () => {
    await open();
    void begin('createcall', { from: resource, to: customer });
    await clock.advance(3_000);
    expect(session.heard, 'the customer is being called').to.deep.equal([]);
    expect(confirmed, 'the agent has answered').to.deep.equal(['R1 accepted']);
    await clock.advance(30_000);
    expect(namesSince(0)).to.deep.equal(['interaction.added', 'voice.createcall.done']);
    expect(
      centre.telephony.call(interactions.ownedBy('S')[0] ?? ('' as never))?.parties.map(({ device }) => device),
    ).to.deep.equal([customer, '7001']);
    await ixn.ended?.('S');
    await clock.advance(1_000);
    expect(centre.desktops.get('alice')?.state, 'they talk on when the session ends').to.equal('Busy');
  });

  for (const [title, ring, to, data, outcome] of [
    ['an agent who rejects it', { kind: 'reject' }, customer, { party: 'agent', callstate: 5 }, 'rejected'],
    ['an agent who does not answer', { kind: 'ignore' }, customer, { party: 'agent', callstate: 7 }, 'no-answer'],
    ['a customer who does not answer', { kind: 'answer' }, '5551002', { party: 'customer', callstate: 7 }, 'accepted'],
  ] as const)
    it(`says that it was ${title}, and tells the router how the offer went`, async () => {
      await open(ring);
      const end = await act('createcall', { from: resource, to, timeout: 10 }, 60);
      expect(end?.[0]).to.equal('error.voice.createcall');
      expect(end?.[1]).to.deep.include(data);
      expect(confirmed[0]).to.equal(`R1 ${outcome}`);
    });

  it('a call that cannot be dialled says nothing of who was missing', async () => {
    await open({ kind: 'answer' }, { trunks: 0 });
    const end = await act('createcall', { from: resource, to: customer }, 1);
    expect(end?.[1]).to.deep.include({ callstate: 10 }).and.not.to.have.any.keys('party');
    expect(confirmed).to.deep.equal(['R1 timeout']);
  });

  it('a session that ends while it is dialling leaves nobody with a phone that rings', async () => {
    await open({ kind: 'ignore' });
    void begin('createcall', { from: resource, to: customer });
    await clock.advance(1_000);
    expect(centre.desktops.get('alice')?.state).to.equal('Ringing');
    session.end();
    await ixn.ended?.('S');
    await clock.advance(60_000);
    expect([centre.desktops.get('alice')?.call, session.heard]).to.deep.equal([undefined, []]);
  });

  for (const from of ['8999', 'Trunks'])
    for (const type of ['transfer', 'conference'])
      it(`from ${from} calls the agent, holds, consults the customer, and by a ${type} makes one call of both`, async () => {
        await open();
        const extensions = { 'iscc-ar-duration': 15_000, 'iscc-ar-agent-id': 'alice', 'iscc-ar-place': '' };
        const agent = await act('createcall', { from, to: resource, hints: { extensions } }, 10);
        expect([agent?.[0], confirmed[0]]).to.deep.equal(['voice.createcall.done', 'R1 accepted']);
        const held = idOf(agent);
        expect((await act('hold', { interactionid: held }))?.[0]).to.equal('voice.hold.done');
        const asked = await act('createcall', { from, to: customer, hints: { parent: held } }, 30);
        expect(asked?.[0]).to.equal('voice.createcall.done');
        const active = idOf(asked);
        expect(centre.telephony.call(active as never)?.parent).to.equal(held);

        const before = session.heard.length;
        await act('merge', { interactionid: held, active, type });
        expect(session.heard.slice(before).filter(([name]) => !/partystatechanged|ondivert/.test(name))).to.deep.equal([
          ['interaction.onmerge', { frominteractionid: active, tointeractionid: held }],
          ['interaction.deleted', { interactionid: active, resultof: 'deletion' }],
          ['interaction.merge.done', { requestid: 'r', interactionid: held }],
        ]);
        expect(
          session.heard
            .slice(before)
            .find(([, data]) => (data as { focusdeviceid?: string }).focusdeviceid === customer)?.[1],
        ).to.deep.include({
          interactionid: held,
          partystate: 'established',
        });
        session.end();
        await ixn.ended?.('S');
        await clock.advance(1_000);
        expect(centre.telephony.call(held as never)?.parties.map(({ device }) => device)).to.deep.equal([
          customer,
          '7001',
        ]);
      });

  it('a session that ends between both calls leaves neither', async () => {
    await open();
    const held = idOf(await act('createcall', { from: '8999', to: resource }, 10));
    await act('hold', { interactionid: held });
    void begin('createcall', { from: '8999', to: customer, hints: { parent: held } });
    await clock.advance(1_000);
    session.end();
    await ixn.ended?.('S');
    await clock.advance(60_000);
    expect([centre.telephony.call(held as never), centre.desktops.get('alice')?.call]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });
});
