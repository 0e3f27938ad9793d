/** Models of modules: what strategies see of the world as `_genesys`, and what they do to it by calling its functions. */
import { expect } from 'chai';
import { fromData } from '../../../engine/datamodel/data.js';
import type { Data } from '../../../engine/event.js';
import { isolatedKernel } from '../../../engine/index.js';
import type { Model } from '../../../server/host/model.js';
import type { Action, Module } from '../../../server/host/module.js';
import type { DocumentSource } from '../../../server/host/documents.js';
import { hosted, loaded, scxml, type Hosted } from './hosted.js';

interface World {
  /** What each session sees, by its id; `all` for those that have nothing of their own. */
  readonly seen: Map<string, Readonly<Record<string, Data>>>;
  /** Sessions that were asked for. */
  readonly asked: string[];
  /** Calls that were performed. */
  readonly calls: unknown[];
  readonly module: Module;
}

const world = (): World => {
  const seen = new Map<string, Readonly<Record<string, Data>>>();
  const asked: string[] = [];
  const calls: unknown[] = [];
  const note = (name: string): Action => ({
    attributes: {},
    error: `error.world.${name}`,
    perform({ attributes, requestid }, context) {
      calls.push([name, fromData(attributes['args']), requestid.startsWith(context.sessionid)]);
      context.raise(`world.${name}.done`, { requestid });
    },
  });
  const model: Model = {
    root: 'world',
    view(sessionid) {
      asked.push(sessionid);
      const view = seen.get(sessionid) ?? seen.get('all') ?? {};
      if (view['broken']) throw new Error('nobody knows');
      return view;
    },
    functions: { put: note('put'), take: note('take') },
    library: '{ limit: 7, twice(x) { return 2 * (this.n ?? x); } }',
  };
  return { seen, asked, calls, module: { namespace: 'urn:world', actions: {}, model } };
};

const watcher = `
  <state id="s">
    <onentry><t:act say="'starts with ' + _genesys.world.n"/></onentry>
    <transition event="show"><t:act say="_genesys.world.n + ', ' + _genesys.world.twice(1) + ', ' + _genesys.world.limit"/></transition>
    <transition event="later"><raise event="again"/></transition>
    <transition event="again"><t:act say="'again ' + _genesys.world.n"/></transition>
    <transition event="end" target="f"/>
    <transition event="error.execution"><t:act say="'error ' + _event.data.reason"/></transition>
    <onexit><t:act say="'leaves with ' + _genesys.world.n"/></onexit>
  </state>
  <final id="f"/>`;

describe('a model of a module', () => {
  let w: World;
  let hosting: Hosted;
  const send = (id: string, name: string, data?: Data) => hosting.host.deliver(id, { name, data });
  beforeEach(() => {
    w = world();
    hosting = hosted({ modules: [w.module] });
  });

  it('is asked only for documents that name its root, or may', async () => {
    await hosting.run('<state id="s"><onentry><t:act say="_genesys.other"/></onentry></state>');
    expect(w.asked, 'no other root is there').to.have.length(1);
    const other: Module = { namespace: 'urn:other', actions: {}, model: { root: 'other', view: () => ({}) } };
    hosting = hosted({ modules: [w.module, other] });
    w.asked.length = 0;
    await hosting.run('<state id="s"><onentry><t:act say="typeof _genesys.other"/></onentry></state>');
    expect(w.asked).to.deep.equal([]);
    await hosting.run('<state id="s"><onentry><t:act say="Object.keys(_genesys)"/></onentry></state>');
    expect(w.asked).to.have.length(1);
  });

  it('shows the world as it was when the session took its event', async () => {
    w.seen.set('all', { n: 1 });
    const id = await hosting.run(watcher);
    w.seen.set('all', { n: 2 });
    await send(id, 'show');
    await send(id, 'later');
    w.seen.set('all', { n: 3 });
    await send(id, 'end');
    expect(hosting.acts).to.deep.equal(['starts with 1', '2, 4, 7', 'again 2', 'leaves with 3', `ended ${id}`]);
    expect(w.asked).to.deep.equal([id, id, id, id]);
  });

  it('shows it to a session that is terminated', async () => {
    w.seen.set('all', { n: 1 });
    const id = await hosting.run(watcher);
    w.seen.set('all', { n: 2 });
    await hosting.host.terminate(id);
    expect(hosting.acts).to.include('leaves with 2');
  });

  it('is not asked for documents that do not read _genesys', async () => {
    const id = await hosting.run('<state id="s"><transition event="*"><log expr="_event.name"/></transition></state>');
    await send(id, 'any');
    expect(w.asked).to.be.empty;
  });

  it('shows each session its own', async () => {
    const [one, two] = [await hosting.run(watcher), await hosting.run(watcher)];
    w.seen.set(one, { n: 1 }).set(two, { n: 2 });
    hosting.acts.length = 0;
    await send(one, 'show');
    await send(two, 'show');
    await send(one, 'show');
    expect(hosting.acts).to.deep.equal(['1, 2, 7', '2, 4, 7', '1, 2, 7']);
  });

  it('that fails shows nothing, and is logged: the session goes on', async () => {
    w.seen.set('all', { broken: true });
    const id = await hosting.run(watcher);
    await send(id, 'show');
    expect(hosting.acts).to.deep.equal(['starts with undefined', 'undefined, 2, 7']);
    expect(hosting.log.join('')).to.include('_genesys.world cannot be shown');
  });

  it('is seen by a session that left memory with its next event', async () => {
    hosting = hosted({ modules: [w.module], residents: 1 });
    w.seen.set('all', { n: 1 });
    const id = await hosting.run(watcher);
    await hosting.run('<state id="other"/>');
    await hosting.clock.settle();
    expect(hosting.host.residents.get(id)).to.equal(undefined);
    w.seen.set('all', { n: 5 });
    await send(id, 'show');
    expect(hosting.acts).to.include('5, 10, 7');
  });

  describe('with functions', () => {
    const calling = (content: string): string =>
      `<state id="s"><transition event="go">${content}</transition>
         <transition event="world.*"><t:act say="_event.name + ' ' + (_event.data.requestid !== undefined)"/></transition>
         <transition event="error.execution"><t:act say="'error'"/></transition>
         <transition event="heard"><t:act say="'heard ' + _event.data.n + _event.type"/></transition>
       </state>`;
    const go = async (content: string): Promise<string> => {
      const id = await hosting.run(calling(content));
      await send(id, 'go', { k: 1 });
      await hosting.clock.settle();
      return id;
    };

    it('performs them as actions, in the order of what else the block does', async () => {
      await go(`<t:act say="'before'"/>
        <script>_genesys.world.put(_event.data, 'x'); _genesys.world.take()</script>
        <t:act say="'after'"/>`);
      expect(w.calls).to.deep.equal([
        ['put', [{ k: 1 }, 'x'], true],
        ['take', [], true],
      ]);
      expect(hosting.acts).to.deep.equal(['before', 'after', 'world.put.done true', 'world.take.done true']);
    });

    it('performs what was called before the block failed, and nothing after', async () => {
      await go(
        '<script>_genesys.world.put(1); missing(); _genesys.world.put(2)</script><script>_genesys.world.put(3)</script>',
      );
      expect(w.calls).to.deep.equal([['put', [1], true]]);
      expect(hosting.acts).to.deep.equal(['error', 'world.put.done true']);
    });

    it('performs them when the step is saved, and not before', async () => {
      const id = await hosting.run(calling('<script>_genesys.world.put(1)</script>'));
      hosting.store.hold();
      const taken = send(id, 'go');
      await hosting.clock.settle();
      expect(w.calls).to.be.empty;
      for (const held of hosting.store.held) held.pass();
      await taken;
      expect(w.calls).to.have.lengthOf(1);
    });

    it('logs by __Log and raises by __Raise, in order', async () => {
      await go(
        `<script>__Log({ a: 1 }, 'label', 2); __Raise('heard', { n: 1 }); __Log('late')</script><raise event="heard"/>`,
      );
      expect(hosting.acts).to.deep.equal(['heard 1internal', 'error']);
      const logged = hosting.log.map(
        (line) => JSON.parse(line) as { msg?: string; level?: string; label?: string; value?: unknown },
      );
      const told = logged
        .filter(({ msg }) => msg === 'strategy log')
        .map(({ level, label, value }) => [level, label, value]);
      expect(told).to.deep.equal([
        ['error', 'label', { a: 1 }],
        ['info', undefined, 'late'],
      ]);
    });
  });

  it('that names a function as an action of its module is refused at once', () => {
    const { module } = w;
    const again = { ...module, actions: { ...module.model?.functions } };
    expect(() => hosted({ modules: [again] })).to.throw(/urn:world.*put/);
  });

  describe('before strangers', () => {
    const attacks: readonly string[] = [
      '_genesys.world.n = 666',
      '_genesys.world = { n: 666 }',
      'Object.getPrototypeOf(_genesys.world).twice = function () { return 666; }',
      'Object.getPrototypeOf(Object.getPrototypeOf(_genesys.world)).limit = 666',
      "Object.defineProperty(Object.getPrototypeOf(_genesys.world), 'limit', { get: function () { return 666; } })",
      '_genesys.world.twice.call = function () { return 666; }',
      '_genesys.world.put.constructor.prototype.n = 666',
      'Object.prototype.n = 666',
      '_genesys.world.twice.constructor("return 666")()',
      "eval('(function () { return 666; })()')",
    ];
    for (const [index, attack] of attacks.entries())
      it(`is the same for other sessions of the same author, whatever one does: ${attack}`, async () => {
        const kernel = await isolatedKernel();
        const texts = [
          scxml(watcher),
          scxml(`<state id="evil"><onentry><script><![CDATA[try { ${attack} } catch (e) {} ${attack}]]></script></onentry>
          <transition event="error"><t:act say="'refused'"/></transition></state>`),
        ];
        const sandboxed = (src: string) => ({
          ...loaded(src, texts[Number(src)] ?? ''),
          author: 'a',
          sandbox: { kernel, author: 'a' },
        });
        const documents: DocumentSource = {
          load: (src) => Promise.resolve(sandboxed(src)),
          inline: (_, { uri }) => Promise.resolve(sandboxed(uri)),
          again: (record) => Promise.resolve({ ...record, sandbox: { kernel, author: 'a' } }),
        };
        hosting = hosted({ modules: [w.module], documents });
        w.seen.set('all', { n: index });
        const before = await hosting.host.start({ src: '0', params: {} });
        await hosting.host.start({ src: '1', params: {} });
        const after = await hosting.host.start({ src: '0', params: {} });
        hosting.acts.length = 0;
        await send(before, 'show');
        await send(after, 'show');
        const seen = `${index}, ${2 * index}, 7`;
        expect(hosting.acts).to.deep.equal([seen, seen]);
        kernel.close();
      });
  });
});
