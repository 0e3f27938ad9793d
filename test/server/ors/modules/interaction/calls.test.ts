import { expect } from 'chai';
import { interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { CreateCallRequest, LegId, TelephonyPort } from '../../../../../server/voice/port.js';
import { connected, interactionsOf, IXN, perform, type Attributes } from '../bench.js';
import { holdToTable } from '../fields.js';
import { notOurs, Scene, to } from './scene.js';

describe('the interaction module', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(() => {
    holdToTable(interactionTable, scene.session.heard);
  });

  describe('createcall', () => {
    const call = async (
      createCall: TelephonyPort['createCall'],
      more: Attributes = {},
    ): Promise<CreateCallRequest[]> => {
      const requests: CreateCallRequest[] = [];
      const ixn = scene.moduleOn({
        createCall: (request) => {
          requests.push(request);
          return createCall(request);
        },
      });
      await perform(ixn, 'createcall', scene.session, { from: '8999', to, ...more });
      return requests;
    };

    it('asks for the call with everything that it was given', async () => {
      const requests = await call(async () => connected, {
        from: '8999@SIP_Switch',
        type: 'predictive',
        timeout: '20',
        udata: { lang: 'en' },
        hints: { prefix: '9', timeguard: 5_000, keepOnMachine: false, extensions: { CPNDigits: '5115' } },
      });
      expect(requests).to.deep.equal([
        {
          requestId: 'S/1/0',
          from: { kind: 'routePoint', value: '8999', switch: 'SIP_Switch' },
          to: { kind: 'number', value: to },
          prefix: '9',
          ringTimeoutMs: 20_000,
          cpd: { timeGuardMs: 5_000, keepOnMachine: false },
          displayNumber: '5115',
          userData: { lang: 'en' },
        },
      ]);
    });

    const devices = { 7001: 'dn', TG: 'trunkGroup', 8999: 'routePoint' } as const;
    for (const [from, kind] of Object.entries({ ...devices, unknown: 'routePoint' } as const))
      it(`calls from ${from} as a ${kind}`, async () => {
        const requests: CreateCallRequest[] = [];
        const ixn = scene.moduleOn({
          deviceAt: (name) => devices[name as keyof typeof devices],
          createCall: async (request) => {
            requests.push(request);
            return connected;
          },
        });
        await perform(ixn, 'createcall', scene.session, { from, to });
        expect(requests[0]?.from).to.deep.equal({ kind, value: from });
      });

    it('is about another call, and reserves the agent who is called, where the hints say so', async () => {
      const extensions = {
        'iscc-ar-duration': 15_000,
        'iscc-ar-agent-id': 'alice',
        'iscc-ar-place': '',
        'iscc-ar-priority': 10,
      };
      scene.withCall();
      const [asked] = await call(async () => connected, { hints: { parent: IXN, extensions } });
      expect(asked).to.deep.include({
        parent: IXN,
        reservation: { durationMs: 15_000, agent: 'alice', priority: 10 },
      });
    });

    it('rings for 32 seconds, without progress detection, when nothing else was said', async () => {
      const [asked] = await call(async () => connected);
      expect(asked).to.deep.include({ ringTimeoutMs: 32_000, from: { kind: 'routePoint', value: '8999' } });
      expect(asked).not.to.have.any.keys('cpd', 'prefix', 'displayNumber');
    });

    it('calls the DN of a resource, and the number of a tel: URI', async () => {
      const [dn] = await call(async () => connected, { to: { dn: '7001', switch: 'S1' } });
      const [tel] = await call(async () => connected, { from: { dn: '8999' }, to: 'tel:5551000' });
      expect(dn?.to).to.deep.equal({ kind: 'dn', value: '7001', switch: 'S1' });
      expect(tel).to.deep.include({ from: { kind: 'routePoint', value: '8999' }, to: { kind: 'number', value: to } });
    });

    for (const [error, wrong] of [
      ['invalidsource', { from: {} }],
      ['invaliddestination', { to: '' }],
      ['invalidsource', { hints: { parent: 'I9' } }],
      ['unknown', { type: 'consult' }],
    ] as const)
      it(`without ${Object.keys(wrong).join()} that it knows asks nobody, and is an error: ${error}`, async () => {
        expect(await call(() => Promise.reject(new Error('asked')), wrong)).to.be.empty;
        expect(scene.session.heard[0]?.[0]).to.equal('error.voice.createcall');
        expect(scene.session.heard[0]?.[1]).to.deep.include({ requestid: 'r', error });
      });

    it('that connects adds the interaction, then is done', async () => {
      await call(async () => connected);
      expect(scene.session.heard).to.deep.equal([
        ['interaction.added', { interactionid: IXN, focusdeviceid: to }],
        ['voice.createcall.done', { requestid: 'r', interactionid: IXN, callstate: 0 }],
      ]);
    });

    for (const [state, error] of [
      [7, 'timeout'],
      [11, 'invaliddestination'],
      [12, 'invaliddestination'],
      [6, 'unknown'],
      [17, 'unknown'],
    ] as const)
      it(`that fails with call state ${state} is an error: ${error}`, async () => {
        await call(async () => ({ connected: false, state, cause: { text: 'why' } }));
        expect(scene.session.heard).to.deep.equal([
          ['error.voice.createcall', { requestid: 'r', error, callstate: state, description: 'why' }],
        ]);
      });

    it('that connects when the session has ended meanwhile is released, and nothing is left of it', async () => {
      await call(async () => {
        scene.session.end();
        return connected;
      });
      expect([scene.released, scene.session.heard, scene.interactions.find(IXN, 'S')]).to.deep.equal([
        [IXN],
        [],
        undefined,
      ]);
    });

    it('that connects and ends at once is added, done and deleted, in this order', async () => {
      await call((request) => {
        scene.interactions.report({ at: 0, ixn: IXN, type: 'dialing', leg: 'L1' as LegId, request });
        scene.interactions.report({ at: 0, ixn: IXN, type: 'deleted' });
        return Promise.resolve(connected);
      });
      expect(scene.session.heard.map(([name]) => name)).to.deep.equal([
        'interaction.added',
        'voice.createcall.done',
        'interaction.deleted',
      ]);
      expect(scene.interactions.find(IXN, 'S')).to.equal(undefined);
    });
  });

  describe('createcall, done again by another process', () => {
    const text = 'lost';
    const lost = { connected: false, state: 4, cause: { text }, lost: 'ringing' } as const;
    const again = async (status: TelephonyPort['status'], createCall?: TelephonyPort['createCall'], owned = false) => {
      scene.session = scene.session.again();
      scene.interactions = interactionsOf(scene.session);
      if (owned) scene.withCall();
      await perform(scene.moduleOn({ status, ...(createCall && { createCall }) }), 'createcall', scene.session, {
        from: '1',
        to,
      });
      return scene.session.heard;
    };
    const answers: TelephonyPort['createCall'] = async () => connected;
    const done = ['voice.createcall.done', { requestid: 'r', interactionid: IXN, callstate: 0 }];
    const added = ['interaction.added', { interactionid: IXN, focusdeviceid: to }];

    it('dials what has never reached the network', async () => {
      expect(await again(async () => ({ state: 'unknown' }), answers)).to.deep.equal([added, done]);
    });

    it('joins a call that is under way', async () => {
      expect(await again(async () => ({ state: 'live' }), answers)).to.deep.equal([added, done]);
    });

    it('does not add what the session has heard of', async () => {
      const heard = await again(async () => ({ state: 'live' }), answers, true);
      expect(heard).to.deep.equal([done]);
    });

    it('dials nobody when the call is over, and says how it went', async () => {
      const data = { requestid: 'r', error: 'unknown', callstate: 4, description: text, lost: 'ringing' };
      expect(await again(async () => ({ state: 'over', result: lost }))).to.deep.equal([
        ['error.voice.createcall', data],
      ]);
    });

    it('has not failed while the call is under way, though the adapter breaks: it is asked again', async () => {
      const broken: TelephonyPort['createCall'] = () => Promise.reject(new Error('the adapter is broken'));
      expect(await again(async () => ({ state: 'live' }), broken)).to.deep.equal([]);
      expect(scene.session.retries).to.deep.equal([1000]);
      await perform(
        scene.moduleOn({ status: async () => ({ state: 'over', result: lost }) }),
        'createcall',
        scene.session,
        {
          from: '1',
          to,
        },
      );
      expect(scene.session.heard.map(([name]) => name)).to.deep.equal(['error.voice.createcall']);
    });

    it('has failed when the adapter has broken so often', async () => {
      const module = () =>
        scene.moduleOn({
          status: async () => ({ state: 'live' }),
          createCall: () => Promise.reject(new Error('the adapter is broken')),
        });
      const asked = () => perform(module(), 'createcall', scene.session, { from: '1', to }).catch(String);
      for (let times = 0; times < 5; times += 1) expect(await asked()).to.equal(undefined);
      expect(await asked()).to.equal('Error: the adapter is broken');
    });

    it('has failed where the adapter breaks and nobody was called', async () => {
      const broken: TelephonyPort['createCall'] = () => Promise.reject(new Error('the adapter is broken'));
      const failed = await again(async () => ({ state: 'unknown' }), broken).catch(String);
      expect([failed, scene.session.retries]).to.deep.equal(['Error: the adapter is broken', []]);
    });

    it('dials nobody for a session that is over', async () => {
      scene.session.end();
      await perform(scene.moduleOn({}), 'createcall', scene.session, { from: '1', to });
      expect(scene.session.isOver()).to.equal(true);
    });
  });

  describe('terminate', () => {
    it('releases the call', async () => {
      scene.withCall();
      await perform(scene.moduleOn({}), 'terminate', scene.session, { interactionid: IXN });
      expect(scene.session.heard).to.deep.equal([
        ['interaction.terminate.done', { requestid: 'r', interactionid: IXN }],
      ]);
      expect(scene.released).to.deep.equal([IXN]);
    });

    it('of a call that is gone is done, when it is done again', async () => {
      scene.session = scene.session.again();
      await scene.interactions.open();
      await perform(scene.moduleOn({}), 'terminate', scene.session, { interactionid: IXN });
      expect(scene.session.heard).to.deep.equal([
        ['interaction.terminate.done', { requestid: 'r', interactionid: IXN }],
      ]);
    });

    for (const interactionid of ['nothing', undefined])
      it(`of ${interactionid ?? 'no'} interaction is an error`, async () => {
        await perform(scene.moduleOn({}), 'terminate', scene.session, { interactionid });
        const id = interactionid ?? '';
        const data = { requestid: 'r', interactionid: id, error: 'invalidstate.null', description: notOurs(id) };
        expect(scene.session.heard).to.deep.equal([['error.interaction.terminate', data]]);
        expect(scene.released).to.be.empty;
      });
  });

  it('releases the calls that nobody has when the session ends, and leaves those that somebody took', async () => {
    const taken = 'I2' as typeof IXN;
    scene.interactions.add(IXN, to, 'S');
    scene.interactions.add(taken, to, 'S');
    scene.interactions.handOver(taken, true);
    await scene.moduleOn({}).ended?.('S');
    expect(scene.released).to.deep.equal([IXN]);
    expect(scene.interactions.find(taken, 'S')).to.equal(undefined);
  });
});
