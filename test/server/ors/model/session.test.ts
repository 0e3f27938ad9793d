/** `_genesys.session`, as documents of both kernels see it, and through a host where it changes. */
import { expect } from 'chai';
import type { Data } from '../../../../engine/event.js';
import { platformOf } from '../../../../server/host/platform.js';
import { sessionModel } from '../../../../server/ors/model/session.js';
import { tenantsOf } from '../../../../server/ors/tenants.js';
import { onBothKernels } from '../../../engine/datamodel/kernels.js';
import { failureOf } from '../../../engine/datamodel/guest.js';
import { hosted } from '../../host/hosted.js';
import { showing } from '../../../support/showing.js';

const configured = [
  {
    name: 'Resources',
    id: '101',
    timezone: 'Europe/Berlin',
    timezones: { Shop: 'America/Lima' },
    lists: { Cities: { Berlin: { prefix: '030', land: 'DE' } } },
    specialDays: {
      Holidays: ['2026-12-24', '01-01', { day: '12-31', from: '12:00', to: '24:00' }],
      Weekend: ['Saturday', 'Sunday'],
    },
    options: { strategy: { a: 'of strategy' }, tenant: { a: 'of tenant', greeting: 'hello' } },
  },
  { name: 'Other', lists: { Cities: { Lima: { prefix: '1' } } } },
];
const tenants = tenantsOf(configured, 'the test');
const server = () => ({ url: 'http://here', name: 'node1', cluster: 'ringback' });

/** What an expression is at a time. */
const cases: readonly (readonly [at: string, expression: string, value: unknown])[] = [
  ['2026-07-01T10:00:00Z', '[tenant, tenantid, server.url, server.name]', ['Resources', '101', 'http://here', 'node1']],
  ['2026-07-01T10:00:00Z', '[lookupseq.StartFromStrategy, lookupseq.StartFromTserver]', [-1, 3]],
  ['2026-07-01T10:00:00Z', '[day.Sunday, day.Saturday, dayInZone() === day.Wednesday]', [0, 6, true]],
  ['2026-07-01T10:00:00Z', "getListItemValue('Cities', 'Berlin', 'prefix')", '030'],
  ['2026-07-01T10:00:00Z', "getListItemValue('Cities', 'Berlin')", { prefix: '030', land: 'DE' }],
  ['2026-07-01T10:00:00Z', "listLookupValue('Cities', 'Rome', 'prefix')", undefined],
  ['2026-07-01T10:00:00Z', "getListItemValue('Cities', 'toString')", undefined],
  [
    '2026-07-01T10:00:05Z',
    "[timeInZone(), timeInZone('UTC'), timeInZone('Shop')]",
    ['12:00:05', '10:00:05', '05:00:05'],
  ],
  [
    '2026-01-01T10:00:05Z',
    "[timeInZone('CET'), timeInZone('America/Lima'), timeInZone('PST')]",
    ['11:00:05', '05:00:05', '02:00:05'],
  ],
  [
    '2026-07-01T23:30:00Z',
    "[dateInZone(), dateInZone('GMT'), dayInZone(), dayInZone('GMT')]",
    ['2026-07-02', '2026-07-01', 4, 3],
  ],
  ['2026-03-29T00:59:59Z', 'timeInZone()', '01:59:59'],
  ['2026-03-29T01:00:00Z', 'timeInZone()', '03:00:00'],
  ['2026-10-25T00:59:59Z', 'timeInZone()', '02:59:59'],
  ['2026-10-25T01:00:00Z', 'timeInZone()', '02:00:00'],
  ['2026-12-23T23:30:00Z', "[isSpecialDay('Holidays'), isSpecialDay('Holidays', '', 'GMT')]", [1, 0]],
  [
    '2026-07-01T10:00:00Z',
    "[isSpecialDay('Holidays', '2027-01-01'), isSpecialDay('Holidays', '01/01'), isSpecialDay('Holidays', new Date(0))]",
    [1, 1, 1],
  ],
  ['2026-07-04T10:00:00Z', "[isSpecialDay('Weekend'), isSpecialDay('Weekend', '07/06/2026')]", [1, 0]],
  ['2026-12-31T10:59:00Z', "[isSpecialDay('Holidays'), isSpecialDay('Holidays', '', '', true)]", [1, 0]],
  ['2026-12-31T11:00:00Z', "isSpecialDay('Holidays', '', '', true)", 1],
  ['2026-07-01T10:00:00Z', "getConfigOption('', 'a')", 'of strategy'],
  ['2026-07-01T10:00:00Z', "getConfigOption('', 'a', _genesys.session.lookupseq.StartFromTenant)", 'of tenant'],
  ['2026-07-01T10:00:00Z', "[getConfigOption('', 'greeting'), getConfigOption('', 'none')]", ['hello', undefined]],
];

const failures: readonly (readonly [expression: string, message: RegExp])[] = [
  ["getListItemValue('None', 'x')", /"None" is none of the lists of tenant Resources: Cities/],
  ["timeInZone('Mars')", /time zone "Mars" is not configured: name it in timezones of tenant Resources/],
  ["isSpecialDay('None')", /none of the specialDays/],
  ["isSpecialDay('Weekend', 'tomorrow')", /"tomorrow" is no day/],
];

onBothKernels('_genesys.session', ({ ecmascript, Guest }) => {
  const names = ['tenant', 'tenantid', 'server', 'lookupseq', 'day'];
  const functions = [
    'getListItemValue',
    'listLookupValue',
    'isSpecialDay',
    'timeInZone',
    'dateInZone',
    'dayInZone',
    'getConfigOption',
  ];
  const whole = (expression: string): string =>
    [...names, ...functions].reduce(
      (text, name) => text.replace(new RegExp(`(?<![.'\\w])${name}(?!\\w)`, 'g'), `_genesys.session.${name}`),
      expression,
    );
  const value = (at: string, expression: string): unknown => {
    const now = Date.parse(at);
    const model = sessionModel({ tenants, now: () => now, server });
    const text = whole(expression);
    const guest = new Guest(
      { values: [text] },
      ecmascript({ platform: platformOf([{ namespace: 'urn:s', actions: {}, model }]) }),
    );
    guest.scope.begin(now);
    guest.scope.setView(showing({ session: model.view('S') }));
    return guest.value(text);
  };

  for (const [at, expression, expected] of cases)
    it(`at ${at}, ${expression} is ${JSON.stringify(expected)}`, () => {
      expect(value(at, expression)).to.deep.equal(expected);
    });

  for (const [expression, message] of failures)
    it(`refuses ${expression}`, () => {
      expect(failureOf(() => value('2026-07-01T10:00:00Z', expression))).to.match(message);
    });
});

describe('the model of the session', () => {
  it('is the same object until a quarter of an hour is over', () => {
    let now = 0;
    const model = sessionModel({ tenants, now: () => now, server });
    const first = model.view('A');
    now = 899_999;
    expect(model.view('B')).to.equal(first);
    now = 900_000;
    expect(model.view('A')).not.to.equal(first);
  });

  it('has another tenant after setTenant, for that session, until it ends', async () => {
    const hosting = hosted({
      modules: [
        (() => {
          const model = sessionModel({ tenants, now: () => hosting.clock.now(), server });
          return { namespace: 'urn:s', actions: {}, model, ended: model.forget };
        })(),
      ],
    });
    const content = `<state id="s">
        <transition event="set"><script>_genesys.session.setTenant(_event.data)</script></transition>
        <transition event="say"><t:act say="_genesys.session.tenant + Object.keys(_genesys.session.own().lists.Cities)"/></transition>
        <transition event="error.session.settenant"><t:act say="_event.data.description"/></transition>
        <transition event="end" target="f"/>
      </state><final id="f"/>`;
    const send = async (id: string, name: string, data?: Data): Promise<void> => {
      await hosting.host.deliver(id, { name, data });
      await hosting.clock.settle();
    };
    const [one, two] = [await hosting.run(content), await hosting.run(content)];
    await send(one, 'set', 'Other');
    for (const id of [one, two]) await send(id, 'say');
    await send(one, 'set', 'Nobody');
    await send(one, 'set', 'Resources');
    await send(one, 'say');
    expect(hosting.acts).to.deep.equal([
      'OtherLima',
      'ResourcesBerlin',
      'there is no tenant "Nobody", but Resources, Other',
      'ResourcesBerlin',
    ]);
    await send(one, 'end');
    const { outbox } = await hosting.store.counts(hosting.clock.now());
    expect(outbox).to.include({ waiting: 0, due: 0 });
  });
});

describe('the file of tenants', () => {
  const mistakes: readonly (readonly [configured: unknown, ...messages: string[]])[] = [
    [{}, 'the file: must be a JSON list of tenants, one at least'],
    [[], 'the file: must be a JSON list of tenants, one at least'],
    [[1], 'tenant 1: must be a JSON object', 'tenant 1: name: must be a text'],
    [
      [{ name: 'A', list: {} }],
      'tenant 1: list: only name, id, timezone, timezones, lists, specialDays, options can be here',
    ],
    [
      [{ name: 'A', timezone: 'Mars/One' }],
      'tenant 1: timezone: "Mars/One" is no time zone of IANA, such as Europe/Berlin',
    ],
    [[{ name: 'A', lists: { l: { i: { k: [] } } } }], 'tenant 1: lists: l: i: k: must be a text'],
    [
      [{ name: 'A', lists: JSON.parse('{"__proto__": {}}') as unknown }],
      'tenant 1: lists: __proto__: only other names can be here',
    ],
    [
      [{ name: 'A', specialDays: { d: ['Someday'] } }],
      'tenant 1: specialDays: d: 1: "Someday" must be YYYY-MM-DD, MM-DD or one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday',
    ],
    [
      [{ name: 'A', specialDays: { d: [{ day: '12-24', from: '25:00' }] } }],
      'tenant 1: specialDays: d: 1: from must be a time, HH:MM',
    ],
    [
      [{ name: 'A', options: { place: {} } }],
      'tenant 1: options: place: only strategy, cdn, router, tenant, tserver can be here',
    ],
  ];
  for (const [given, ...messages] of mistakes)
    it(`is refused with every mistake: ${JSON.stringify(given)}`, () => {
      let message = '';
      try {
        tenantsOf(given, 'x.json');
      } catch (error) {
        message = error instanceof Error ? error.message : '';
      }
      expect(message.split('\n')).to.deep.equal(['The tenants of x.json cannot be used:', ...messages]);
    });
});
