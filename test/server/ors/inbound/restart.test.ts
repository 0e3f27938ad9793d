import { expect } from 'chai';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../../../server/clock/virtual.js';
import { configFrom } from '../../../../server/config.js';
import { createLog } from '../../../../server/log.js';
import { applicationsOf } from '../../../../server/ors/inbound/applications.js';
import { ringback } from '../../../../server/ringback.js';
import { memoryStore } from '../../../../server/store/memory.js';
import type { Store } from '../../../../server/store/port.js';
import { contactCentre } from '../../../../server/voice/simulated/centre.js';
import { billing, places } from '../../../support/centre.js';
import { warm } from '../../../support/warm.js';

const application = `file:${join(import.meta.dirname, '../../../strategies/plugins/called.scxml')}`;
const routePoints = { 8001: { Orchestration: { application } } };

/** A process, with a contact centre of its own: the calls of the one before are gone. */
const process = async (store: Store, clock: VirtualClock) => {
  const centre = contactCentre({ clock, seed: 's', agents: [], customers: [], entryPoints: ['8001'] });
  const server = await ringback({
    warm,
    config: configFrom({}),
    places,
    url: () => 'http://127.0.0.1:1',
    clock,
    store,
    world: centre,
    services: billing(),
    applications: applicationsOf({ routePoints }, 'test'),
    log: createLog('silent'),
    during: (work) => clock.during(work),
  });
  return { ...centre, ...server };
};

describe('an inbound call whose process ends', () => {
  let store: Store;
  let clock: VirtualClock;
  beforeEach(() => {
    store = memoryStore();
    clock = virtualClock();
  });

  it('is told to its session as lost by the next process', async () => {
    const first = await process(store, clock);
    const ixn = first.callers.arrive({ ani: '555', dnis: '0800', routePoint: '8001' });
    await clock.settle();
    const [kept] = await store.interactions();
    expect(kept?.interactionid).to.equal(ixn);
    await clock.advance(1_000);
    const next = await process(store, clock);
    await clock.settle();
    const { data } = await next.host.query(kept?.sessionid ?? '');
    expect(data['heard']).to.deep.equal(['interaction.added', 'interaction.onrouterequest', 'interaction.deleted']);
    expect(await store.interactions()).to.be.empty;
  });

  it('belongs to its session from the first step on: it is lost also when it was not added yet', async () => {
    const first = await process(store, clock);
    const sessionid = await first.host.start({ src: application, params: {}, interaction: 'gone' });
    const next = await process(store, clock);
    await clock.settle();
    expect((await next.host.query(sessionid)).data['heard']).to.deep.equal(['interaction.deleted']);
  });
});
