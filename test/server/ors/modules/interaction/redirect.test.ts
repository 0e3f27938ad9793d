import { expect } from 'chai';
import { interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { OfferOutcome } from '../../../../../server/routing/port.js';
import type { Refusal, RouteRequest, TelephonyPort } from '../../../../../server/voice/port.js';
import { interactionsOf, IXN, network, perform, type Attributes } from '../bench.js';
import { holdToTable } from '../fields.js';
import { notOurs, ok, Scene, to } from './scene.js';

const refusal = (code: Refusal['code']): Refusal => ({ ok: false, code, text: 'the reason' });

describe('the interaction module: redirect', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(() => {
    holdToTable(interactionTable, scene.session.heard);
  });

  describe('redirect', () => {
    const redirect = (route: TelephonyPort['route'], target: Attributes[string], hints = {}): Promise<void> =>
      perform(scene.moduleOn({ route }), 'redirect', scene.session, {
        interactionid: IXN,
        to: target,
        timeout: 10,
        hints,
      });

    it('to a DN routes the call there', async () => {
      scene.withCall();
      const asked: RouteRequest[] = [];
      const route: TelephonyPort['route'] = async (request) => {
        asked.push(request);
        return ok;
      };
      await redirect(route, '7001@SIP_Switch', { confirm: false, udata: { a: 1 } });
      expect(asked).to.deep.equal([
        {
          requestId: 'S/1/0',
          ixn: IXN,
          to: { kind: 'dn', value: '7001', switch: 'SIP_Switch' },
          ringTimeoutMs: 10_000,
          confirm: false,
          userData: { a: 1 },
        },
      ]);
      expect(scene.session.heard).to.deep.equal([
        ['interaction.redirect.done', { requestid: 'r', interactionid: IXN }],
      ]);
      expect(scene.confirmed).to.be.empty;
    });

    const resource = { dn: '7001', switch: 'SIP_Switch', reservation: 'R1' };

    it('to the resource of a selected target accepts its reservation', async () => {
      scene.withCall();
      await redirect(async () => ok, resource);
      expect(scene.confirmed).to.deep.equal([['R1', 'accepted']]);
    });

    const refusals: [code: Refusal['code'], error: string, outcome: OfferOutcome][] = [
      ['rejected', 'remote', 'rejected'],
      ['no-answer', 'remote', 'no-answer'],
      ['busy', 'remote', 'timeout'],
      ['unreachable', 'invaliddestination', 'timeout'],
      ['bad-argument', 'invaliddestination', 'timeout'],
      ['gone', 'invalidstate.null', 'timeout'],
      ['not-connected', 'invalidstate.ringing', 'timeout'],
      ['held', 'invalidstate.hold', 'timeout'],
      ['treating', 'invalidstate.treating', 'timeout'],
      ['routed', 'invalidstate.routed', 'timeout'],
    ];
    for (const [code, error, how] of refusals)
      it(`that fails as ${code} is an error, ${error}, and puts the request back as ${how}`, async () => {
        scene.withCall();
        await redirect(async () => refusal(code), resource);
        const data = { requestid: 'r', interactionid: IXN, error, reason: code, description: 'the reason' };
        expect(scene.session.heard).to.deep.equal([['error.interaction.redirect', data]]);
        expect(scene.confirmed).to.deep.equal([['R1', how]]);
      });

    it('of an interaction of another session is an error, asks nobody, and gives the agent back', async () => {
      scene.interactions.add(IXN, to, 'OTHER');
      await redirect(() => Promise.reject(new Error('asked')), resource);
      expect(scene.session.heard).to.deep.equal([
        [
          'error.interaction.redirect',
          { requestid: 'r', interactionid: IXN, error: 'invalidstate.null', reason: 'gone', description: notOurs(IXN) },
        ],
      ]);
      expect(scene.confirmed).to.deep.equal([['R1', 'timeout']]);
    });

    it('that fails when the session has ended meanwhile releases the call', async () => {
      scene.withCall();
      await redirect(async () => {
        scene.session.end();
        return refusal('no-answer');
      }, resource);
      expect(scene.released).to.deep.equal([IXN]);
    });

    describe('that another process does again for a session that is over', () => {
      const call = { type: 'inbound', ani: '', dnis: '', held: false, parties: [] } as const;
      const again = async (route: TelephonyPort['route'], holder: 'us' | 'other' = 'us'): Promise<void> => {
        scene.session = scene.session.again();
        scene.interactions = interactionsOf(scene.session, { voice: network({ call: () => call }) });
        await scene.interactions.open();
        scene.session.end();
        const module = scene.moduleOn({ route, holder: async () => holder });
        await perform(module, 'redirect', scene.session, { interactionid: IXN, to: '7001' });
      };

      it('releases the call when it fails', async () => {
        await again(async () => refusal('no-answer'));
        expect(scene.released).to.deep.equal([IXN]);
      });

      it('leaves it where somebody has it', async () => {
        await again(async () => refusal('busy'), 'other');
        expect(scene.released).to.deep.equal([]);
      });

      it('asks again when the adapter breaks', async () => {
        await again(() => Promise.reject(new Error('the adapter is broken')));
        expect([scene.session.retries, scene.released]).to.deep.equal([[1000], []]);
      });
    });

    it('to no DN is an error, and asks nobody', async () => {
      scene.withCall();
      await redirect(() => Promise.reject(new Error('asked')), {});
      expect(scene.session.heard[0]?.[1]).to.deep.include({ error: 'invaliddestination', reason: 'bad-argument' });
    });

    it('shows the number that the hints say', async () => {
      scene.withCall();
      const shown: unknown[] = [];
      const route: TelephonyPort['route'] = async ({ displayNumber }) => {
        shown.push(displayNumber);
        return ok;
      };
      await redirect(route, '7001', { extensions: { CPNDigits: '5557777' } });
      expect(shown).to.deep.equal(['5557777']);
    });

    it('of a call that nobody has routes it, and leaves it to nobody', async () => {
      const call = { type: 'inbound', ani: '', dnis: '', held: false, parties: [] } as const;
      scene.interactions = interactionsOf(scene.session, { voice: network({ call: () => call }) });
      await redirect(async () => ok, '7001');
      expect(scene.session.heard).to.deep.equal([
        ['interaction.redirect.done', { requestid: 'r', interactionid: IXN }],
      ]);
      expect(scene.interactions.find(IXN, 'S')).to.equal(undefined);
    });

    describe('to _STOP_', () => {
      const stop = (): Promise<void> => redirect(() => Promise.reject(new Error('routed')), '_STOP_');

      it('ends the call', async () => {
        scene.withCall();
        await stop();
        expect(scene.session.heard).to.deep.equal([
          ['interaction.redirect.done', { requestid: 'r', interactionid: IXN }],
        ]);
        expect(scene.released).to.deep.equal([IXN]);
      });

      it('of a call that is gone is an error, and done when it is done again', async () => {
        await stop();
        expect(scene.session.heard[0]?.[1]).to.deep.include({ error: 'invalidstate.null' });
        scene.session = scene.session.again();
        await scene.interactions.open();
        await stop();
        expect(scene.session.heard).to.deep.equal([
          ['interaction.redirect.done', { requestid: 'r', interactionid: IXN }],
        ]);
      });
    });

    describe('with detach', () => {
      const call = { type: 'inbound', ani: '', dnis: '', held: false, parties: [] } as const;
      let owners: unknown[];
      let unheard: unknown[];
      let isThere: boolean;
      beforeEach(() => {
        [owners, unheard, isThere] = [[], [], true];
        scene.interactions = interactionsOf(scene.session, {
          voice: network({ call: () => (isThere ? call : undefined) }),
          write: async (writes) => void unheard.push(...writes),
        });
        scene.withCall();
        scene.session.writes.length = 0;
      });
      const detaching = (route: TelephonyPort['route']): Promise<void> =>
        perform(
          scene.moduleOn({
            route: (request) => {
              owners.push(scene.interactions.find(IXN, 'S'));
              return route(request);
            },
          }),
          'redirect',
          scene.session,
          { interactionid: IXN, to: '8002', detach: 'true' },
        );
      const gone = { kind: 'interaction.gone', interactionid: IXN };
      const kept = { kind: 'interaction', interactionid: IXN, sessionid: 'S' };

      it('the call is nobody’s before it is routed, and stays so', async () => {
        await detaching(async () => ok);
        expect([owners, scene.interactions.find(IXN, 'S'), unheard]).to.deep.equal([[undefined], undefined, [gone]]);
        expect(scene.session.heard).to.deep.equal([
          ['interaction.redirect.done', { requestid: 'r', interactionid: IXN }],
        ]);
      });

      it('a call that cannot be routed is the session’s again', async () => {
        await detaching(async () => refusal('unreachable'));
        expect([scene.interactions.find(IXN, 'S'), unheard]).to.deep.equal([IXN, [gone, kept]]);
        expect(scene.session.heard.map(([name]) => name)).to.deep.equal(['error.interaction.redirect']);
      });

      it('a call that ends on the way is told as ended', async () => {
        await detaching(async () => {
          isThere = false;
          return refusal('gone');
        });
        expect(scene.session.heard.map(([name]) => name)).to.deep.equal([
          'interaction.deleted',
          'error.interaction.redirect',
        ]);
      });

      it('a network that breaks gives the call back', async () => {
        await detaching(() => Promise.reject(new Error('cut'))).catch(() => undefined);
        expect(scene.interactions.find(IXN, 'S')).to.equal(IXN);
      });
    });

    it('on a network that breaks gives the agent and the call back', async () => {
      scene.withCall();
      const work = redirect(() => Promise.reject(new Error('cut')), resource);
      expect(await work.catch(String)).to.equal('Error: cut');
      expect(scene.confirmed).to.deep.equal([['R1', 'timeout']]);
      expect(scene.interactions.release('S')).to.deep.equal([IXN]);
    });
  });
});
