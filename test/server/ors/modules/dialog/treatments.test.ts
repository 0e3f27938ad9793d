import { expect } from 'chai';
import type { ModuleEffect } from '../../../../../engine/effect.js';
import type { Press } from '../../../../../server/voice/simulated/behaviour.js';
import { APP, element, four, openStage, prompts, verification } from './stage.js';
import type { Attributes } from '../bench.js';

type More = Partial<ModuleEffect>;
const result = { treatment_result: { action: 'route_to_agent', message: 'OK' } };

describe('a treatment', () => {
  // prompts last 5 s; a key comes 1 s after the prompts, the next ones 0.2 s apart
  const rows: [
    title: string,
    name: string,
    Attributes,
    More,
    presses: Press[],
    heard: string[],
    data: object,
    s: number,
  ][] = [
    [
      'plays the prompts in turn',
      'play',
      { language: 'English (US)' },
      { children: [prompts(['a.wav', 'b.wav']), prompts(['c.wav'], 'tts')] },
      [],
      ['0 a.wav', '5 b.wav', '10 c.wav'],
      {},
      15,
    ],
    [
      'says announcements of the switch, numbers, announcements of users, and text',
      'play',
      {},
      {
        children: [
          element('prompts', {}, [
            element('prompt', { intid: 12 }),
            element('prompt', { number: '42', interrupt: 'true' }),
            element('prompt', { userannid: 7 }),
            element('prompt', { text: 'Hello' }),
          ]),
        ],
      },
      [],
      ['0 announcement:12', '5 number:42', '10 user-announcement:7', '15 text:Hello'],
      {},
      20,
    ],
    ['plays a sound', 'playsound', { resource: 'a.wav' }, {}, [], ['0 a.wav'], {}, 5],
    [
      'plays music for its duration',
      'playsound',
      { type: 'music', resource: 'a.wav', duration: '10 ' },
      {},
      [],
      ['0 a.wav again and again', '10 stop'],
      {},
      10,
    ],
    [
      'lets the customer hear ringing',
      'playsound',
      { type: 'ringback', duration: 60 },
      {},
      [],
      ['0 tone:ringback again and again', '60 stop'],
      {},
      60,
    ],
    [
      'collects as many digits as wanted',
      'collect',
      {},
      { children: [four] },
      [{ digits: '12345' }],
      ['0 keys'],
      { digits: '1234', reason: 'max_digits' },
      1.6,
    ],
    [
      'collects digits up to a key',
      'collect',
      {},
      { children: [four] },
      [{ digits: '12#' }],
      ['0 keys'],
      { digits: '12', reason: 'term_digits' },
      1.4,
    ],
    [
      'is broken off by a key',
      'collect',
      {},
      { children: [four] },
      [{ digits: '12*' }],
      ['0 keys'],
      { digits: '', reason: 'abort_digits' },
      1.4,
    ],
    [
      'asks, then collects',
      'playandcollect',
      {},
      { children: [prompts(['a.wav']), four] },
      [{ digits: '1234' }],
      ['0 keys a.wav'],
      { digits: '1234', reason: 'max_digits' },
      6.6,
    ],
    [
      'verifies digits, and says so',
      'playandverify',
      {},
      { children: verification },
      [{ digits: '1234' }],
      ['0 keys pin.wav', '6.6 right.wav'],
      { digits: '1234', reason: 'max_digits', verified: true },
      11.6,
    ],
    [
      'verifies digits once more',
      'playandverify',
      {},
      { children: verification },
      [{ digits: '9999' }, { digits: '1234' }],
      ['0 keys pin.wav', '6.6 keys again.wav', '13.2 right.wav'],
      { digits: '1234', reason: 'max_digits', verified: true },
      18.2,
    ],
    [
      'says that the digits stay wrong',
      'playandverify',
      {},
      { children: verification },
      [{ digits: '9999' }, { digits: '8888' }],
      ['0 keys pin.wav', '6.6 keys again.wav', '13.2 wrong.wav'],
      { digits: '8888', reason: 'max_digits', verified: false },
      18.2,
    ],
    [
      'is done by another device',
      'remote',
      { destination: '8500' },
      {},
      [],
      ['0 run 8500'],
      { destination: '8500' },
      4,
    ],
    [
      'is done by the default where the device is not reached',
      'remote',
      { destination: '8400', default: '8500' },
      {},
      [],
      ['0 run 8400', '0 run 8500'],
      { destination: '8500' },
      4,
    ],
    ['waits', 'pause', { duration: 3 }, {}, [], [], {}, 3],
  ];
  for (const [title, name, attributes, more, presses, heard, data, s] of rows)
    it(`${title}: ${name}`, async () => {
      const stage = await openStage(presses);
      void stage.begin(name, attributes, more);
      expect(await stage.after(s * 1000 - 1)).to.deep.equal([]);
      expect(await stage.after(1)).to.deep.equal([[`dialog.${name}.done`, data]]);
      expect(stage.heard).to.deep.equal(heard);
    });

  it('is an application, whose result is in the extensions: start', async () => {
    const stage = await openStage();
    void stage.begin('start', { type: 'applid' }, { params: { APP_URI: APP, LANGUAGE: 'English (US)' } });
    expect(await stage.after(7_999)).to.deep.equal([['dialog.start.requestid', {}]]);
    expect((await stage.after(1)).slice(1)).to.deep.equal([['dialog.start.done', { extensions: result }]]);
  });

  it('makes way for the next one, where it only fills time', async () => {
    const stage = await openStage();
    void stage.begin('playsound', { type: 'music', resource: 'music.wav' });
    await stage.after(1_000);
    void stage.begin('playsound', { resource: 'a.wav' });
    expect(await stage.after(0)).to.deep.equal([['dialog.playsound.done', {}]]);
    expect(await stage.after(5_000)).to.have.lengthOf(2);
  });
});

describe('stop', () => {
  it('ends what plays, and nothing follows', async () => {
    const stage = await openStage();
    void stage.begin('play', {}, { children: [prompts(['a.wav', 'b.wav'])] });
    await stage.after(1_000);
    void stage.begin('stop');
    expect(await stage.after(60_000)).to.have.deep.members([
      ['dialog.play.done', {}],
      ['dialog.stop.done', {}],
    ]);
    expect(stage.heard).to.deep.equal(['0 a.wav', '1 stop']);
  });

  it('ends a pause', async () => {
    const stage = await openStage();
    void stage.begin('pause', { duration: 100 });
    void stage.begin('stop');
    expect(await stage.after(0)).to.deep.include(['dialog.pause.done', {}]);
  });

  it('is done where nothing is to be stopped', async () => {
    const stage = await openStage();
    void stage.begin('stop');
    expect(await stage.after(0)).to.deep.equal([['dialog.stop.done', {}]]);
  });
});
