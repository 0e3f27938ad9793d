/** `_genesys.statistic` and `_genesys.resource`, as documents of both kernels see them. */
import { expect } from 'chai';
import type { View } from '../../../../engine/platform.js';
import { platformOf } from '../../../../server/host/platform.js';
import { statisticModel } from '../../../../server/ors/model/statistic.js';
import { resourceModule } from '../../../../server/ors/modules/resource.js';
import { statisticNames } from '../../../../server/routing/statistic-names.js';
import { failureOf } from '../../../engine/datamodel/guest.js';
import { showing } from '../../../support/showing.js';
import { onBothKernels } from '../../../engine/datamodel/kernels.js';
import { agent, world } from '../../routing/world.js';

const centre = async (subscribed: readonly string[] = []) => {
  const { clock, router, submit } = world([
    agent('a', 'Sales', { skills: { English: 9 } }),
    agent('b', 'Sales', { placeGroups: ['Room'] }),
    agent('c.d', 'Big Sales', { place: 'a' }),
  ]);
  router.report('a', 'Ready');
  submit('1', { vq: 'VQ', targets: ['?:English < 3 & English>1@S.GA'] });
  await clock.advance(7_000);
  const model = statisticModel({ router, clock, subscribed: () => subscribed });
  return { clock, router, model };
};

const objects = [
  ...[
    'Sales@S.GA',
    'Sales@Another.GA',
    'a@S.A',
    'b@S.A',
    'Pa@S.AP',
    'Room@S.GP',
    'Big Sales@S.GA',
    'c.d@S.A',
    'a@S.AP',
  ],
  ...['VQ', 'VQ@Switch', 'VQ@Switch.Q', 'Unused', '?:English<3&English>1@S.GA', '?x: English > 5@S.GA', 'Nobody@S.GA'],
  ...['8000@S.RP', 'toString', '__proto__@S.GA', ''],
];

onBothKernels('_genesys.statistic', ({ ecmascript, Guest }) => {
  const resource = resourceModule({ agents: [agent('a', 'G'), agent('b', 'G', { place: 'Pa' })] });
  const valueOf = (expression: string, now: number, view: View | undefined, model = {}): unknown => {
    const statistic = { namespace: 'urn:s', actions: {}, model: model as never };
    const guest = new Guest({ values: [expression] }, ecmascript({ platform: platformOf([statistic, resource]) }));
    guest.scope.begin(now);
    guest.scope.setView(view);
    return guest.value(expression);
  };
  const all = `${JSON.stringify(objects)}.map((object) =>
    ${JSON.stringify(statisticNames)}.map((name) => _genesys.statistic.sData(object, name) ?? null))`;

  it('says what the router says, of every object and statistic', async () => {
    const { clock, router, model } = await centre(['?x:English>5@S.GA']);
    const said = valueOf(all, clock.now(), showing({ statistic: model.view('S') }), model);
    expect(said).to.deep.equal(
      objects.map((object) => statisticNames.map((name) => router.statistic(object, name) ?? null)),
    );
  });

  it('counts the time that somebody is ready until now, also in a picture that was made before', async () => {
    const { clock, model } = await centre();
    const view = showing({ statistic: model.view('S') });
    const expression = `_genesys.statistic.sData('Sales@S.GA', 'StatTimeInReadyState')`;
    expect(valueOf(expression, clock.now(), view, model)).to.equal(7);
    expect(valueOf(expression, clock.now() + 3_000, view, model)).to.equal(10);
  });

  it('knows nothing without a view', async () => {
    const { model } = await centre();
    expect(valueOf(`_genesys.statistic.sData('Sales@S.GA', 'StatAgentsTotal')`, 0, undefined, model)).to.equal(
      undefined,
    );
  });

  it('refuses a statistic that there is not', async () => {
    const { model } = await centre();
    const failure = failureOf(() => valueOf(`_genesys.statistic.sData('VQ', 'Moon')`, 0, undefined, model));
    expect(failure).to.match(/"Moon" is no statistic; those are RStatAgentsReady/);
  });

  const resources: readonly (readonly [expression: string, value: unknown])[] = [
    ['resourceType.CFGNoDN', 0],
    ['resourceType.CFGVirtACDQueue', 5],
    ['resourceType.CFGGVPDID', 32],
    ["agent('a')", { type: 'A', id: 'a', agent: 'a', place: 'Pa', dn: '7a', switch: 'SIP' }],
    ["place('Pa')", { type: 'AP', id: 'Pa', agent: 'a', place: 'Pa', dn: '7a', switch: 'SIP' }],
    ["dn('7b')", { type: 'DN', id: '7b', agent: 'b', place: 'Pa', dn: '7b', switch: 'SIP' }],
    ["agent('Pa')", undefined],
    ["dn('SIP')", undefined],
    ['agent(undefined)', undefined],
  ];
  for (const [expression, value] of resources)
    it(`_genesys.resource.${expression} is ${JSON.stringify(value)}`, () => {
      expect(valueOf(`_genesys.resource.${expression}`, 0, undefined)).to.deep.equal(value);
    });
});

describe('the picture of all statistics', () => {
  it('is the same object while nothing changes, and another one when something has', async () => {
    const { clock, router, model } = await centre();
    const first = model.view('A');
    await clock.advance(5_000);
    expect(model.view('B')).to.equal(first);
    router.report('b', 'Ready');
    expect(model.view('A'), 'for some milliseconds').to.equal(first);
    await clock.advance(1_000);
    const second = model.view('A');
    expect(second).not.to.equal(first);
    expect(model.view('A')).to.equal(second);
  });

  it('is made anew at once where a session is told that something has changed', async () => {
    const { router, model } = await centre();
    const first = model.view('A');
    router.report('b', 'Ready');
    model.refresh();
    expect(model.view('A')).not.to.equal(first);
  });
});
