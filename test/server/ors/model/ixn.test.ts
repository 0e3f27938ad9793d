import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import type { Interactions } from '../../../../server/ors/interactions.js';
import { ixnModel, ixnTable } from '../../../../server/ors/model/ixn.js';
import { interactionTable } from '../../../../server/ors/modules/interaction.js';
import type { InteractionServices } from '../../../../server/ors/modules/interaction/services.js';
import type { CallView, InteractionId, LegId, TelephonyPort, UserData } from '../../../../server/voice/port.js';
import { interactionsOf, IXN, network, perform, sessionOf, type Attributes, type Session } from '../modules/bench.js';
import { holdToTable } from '../modules/fields.js';

const leg = 'I1-1' as LegId;
const call: CallView = {
  type: 'inbound',
  ani: '5551',
  dnis: '0800',
  ced: '42',
  parent: 'I0' as InteractionId,
  held: false,
  parties: [
    { leg, device: '5551', devicetype: 'unknown' },
    { leg, device: '8001', devicetype: 'routepoint' },
  ],
};
const shown = {
  g_uid: IXN,
  tenantid: '1',
  parentid: 'I0',
  udata: { a: 1 },
  xdata: {},
  location: { media_server: 'test' },
  parties: {
    [leg]: { device: '5551', devicetype: 'unknown' },
    [`${leg}-8001`]: { device: '8001', devicetype: 'routepoint' },
  },
  voice: { type: 'inbound', media: 0, ani: '5551', dnis: '0800', callid: IXN, connid: IXN, ced: '42' },
};

describe('_genesys.ixn', () => {
  let session: Session;
  let interactions: Interactions;
  let userData: UserData;
  let asked: unknown[];
  beforeEach(() => {
    [session, userData, asked] = [sessionOf(), { a: 1 }, []];
    interactions = interactionsOf(session);
  });
  const model = (more: Partial<TelephonyPort> = {}) => {
    const voice = network({
      name: 'test',
      call: (ixn) => (ixn === 'over' ? undefined : call),
      getUserData: () => userData,
      updateUserData: async (...args) => {
        asked.push(args);
        return { ok: true };
      },
      ...more,
    });
    return ixnModel({ voice, interactions } as unknown as InteractionServices);
  };

  it('shows the interactions of a session by id and by index, and the id of the first', () => {
    interactions.add(IXN, '8001', 'S');
    interactions.add('I2' as InteractionId, '8001', 'S');
    interactions.add('over' as InteractionId, '8001', 'S');
    interactions.add('I4' as InteractionId, '8001', 'OTHER');
    const second = { ...shown, g_uid: 'I2', voice: { ...shown.voice, callid: 'I2', connid: 'I2' } };
    expect(model().view('S')).to.deep.equal({
      interactions: { [IXN]: shown, '0': shown, I2: second, '1': second },
      firstixnid: IXN,
    });
  });

  it('shows a chat as a chat', () => {
    interactions.add(IXN, 'ann', 'S');
    for (const [type, shownType] of [
      ['inbound', 'InboundNew'],
      ['outbound', 'OutboundNew'],
    ] as const) {
      const { interactions: all } = model({ call: () => ({ ...call, media: 'chat', type }) }).view('S');
      const one = (all as unknown as Record<string, object>)[IXN];
      expect(one).to.deep.include({ chat: { type: shownType, media: 5, externalID: IXN } });
      expect(one).not.to.have.property('voice');
    }
  });

  it('shows none to a session that has none', () => {
    expect(model().view('S')).to.deep.equal({ interactions: {} });
  });

  it('is the same object while nothing has changed', () => {
    interactions.add(IXN, '8001', 'S');
    const shows = model();
    const before = shows.view('S');
    expect(shows.view('S')).to.equal(before);
    userData = { a: 2 };
    expect(shows.view('S')).not.to.equal(before);
    shows.forget('S');
    expect(shows.view('S')).to.deep.equal({ ...before, ...shows.view('S') });
  });

  describe('its library', () => {
    interface Library {
      readonly callState: Record<string, number>;
      readonly getuData: (key?: string, id?: string) => unknown;
      readonly getMediaIntValue: (name: string) => number;
    }
    const library = (view: object): Library => Object.assign(runInNewContext(`(${ixnTable.library})`) as Library, view);
    const view = { interactions: { [IXN]: { udata: { a: 1 } }, '0': { udata: { a: 1 } }, I2: { udata: { b: 2 } } } };

    it('knows the call states of the guide', () => {
      expect(library({}).callState).to.include({ Ok: 0, NoAnswer: 7, SilDetected: 8, AnsweringMachineDetected: 9 });
      expect(library({}).callState).to.include({ FaxDetected: 17 });
    });

    it('reads user data of the first interaction, or of the one that is named', () => {
      const ixn = library(view);
      expect(ixn.getuData('a')).to.equal(1);
      expect(ixn.getuData('b', 'I2')).to.equal(2);
      expect(ixn.getuData(undefined, 'I2')).to.deep.equal({ b: 2 });
      expect(ixn.getuData('a', 'I9')).to.equal(undefined);
      expect(library({}).getuData('a')).to.equal(undefined);
    });

    for (const [name, value] of [
      ['TMediaVoice', 0],
      ['Chat', 5],
      ['TMediaSMS', 17],
      ['Smoke', -1],
      ['constructor', -1],
    ] as const)
      it(`says that the number of ${name} is ${value}`, () => {
        expect(library({}).getMediaIntValue(name)).to.equal(value);
      });
  });

  describe('its functions', () => {
    const ask = async (name: 'setuData' | 'deleteuData', args: Attributes[string], more?: Partial<TelephonyPort>) => {
      const { functions = {} } = model(more);
      await perform({ namespace: 'n', actions: functions }, name, session, { args });
      session.heard.forEach((event) => holdToTable(interactionTable, [event]));
      return session.heard;
    };
    const own = (): void => {
      interactions.add(IXN, '8001', 'S');
      session.heard.length = 0;
    };

    for (const [name, args, sent] of [
      ['setuData', [{ b: 2 }], [IXN, { b: 2 }]],
      ['setuData', [{ b: 2 }, IXN], [IXN, { b: 2 }]],
      ['deleteuData', ['a'], [IXN, {}, ['a']]],
      ['deleteuData', [['a', 'b'], IXN], [IXN, {}, ['a', 'b']]],
      ['deleteuData', [], [IXN, {}, ['a']]],
    ] as const)
      it(`${name}(${JSON.stringify(args).slice(1, -1)}) asks the network, which says when it is done`, async () => {
        own();
        userData = { 'OP-Session-ID': 'S', a: 1 };
        expect(await ask(name, args)).to.be.empty;
        expect([asked, session.isOver()]).to.deep.equal([[sent], true]);
      });

    for (const [name, error] of [
      ['setuData', 'error.interaction.setudata'],
      ['deleteuData', 'error.interaction.deleteudata'],
    ] as const)
      it(`${name} of an interaction that the session does not have, or that is over, is ${error}`, async () => {
        const [[event, data] = []] = await ask(name, [{}, 'I9']);
        expect(event).to.equal(error);
        expect(data).to.deep.include({ interactionid: 'I9', error: 'invalidstate.null' });
        own();
        const gone = { ok: false, code: 'gone', text: 'over' } as const;
        await ask(name, [{}], { updateUserData: async () => gone });
        const last = { requestid: 'r', interactionid: IXN, error: 'invalidstate.null', description: 'over' };
        expect(session.heard.at(-1)).to.deep.equal([error, last]);
      });
  });
});
