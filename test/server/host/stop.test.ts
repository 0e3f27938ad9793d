/** A host that stops: what was taken is saved, what is under way may end, and the rest is the next process's. */
import { expect } from 'chai';
import type { Module } from '../../../server/host/module.js';
import { Undelivered, type Processor } from '../../../server/host/processor.js';
import { hosted } from './hosted.js';

/** `<s:work>` is performed when it is told so; the session then hears `worked`. */
const slow = () => {
  const done: (() => void)[] = [];
  const module: Module = {
    namespace: 'urn:slow',
    actions: {
      work: {
        attributes: {},
        error: 'error.slow',
        async perform(_effect, context) {
          await new Promise<void>((resolve) => void done.push(resolve));
          context.finish('worked');
        },
      },
    },
  };
  return { module, done };
};

const worker = `<state id="s"><onentry><s:work xmlns:s="urn:slow"/></onentry><transition event="worked" target="after"/></state>
  <state id="after"><onentry><s:work xmlns:s="urn:slow"/></onentry><transition event="again"/></state>`;

const busy: Processor = {
  type: 'urn:busy',
  entries: () => [],
  send: () => Promise.reject(new Undelivered('busy')),
};

const rowsOf = async ({ store }: Pick<ReturnType<typeof hosted>, 'store'>) =>
  (await store.due({ due: -Infinity, seq: 0 }, Infinity, 99)).map(({ key }) => key.replace(/^.*?\//, ''));

describe('a host that stops', () => {
  it('lets effects that are under way end, has what they led to saved, and begins no more', async () => {
    const { module, done } = slow();
    const hosting = hosted({ modules: [module] });
    const id = await hosting.run(worker);
    await hosting.clock.settle();
    const stopped = hosting.host.stop(5_000);
    await hosting.clock.advance(4_000);
    done[0]?.();
    await stopped;
    expect((await hosting.view(id)).configuration).to.deep.equal(['after']);
    expect([done.length, await rowsOf(hosting)]).to.deep.equal([1, ['2/0']]);
  });

  it('waits for them no longer than it is told, and what ends after that leaves no trace', async () => {
    const { module, done } = slow();
    const hosting = hosted({ modules: [module] });
    const id = await hosting.run(worker);
    await hosting.clock.settle();
    const stopped = hosting.host.stop(5_000);
    await hosting.clock.advance(5_000);
    await stopped;
    const { length } = hosting.store.commits;
    done[0]?.();
    await hosting.clock.settle();
    expect((await hosting.view(id)).configuration).to.deep.equal(['s']);
    expect([hosting.store.commits.length, await rowsOf(hosting)]).to.deep.equal([length, ['1/0']]);
  });

  it('takes nothing any more, and says so to clients', async () => {
    const hosting = hosted();
    const id = await hosting.run('<state id="s"><transition event="go" target="t"/></state><state id="t"/>');
    await hosting.host.stop();
    const { length } = hosting.store.commits;
    const codeOf = (asked: Promise<unknown>) => asked.catch((error: unknown) => (error as { code: string }).code);
    expect(await codeOf(hosting.host.deliver(id, { name: 'go' }))).to.equal('NOT_READY');
    expect(await codeOf(hosting.host.request(id, { name: 'go' }, 1_000))).to.equal('NOT_READY');
    expect(hosting.host.tell(id, { name: 'go', type: 'platform' })).to.equal(true);
    expect(hosting.store.commits.length).to.equal(length);
  });
});

describe('what a host tells of its work', () => {
  it('is each step, what waited for its time, and each retry', async () => {
    const told = { steps: 0, late: [] as number[], retries: 0 };
    const hosting = hosted({
      processors: [busy],
      observer: {
        stepped: () => void (told.steps += 1),
        fired: (late) => void told.late.push(late),
        retried: () => void (told.retries += 1),
      },
    });
    await hosting.host.open();
    const id = await hosting.run(`<state id="s"><onentry><send event="tick" delay="2s"/></onentry>
      <transition event="tick go"/></state>`);
    await hosting.host.deliver(id, { name: 'go' });
    expect(told).to.deep.equal({ steps: 2, late: [], retries: 0 });
    hosting.clock.jump(500);
    await hosting.clock.advance(2_000);
    expect(told).to.deep.equal({ steps: 3, late: [500], retries: 0 });
    await hosting.run(`<state><onentry><send type="urn:busy" event="e" target="x"/></onentry></state>`);
    await hosting.clock.settle();
    expect(told).to.deep.equal({ steps: 4, late: [500], retries: 1 });
  });
});
