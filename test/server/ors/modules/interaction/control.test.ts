import { expect } from 'chai';
import { Interactions } from '../../../../../server/ors/interactions.js';
import { interactionModule, interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { RouterPort } from '../../../../../server/routing/port.js';
import { memoryStore } from '../../../../../server/store/memory.js';
import type { Write } from '../../../../../server/store/port.js';
import type { CallView, LegId, Refusal, TelephonyPort } from '../../../../../server/voice/port.js';
import { createLog } from '../../../../../server/log.js';
import { IXN, network, perform, sessionOf, type Attributes, type Session } from '../bench.js';
import { holdToTable } from '../fields.js';

const ok = { ok: true } as const;
const refusal = (code: Refusal['code']): Refusal => ({ ok: false, code, text: 'the reason' });
const party = { leg: 'L1' as LegId, device: '8001', devicetype: 'routepoint' } as const;
const waiting: CallView = { type: 'inbound', ani: '5551', dnis: '0800', held: false, parties: [party] };

describe('the interaction module: whose a call is, and what is done with it', () => {
  let sessions: Record<'S' | 'T', Session>;
  let interactions: Interactions;
  let unheard: Write[];
  let call: CallView | undefined;
  let answers: Partial<TelephonyPort>;
  beforeEach(() => {
    sessions = { S: sessionOf('S'), T: sessionOf('T') };
    [unheard, call, answers] = [[], waiting, {}];
    const of = (sessionid: string): Session | undefined => (sessions as Record<string, Session>)[sessionid];
    interactions = new Interactions({
      voice: network({ call: () => call }),
      store: memoryStore(),
      tell: (id, { name, data }, writes) => of(id)?.context.raise(name, data as Attributes, writes) ?? false,
      write: async (writes) => void unheard.push(...writes),
      isActive: (id) => of(id)?.context.isActive() ?? false,
      log: createLog('silent'),
    });
  });
  afterEach(() => {
    for (const session of Object.values(sessions)) holdToTable(interactionTable, session.heard);
  });
  /** The session has the call, and has heard of that. */
  const owns = (who: 'S' | 'T' = 'S'): void => {
    interactions.add(IXN, '8001', who);
    sessions[who].heard.length = 0;
  };
  const act = async (name: string, more: Attributes = {}): Promise<Session['heard']> => {
    const voice = network({ call: () => call, ...answers });
    const module = interactionModule({ voice, router: {} as RouterPort, interactions });
    await perform(module, name, sessions.S, { interactionid: IXN, ...more });
    return sessions.S.heard;
  };
  const again = async (): Promise<void> => {
    sessions.S = sessions.S.again();
    await interactions.open();
  };
  const done = { requestid: 'r', interactionid: IXN };
  const failed = (error: string, description: string) => ({ ...done, error, description });
  const notOurs = `interaction "${IXN}" does not belong to this session (any more)`;

  describe('attach', () => {
    const taken = failed('invalidstate', `another session has interaction "${IXN}"`);
    const over = failed('invalidstate.null', `there is no interaction "${IXN}"`);
    const added = ['interaction.added', { interactionid: IXN, focusdeviceid: '8001' }];

    it('of a call that nobody has adds it to the session, then is done', async () => {
      expect(await act('attach')).to.deep.equal([added, ['interaction.attach.done', done]]);
      expect(sessions.S.writes).to.deep.equal([{ kind: 'interaction', interactionid: IXN, sessionid: 'S' }]);
    });

    it('of a call that the session has is done, so is one that is done again', async () => {
      owns();
      expect(await act('attach')).to.deep.equal([['interaction.attach.done', done]]);
      await again();
      expect(await act('attach')).to.deep.equal([['interaction.attach.done', done]]);
    });

    it('of a call of another session, or of none, is an error', async () => {
      owns('T');
      expect(await act('attach')).to.deep.equal([['error.interaction.attach', taken]]);
      call = undefined;
      expect((await act('attach'))[1]).to.deep.equal(['error.interaction.attach', over]);
    });

    it('of a call for which a session is being started is an error', async () => {
      expect([interactions.claim(IXN), interactions.claim(IXN)]).to.deep.equal([true, false]);
      expect(await act('attach')).to.deep.equal([['error.interaction.attach', taken]]);
      interactions.disclaim(IXN);
      expect((await act('attach')).at(-1)).to.deep.equal(['interaction.attach.done', done]);
    });

    it('of a session that ends meanwhile leaves the call to nobody', async () => {
      sessions.S.end();
      await act('attach');
      expect(interactions.free(IXN)).to.equal(IXN);
    });
  });

  describe('detach', () => {
    it('lets the call go: the end of the session does not end it', async () => {
      owns();
      expect(await act('detach')).to.deep.equal([['interaction.detach.done', done]]);
      expect([interactions.find(IXN, 'S'), interactions.free(IXN)]).to.deep.equal([undefined, IXN]);
      expect(unheard).to.deep.equal([{ kind: 'interaction.gone', interactionid: IXN }]);
      expect(interactions.release('S')).to.be.empty;
    });

    it('of a call that the session does not have is an error', async () => {
      expect(await act('detach')).to.deep.equal([['error.interaction.detach', failed('invalidstate', notOurs)]]);
    });

    it('that was done is done when it is done again', async () => {
      await again();
      expect(await act('detach')).to.deep.equal([['interaction.detach.done', done]]);
    });
  });

  describe('associate', () => {
    it('moves the call: the other session gets it, this one is told that it has gone', async () => {
      owns();
      expect(await act('associate', { sessionid: 'T' })).to.deep.equal([
        ['interaction.deleted', { interactionid: IXN, resultof: 'associate' }],
        ['interaction.notcontrolled', { interactionid: IXN }],
        ['interaction.associate.done', done],
      ]);
      expect(sessions.T.heard).to.deep.equal([
        ['interaction.added', { interactionid: IXN, focusdeviceid: '8001' }],
        ['interaction.present', { interactionid: IXN }],
      ]);
      expect(sessions.T.writes).to.deep.equal([{ kind: 'interaction', interactionid: IXN, sessionid: 'T' }]);
      expect(interactions.ownedBy('T')).to.deep.equal([IXN]);
      expect(interactions.release('S')).to.be.empty;
    });

    it('with the session itself changes nothing', async () => {
      owns();
      await act('associate', { sessionid: 'S' });
      expect(sessions.S.heard.at(-1)).to.deep.equal(['interaction.associate.done', done]);
      expect(interactions.find(IXN, 'S')).to.equal(IXN);
    });

    for (const [which, end] of [
      ['that is not there', 'nobody'],
      ['that has ended', 'T'],
    ] as const)
      it(`with a session ${which} is an error, and the call stays`, async () => {
        owns();
        sessions.T.end();
        const text = `there is no session "${end}" (any more)`;
        expect(await act('associate', { sessionid: end })).to.deep.equal([
          ['error.interaction.associate', failed('invalidsession', text)],
        ]);
        expect(interactions.find(IXN, 'S')).to.equal(IXN);
      });

    it('of a call of another session is an error', async () => {
      owns('T');
      expect(await act('associate', { sessionid: 'T' })).to.deep.equal([
        ['error.interaction.associate', failed('invalidstate.null', notOurs)],
      ]);
    });

    it('that was done is done when it is done again, and the other session is not given the call twice', async () => {
      owns('T');
      await again();
      await act('associate', { sessionid: 'T' });
      expect(sessions.S.heard.at(-1)).to.deep.equal(['interaction.associate.done', done]);
      expect(sessions.T.heard.map(([name]) => name)).not.to.include('interaction.added');
    });
  });

  describe('accept', () => {
    it('of a call that is there is done', async () => {
      owns();
      expect(await act('accept')).to.deep.equal([['interaction.accept.done', done]]);
    });

    it('of a call that is over, or of another session, is an error', async () => {
      expect(await act('accept')).to.deep.equal([['error.interaction.accept', failed('invalidstate.null', notOurs)]]);
      owns();
      call = undefined;
      const [, data] = (await act('accept'))[0] ?? [];
      expect(data).to.deep.equal(failed('invalidstate.null', `interaction "${IXN}" is over`));
    });
  });

  for (const name of ['accept', 'terminate'])
    it(`${name} of one party is an error, since networks act on whole calls`, async () => {
      owns();
      const [[event, data] = []] = await act(name, { resource: '7001' });
      expect([event, (data as { error: string }).error]).to.deep.equal([`error.interaction.${name}`, 'unknown']);
    });

  for (const name of ['hold', 'retrieve'] as const)
    describe(name, () => {
      it('asks the network, and is done', async () => {
        owns();
        answers = { [name]: async () => ok };
        expect(await act(name)).to.deep.equal([[`voice.${name}.done`, done]]);
      });

      const refusals: [Refusal['code'], string][] = [
        ['gone', 'invalidstate.null'],
        ['not-connected', 'invalidstate.ringing'],
        ['held', 'invalidstate.hold'],
        ['not-held', 'invalidstate'],
      ];
      for (const [code, error] of refusals)
        it(`that fails as ${code} is an error: ${error}`, async () => {
          owns();
          answers = { [name]: async () => refusal(code) };
          expect(await act(name)).to.deep.equal([[`error.voice.${name}`, failed(error, 'the reason')]]);
        });

      it('of a call of another session is an error, and asks nobody', async () => {
        expect(await act(name)).to.deep.equal([[`error.voice.${name}`, failed('invalidstate.null', notOurs)]]);
      });

      it('that was done is done when it is done again', async () => {
        owns();
        await again();
        answers = { [name]: async () => refusal(name === 'hold' ? 'held' : 'not-held') };
        expect(await act(name)).to.deep.equal([[`voice.${name}.done`, done]]);
      });
    });
});
