import { expect } from 'chai';
import { interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { CallView, InteractionId, TelephonyPort } from '../../../../../server/voice/port.js';
import { interactionsOf, IXN, perform, type Attributes } from '../bench.js';
import { holdToTable } from '../fields.js';
import { notOurs, Scene, to } from './scene.js';

const CONSULT = 'I2' as InteractionId;

describe('the interaction module: merge', () => {
  let scene: Scene;
  const asked: string[] = [];
  beforeEach(() => {
    scene = new Scene();
    asked.length = 0;
    scene.withCall();
    scene.interactions.add(CONSULT, to, 'S');
    scene.session.heard.length = 0;
  });
  afterEach(() => {
    holdToTable(interactionTable, scene.session.heard);
  });

  const answer =
    (name: string, result: object): TelephonyPort['transfer'] =>
    async (held, active) => {
      asked.push(`${name} ${held} ${active}`);
      return result as Awaited<ReturnType<TelephonyPort['transfer']>>;
    };
  const merge = async (attributes: Attributes = {}, result: object = { ok: true, ixn: IXN }) => {
    const module = scene.moduleOn({
      transfer: answer('transfer', result),
      conference: answer('conference', result),
    });
    await perform(module, 'merge', scene.session, { interactionid: IXN, active: CONSULT, ...attributes });
    return scene.session.heard.at(-1);
  };
  const done = ['interaction.merge.done', { requestid: 'r', interactionid: IXN }] as const;

  for (const [type, name] of [[undefined, 'conference'] as const, ['transfer', 'transfer'] as const])
    it(`makes one call of two by a ${name}${type === undefined ? ' where nothing else is said' : ''}`, async () => {
      const [event, data] = (await merge(type === undefined ? {} : { type })) ?? [];
      expect(asked).to.deep.equal([`${name} ${IXN} ${CONSULT}`]);
      expect([event, data]).to.deep.equal([
        done[0],
        { ...done[1], requestid: (data as { requestid: string }).requestid },
      ]);
    });

  const refusals: readonly (readonly [
    title: string,
    attributes: Attributes,
    result: object,
    error: string,
    text: string,
  ])[] = [
    ['a type that there is not', { type: 'blend' }, {}, 'unknown', 'type is none of transfer, conference'],
    ['a call of somebody else', { interactionid: 'I9' }, {}, 'invalidstate.null', notOurs('I9')],
    ['a consultation of somebody else', { active: 'I9' }, {}, 'invalidstate.null', notOurs('I9')],
    ...(
      [
        ['not-held', 'invalidstate'],
        ['held', 'invalidstate.hold'],
        ['not-connected', 'invalidstate.ringing'],
        ['gone', 'invalidstate.null'],
        ['busy', 'remote'],
        ['bad-argument', 'invaliddestination'],
      ] as const
    ).map(
      ([code, error]) =>
        [`what the network refuses as ${code}`, {}, { ok: false, code, text: 'so' }, error, 'so'] as const,
    ),
  ];
  for (const [title, attributes, result, error, description] of refusals)
    it(`says what is wrong with ${title}`, async () => {
      const [event, data] = (await merge(attributes, result)) ?? [];
      expect(event).to.equal('error.interaction.merge');
      expect(data).to.deep.include({ error, description });
    });

  it('leaves those who talk now alone when the session ends; what was not merged is released', async () => {
    await merge();
    scene.interactions.report({ at: 0, ixn: CONSULT, type: 'deleted' });
    await scene.moduleOn({}).ended?.('S');
    expect(scene.released).to.deep.equal([]);

    scene = new Scene();
    scene.withCall();
    scene.interactions.add(CONSULT, to, 'S');
    await merge({}, { ok: false, code: 'busy', text: 'so' });
    await scene.moduleOn({}).ended?.('S');
    expect(scene.released).to.deep.equal([IXN, CONSULT]);
  });

  for (const [held, event] of [
    [false, 'interaction.merge.done'],
    [true, 'error.interaction.merge'],
  ] as const)
    it(`that is done again when the consultation is gone and the call is ${held ? '' : 'not '}held: ${event}`, async () => {
      scene.session = scene.session.again();
      scene.interactions = interactionsOf(scene.session);
      await scene.interactions.open();
      scene.withCall();
      const view: CallView = { type: 'outbound', ani: '', dnis: to, held, parties: [] };
      const module = scene.moduleOn({ call: () => view });
      await perform(module, 'merge', scene.session, { interactionid: IXN, active: CONSULT });
      expect(scene.session.heard.map(([name]) => name)).to.deep.equal([event]);
    });
});
