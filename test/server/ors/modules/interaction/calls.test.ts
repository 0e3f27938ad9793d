import { expect } from 'chai';
import type { Interactions } from '../../../../../server/ors/interactions.js';
import { interactionModule, interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { OfferOutcome, RouterPort } from '../../../../../server/routing/port.js';
import type { CreateCallRequest, LegId, TelephonyPort } from '../../../../../server/voice/port.js';
import {
  connected,
  interactionsOf,
  IXN,
  network,
  perform,
  sessionOf,
  type Attributes,
  type Session,
} from '../bench.js';
import { holdToTable } from '../fields.js';

const to = '5551000';
const ok = { ok: true } as const;
const notOurs = (id: string) => `interaction "${id}" does not belong to this session (any more)`;

describe('the interaction module', () => {
  let interactions: Interactions;
  let session: Session;
  let confirmed: [string, OfferOutcome][];
  let released: string[];
  beforeEach(() => {
    session = sessionOf();
    interactions = interactionsOf(session);
    confirmed = [];
    released = [];
  });
  afterEach(() => {
    holdToTable(interactionTable, session.heard);
  });
  const release: TelephonyPort['release'] = async (ixn) => {
    released.push(ixn);
    return ok;
  };
  const moduleOn = (answers: Partial<TelephonyPort>) =>
    interactionModule({
      voice: network({ release, ...answers }),
      router: { confirm: (...args: [string, OfferOutcome]) => confirmed.push(args) } as unknown as RouterPort,
      interactions,
    });
  /** The session has a call. */
  const withCall = (): void => {
    interactions.add(IXN, to, 'S');
    session.heard.length = 0;
  };

  describe('createcall', () => {
    const call = async (
      createCall: TelephonyPort['createCall'],
      more: Attributes = {},
    ): Promise<CreateCallRequest[]> => {
      const requests: CreateCallRequest[] = [];
      const ixn = moduleOn({
        createCall: (request) => {
          requests.push(request);
          return createCall(request);
        },
      });
      await perform(ixn, 'createcall', session, { from: '8999', to, ...more });
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
      ['unknown', { type: 'consult' }],
    ] as const)
      it(`without ${Object.keys(wrong).join()} that it knows asks nobody, and is an error: ${error}`, async () => {
        expect(await call(() => Promise.reject(new Error('asked')), wrong)).to.be.empty;
        expect(session.heard[0]?.[0]).to.equal('error.voice.createcall');
        expect(session.heard[0]?.[1]).to.deep.include({ requestid: 'r', error });
      });

    it('that connects adds the interaction, then is done', async () => {
      await call(async () => connected);
      expect(session.heard).to.deep.equal([
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
        expect(session.heard).to.deep.equal([
          ['error.voice.createcall', { requestid: 'r', error, callstate: state, description: 'why' }],
        ]);
      });

    it('that connects when the session has ended meanwhile is released, and nothing is left of it', async () => {
      await call(async () => {
        session.end();
        return connected;
      });
      expect([released, session.heard, interactions.find(IXN, 'S')]).to.deep.equal([[IXN], [], undefined]);
    });

    it('that connects and ends at once is added, done and deleted, in this order', async () => {
      await call((request) => {
        interactions.report({ at: 0, ixn: IXN, type: 'dialing', leg: 'L1' as LegId, request });
        interactions.report({ at: 0, ixn: IXN, type: 'deleted' });
        return Promise.resolve(connected);
      });
      expect(session.heard.map(([name]) => name)).to.deep.equal([
        'interaction.added',
        'voice.createcall.done',
        'interaction.deleted',
      ]);
      expect(interactions.find(IXN, 'S')).to.equal(undefined);
    });
  });

  describe('createcall, done again by another process', () => {
    const text = 'lost';
    const lost = { connected: false, state: 4, cause: { text }, lost: 'ringing' } as const;
    const again = async (status: TelephonyPort['status'], createCall?: TelephonyPort['createCall'], owned = false) => {
      session = session.again();
      interactions = interactionsOf(session);
      if (owned) withCall();
      await perform(moduleOn({ status, ...(createCall && { createCall }) }), 'createcall', session, { from: '1', to });
      return session.heard;
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

    it('dials nobody for a session that is over', async () => {
      session.end();
      await perform(moduleOn({}), 'createcall', session, { from: '1', to });
      expect(session.isOver()).to.equal(true);
    });
  });

  describe('terminate', () => {
    it('releases the call', async () => {
      withCall();
      await perform(moduleOn({}), 'terminate', session, { interactionid: IXN });
      expect(session.heard).to.deep.equal([['interaction.terminate.done', { requestid: 'r', interactionid: IXN }]]);
      expect(released).to.deep.equal([IXN]);
    });

    it('of a call that is gone is done, when it is done again', async () => {
      session = session.again();
      await interactions.open();
      await perform(moduleOn({}), 'terminate', session, { interactionid: IXN });
      expect(session.heard).to.deep.equal([['interaction.terminate.done', { requestid: 'r', interactionid: IXN }]]);
    });

    for (const interactionid of ['nothing', undefined])
      it(`of ${interactionid ?? 'no'} interaction is an error`, async () => {
        await perform(moduleOn({}), 'terminate', session, { interactionid });
        const id = interactionid ?? '';
        const data = { requestid: 'r', interactionid: id, error: 'invalidstate.null', description: notOurs(id) };
        expect(session.heard).to.deep.equal([['error.interaction.terminate', data]]);
        expect(released).to.be.empty;
      });
  });

  it('releases the calls that nobody has when the session ends, and leaves those that somebody took', async () => {
    const taken = 'I2' as typeof IXN;
    interactions.add(IXN, to, 'S');
    interactions.add(taken, to, 'S');
    interactions.handOver(taken, true);
    await moduleOn({}).ended?.('S');
    expect(released).to.deep.equal([IXN]);
    expect(interactions.find(taken, 'S')).to.equal(undefined);
  });
});
