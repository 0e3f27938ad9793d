import { expect } from 'chai';
import type { Interactions } from '../../../server/ors/interactions.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store, Write } from '../../../server/store/port.js';
import type { InteractionId, LegId, TelephonyPort } from '../../../server/voice/port.js';
import { sessionRecord } from '../../contracts/store/records.js';
import { interactionsOf, IXN, network, sessionOf, type Session } from './modules/bench.js';

const gone = (interactionid: string): Write => ({ kind: 'interaction.gone', interactionid });
const held: Write = { kind: 'interaction', interactionid: IXN, sessionid: 'S' };
const lost = ['interaction.deleted', { interactionid: IXN, resultof: 'deletion', lost: true }];

describe('the calls of sessions', () => {
  let session: Session;
  let store: Store;
  let unheard: Write[];
  let released: string[];
  let holders: Record<string, 'us' | 'other'>;
  beforeEach(() => {
    session = sessionOf();
    store = memoryStore();
    unheard = [];
    released = [];
    holders = {};
  });
  const voice = (more: Partial<TelephonyPort> = {}) =>
    network({
      holder: async (ixn) => holders[ixn],
      release: async (ixn) => {
        released.push(ixn);
        return { ok: true };
      },
      ...more,
    });
  const calls = (port = voice()): Interactions =>
    interactionsOf(session, {
      voice: port,
      store,
      write: async (writes) => void unheard.push(...writes),
      isActive: (sessionid) => sessionid === 'S' && session.context.isActive(),
    });
  /** Those of a process that finds this one in the store. */
  const opened = async (port = voice(), sessionid = 'S'): Promise<Interactions> => {
    await store.commit([{ ...held, sessionid }]);
    const interactions = calls(port);
    await interactions.open();
    return interactions;
  };

  it('are written with the step that hears of them, and so is their end', () => {
    const interactions = calls();
    interactions.add(IXN, '1', 'S');
    interactions.report({ at: 0, ixn: IXN, type: 'deleted' });
    expect(session.writes).to.deep.equal([held, gone(IXN)]);
    expect(session.heard).to.deep.equal([
      ['interaction.added', { interactionid: IXN, focusdeviceid: '1' }],
      ['interaction.deleted', { interactionid: IXN, resultof: 'deletion' }],
    ]);
  });

  describe('have the id of their session among their data', () => {
    const marks: unknown[] = [];
    const marking = (result?: Error): Interactions => {
      marks.length = 0;
      return calls(
        voice({
          async updateUserData(...args) {
            marks.push(args);
            if (result) throw result;
            return { ok: true };
          },
        }),
      );
    };

    it('from when it is added, once; and the next one when it is moved', () => {
      const interactions = marking();
      interactions.add(IXN, '1', 'S');
      interactions.add(IXN, '1', 'S');
      interactions.move(IXN, 'T');
      expect(marks).to.deep.equal([
        [IXN, { 'OP-Session-ID': 'S' }],
        [IXN, { 'OP-Session-ID': 'T' }],
      ]);
    });

    it('not when the session is over', () => {
      session.end();
      marking().add(IXN, '1', 'S');
      expect(marks).to.be.empty;
    });

    it('which is told to nobody, unlike all other data', () => {
      const interactions = marking();
      interactions.add(IXN, '1', 'S');
      session.heard.length = 0;
      const set = { 'OP-Session-ID': 'S' };
      const changes = [
        { set, removed: [] },
        { set: { ...set, a: 1 }, removed: [] },
        { set, removed: ['a'] },
      ];
      for (const change of changes) interactions.report({ at: 0, ixn: IXN, type: 'userDataChanged', ...change });
      expect(session.heard.map(([name]) => name)).to.deep.equal(Array(2).fill('interaction.udata.changed'));
    });

    it("and are the session's all the same when the network breaks", async () => {
      const interactions = marking(new Error('cut'));
      expect(interactions.add(IXN, '1', 'S')).to.equal(true);
      await Promise.resolve();
      expect(interactions.find(IXN, 'S')).to.equal(IXN);
    });
  });

  it('are written off when their session is over before it hears of their end', () => {
    const interactions = calls();
    interactions.add(IXN, '1', 'S');
    session.end();
    interactions.report({ at: 0, ixn: IXN, type: 'deleted' });
    expect(unheard).to.deep.equal([gone(IXN)]);
  });

  it('are written off when their session ends, whoever has them', () => {
    const interactions = calls();
    const taken = 'I2' as InteractionId;
    interactions.add(IXN, '1', 'S');
    interactions.add(taken, '1', 'S');
    interactions.handOver(taken, true);
    expect(interactions.release('S')).to.deep.equal([IXN]);
    expect(unheard).to.deep.equal([gone(IXN), gone(taken)]);
  });

  describe('of an earlier process', () => {
    it('that are still there belong to their session as before', async () => {
      holders = { [IXN]: 'us' };
      const interactions = await opened();
      expect([interactions.find(IXN, 'S'), session.heard]).to.deep.equal([IXN, []]);
      expect(interactions.release('S')).to.deep.equal([IXN]);
    });

    it('that somebody else has stay there when the session ends', async () => {
      holders = { [IXN]: 'other' };
      expect((await opened()).release('S')).to.deep.equal([]);
    });

    it('that are gone are told as lost, and written off with that', async () => {
      const interactions = await opened();
      expect([session.heard, session.writes]).to.deep.equal([[lost], [gone(IXN)]]);
      expect(interactions.find(IXN, 'S')).to.equal(undefined);
    });

    it('that end while the network is asked are told once', async () => {
      await store.commit([held]);
      const port = voice({
        holder: async (ixn) => {
          interactions.report({ at: 0, ixn, type: 'deleted' });
          return undefined;
        },
      });
      const interactions: Interactions = calls(port);
      await interactions.open();
      expect(session.heard).to.deep.equal([['interaction.deleted', { interactionid: IXN, resultof: 'deletion' }]]);
    });

    for (const [holder, lets] of [
      ['us', [IXN]],
      ['other', []],
      [undefined, []],
    ] as const)
      it(`whose session is over are written off, and released unless somebody has them: ${holder ?? 'gone'}`, async () => {
        if (holder) holders = { [IXN]: holder };
        await opened(voice(), 'OVER');
        expect([released, unheard]).to.deep.equal([lets, [gone(IXN)]]);
      });

    it('which their session has not heard of when its process ended are added now', async () => {
      const call = {
        type: 'inbound',
        ani: '555',
        dnis: '0800',
        held: false,
        parties: [
          { leg: 'L' as LegId, device: '555', devicetype: 'unknown' },
          { leg: 'L' as LegId, device: '8001', devicetype: 'routepoint' },
        ],
      } as const;
      holders = { [IXN]: 'us' };
      await store.commit([{ kind: 'session', record: sessionRecord(1, { sessionid: 'S' }) }]);
      const interactions = await opened(voice({ call: () => call }));
      expect([interactions.find(IXN, 'S'), session.heard]).to.deep.equal([
        IXN,
        [
          ['interaction.added', { interactionid: IXN, focusdeviceid: '8001' }],
          ['interaction.onrouterequest', { interactionid: IXN, focusdeviceid: '8001' }],
        ],
      ]);
    });

    it('that the network says nothing about are taken as still there', async () => {
      const interactions = await opened(voice({ holder: () => Promise.reject(new Error('cut')) }));
      expect([interactions.find(IXN, 'S'), session.heard]).to.deep.equal([IXN, []]);
    });
  });
});
