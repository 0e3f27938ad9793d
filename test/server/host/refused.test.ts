import { expect } from 'chai';
import { hosted, outcome, scxml, type Hosted } from './hosted.js';

const fragile = `<state id="s"><transition event="loop" target="turning"/></state>
  <state id="turning"><transition target="turning"/></state>`;

describe('a request that was refused', () => {
  let hosting: Hosted;
  beforeEach(() => {
    hosting = hosted();
  });

  it('is looked at anew when it comes again with its id: an event that ended its session is not taken for done', async () => {
    const id = await hosting.run(fragile);
    const loop = () => outcome(hosting.host.deliver(id, { name: 'loop' }, 'k'));
    expect(await loop()).to.equal('SESSION_FAILED');
    await hosting.clock.settle();
    expect(await loop()).to.equal('SESSION_OVER');
  });

  it('is looked at anew when it comes again with its id: a start that failed at once gives no session', async () => {
    await hosting.run('<state id="s"><transition target="s"/></state>').catch(() => undefined);
    const start = () => outcome(hosting.host.start({ src: 'main', params: {} }, 'k'));
    expect(await start()).to.equal('SESSION_FAILED');
    await hosting.clock.settle();
    expect(await start()).to.equal('SESSION_FAILED');
  });

  it('to start a session, since its first step was not saved, leaves nothing of what came with it', async () => {
    const { host, store, clock, documents } = hosting;
    documents.set('main', scxml(fragile));
    const entry = host.outbox.entry('told', undefined, { type: 'callback', id: 'told' });
    const start = host.start({ src: 'main', params: {}, interaction: 'I1', writes: [{ kind: 'outbox', entry }] });
    store.breakDown(true);
    expect(await outcome(start)).to.equal('SESSION_NOT_SAVED');
    store.breakDown(false);
    await clock.advance(5_000);
    expect(await store.interactions()).to.deep.equal([]);
    expect(await store.due({ due: -Infinity, seq: 0 }, Infinity, 10)).to.deep.equal([]);
  });

  it('to start a session, since the store cannot write, leaves nothing of it in memory', async () => {
    hosting.store.fill(true);
    for (let tries = 0; tries < 3; tries += 1)
      expect(await outcome(hosting.run(fragile))).to.equal('STORE_UNAVAILABLE');
    await hosting.clock.advance(5_000);
    const { directory, residents, outbox } = hosting.host;
    expect([directory.size, residents.size, outbox.flying]).to.deep.equal([0, 0, 0]);
  });
});
