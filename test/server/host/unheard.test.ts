import { expect } from 'chai';
import type { Write } from '../../../server/store/port.js';
import { hosted, outcome } from './hosted.js';

const held = (interactionid: string, sessionid: string): Write => ({ kind: 'interaction', interactionid, sessionid });
const event = (name: string) => ({ name, type: 'platform' }) as const;

describe('what comes for a session that ends before it takes it', () => {
  const ending = `
    <state id="s"><transition event="end" target="over"/><transition event="loop" target="loop"/></state>
    <state id="loop"><transition target="loop"/></state>
    <final id="over"/>`;
  for (const end of ['end', 'loop'])
    it(`is written all the same, and a client is told, when it was waiting for the session to be read: ${end}`, async () => {
      const hosting = hosted({ residents: 0 });
      const { host, store, clock } = hosting;
      const id = await hosting.run(ending);
      expect(host.residents.size).to.equal(0);
      const told = [host.tell(id, event(end)), host.tell(id, event('other'), [held('I1', id)])];
      const asked = outcome(host.deliver(id, { name: 'more' }, 'key'));
      await clock.settle();
      expect(told).to.deep.equal([true, true]);
      expect(await store.interactions()).to.deep.equal([{ interactionid: 'I1', sessionid: id }]);
      expect(await asked).to.equal(end === 'end' ? 'SESSION_OVER' : 'SESSION_FAILED');
      expect(await store.inbox(id, 'key')).to.equal(undefined);
    });

  it('is written all the same when the store could not write it before', async () => {
    const hosting = hosted();
    const { host, store, clock } = hosting;
    const id = await hosting.run(ending);
    store.fill(true);
    host.tell(id, event('end'));
    await clock.settle();
    host.tell(id, event('other'), [held('I1', id)]);
    await clock.settle();
    store.fill(false);
    await clock.advance(5_000);
    expect((await store.session(id))?.status).to.equal('done');
    expect(await store.interactions()).to.deep.equal([{ interactionid: 'I1', sessionid: id }]);
  });
});
