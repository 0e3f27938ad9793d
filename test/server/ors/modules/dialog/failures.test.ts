import { expect } from 'chai';
import { dialogTable } from '../../../../../server/ors/modules/dialog.js';
import type { Attributes } from '../bench.js';
import { documentedErrors } from '../fields.js';
import { APP, element, four, input, type More, openStage, prompts, verification, wellFormed } from './stage.js';

describe('a treatment fails', () => {
  const tested = new Set<string>();
  const fails = (error: string, how: string, name: string, test: () => Promise<void>): void => {
    tested.add(`error.dialog.${name} ${error}`);
    it(`${error} ${how}: ${name}`, test);
  };

  const wrong: [title: string, name: string, Attributes, More][] = [
    ['without prompts', 'play', {}, {}],
    ['with a group of no prompts', 'play', {}, { children: [element('prompts')] }],
    ['with a group of eleven prompts', 'play', {}, { children: [prompts(Array<string>(11).fill('a.wav'))] }],
    ['with a prompt of no kind', 'play', {}, { children: [element('prompts', {}, [element('prompt')])] }],
    [
      'with a prompt of two kinds',
      'play',
      {},
      { children: [element('prompts', {}, [element('prompt', { intid: 1, text: 'x' })])] },
    ],
    ['without a sound', 'playsound', {}, {}],
    ['with a duration that is no time', 'playsound', { resource: 'a.wav', duration: 'long' }, {}],
    ['without an input', 'collect', {}, {}],
    ['with a number of digits that is none', 'collect', {}, { children: [input({ max_digits: 'many' })] }],
    ['without an input', 'playandcollect', {}, { children: [prompts(['a.wav'])] }],
    ['without digits to compare with', 'playandverify', {}, { children: [prompts(['a.wav']), four] }],
    ['with a type that is not applid', 'start', { type: 'music' }, { params: { APP_URI: APP } }],
    ['without an application', 'start', { type: 'applid' }, {}],
    ['without a destination', 'remote', { destination: '' }, {}],
    ['without a duration', 'pause', { duration: '' }, {}],
    ['with a child that has no sound', 'runtreatments', {}, { children: [element('playsound')] }],
  ];
  for (const [title, name, attributes, more] of wrong)
    fails('invalidattribute', title, name, async () => {
      const stage = await openStage();
      await stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidattribute' }]);
      expect(stage.heard).to.deep.equal([]);
    });

  const onCall = [
    ...wellFormed,
    ['runtreatments', {}, { children: [element('playsound', { resource: 'a.wav' })] }] as const,
  ];
  for (const [name, attributes, more] of [...onCall, ['stop', {}, {}] as const]) {
    fails('invalidstate.null', 'on the interaction of another session, and asks nobody', name, async () => {
      const stage = await openStage();
      stage.interactions.release('S');
      await stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidstate.null' }]);
      expect(stage.heard).to.deep.equal([]);
    });
  }
  for (const [name, attributes, more] of onCall) {
    fails('invalidstate.null', 'when the customer hangs up', name, async () => {
      const stage = await openStage();
      void stage.begin(name, attributes, more);
      await stage.after(1_000);
      await stage.telephony.release(stage.ixn);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidstate.null' }]);
    });
    fails('invalidstate.hold', 'while the customer is on hold', name, async () => {
      const stage = await openStage();
      await stage.telephony.hold(stage.ixn);
      await stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidstate.hold' }]);
    });
    fails('invalidstate.treating', 'while keys are collected', name, async () => {
      const stage = await openStage();
      void stage.begin('collect', {}, { children: [four] });
      await stage.after(1_000);
      void stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidstate.treating' }]);
    });
    fails('invalidstate.routed', 'when an agent has the customer', name, async () => {
      const stage = await openStage();
      const to = { kind: 'dn', value: '7001' } as const;
      void stage.telephony.route({ requestId: 'x', ixn: stage.ixn, to, ringTimeoutMs: 9_000, confirm: true });
      await stage.after(9_000);
      await stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'invalidstate.routed' }]);
    });
  }

  const cancelled = wellFormed.filter(([name]) => !name.startsWith('play') || name.startsWith('playand'));
  const children = (child: ReturnType<typeof element>) => ['runtreatments', {}, { children: [child] }] as const;
  for (const [name, attributes, more] of [...cancelled, children(element('collect', {}, [four]))])
    fails('cancelled', 'when it is stopped', name, async () => {
      const stage = await openStage([{ digits: '1' }]);
      void stage.begin(name, attributes, more);
      await stage.after(500);
      void stage.begin('stop');
      const heard = await stage.after(0);
      expect(heard).to.deep.include.members([
        ['dialog.stop.done', {}],
        [`error.dialog.${name}`, { error: 'cancelled' }],
      ]);
    });

  for (const name of ['collect', 'playandcollect', 'playandverify'])
    fails('timeout', 'with the digits there are, when the input does not end', name, async () => {
      const stage = await openStage([{ digits: '12' }, { digits: '34' }]);
      void stage.begin(name, {}, { children: verification });
      expect(await stage.after(70_000)).to.deep.equal([
        [`error.dialog.${name}`, { error: 'timeout', digits: name === 'playandverify' ? '34' : '12' }],
      ]);
      if (name === 'playandverify') expect(stage.heard.at(1)).to.match(/late\.wav$/);
    });

  fails('timeout', 'when the input of a child does not end', 'runtreatments', async () => {
    const stage = await openStage();
    const child = element('collect', {}, [input({ max_digits: 4, total_timeout: 3 })]);
    void stage.begin('runtreatments', {}, { children: [child] });
    expect(await stage.after(3_000)).to.deep.equal([['error.dialog.runtreatments', { error: 'timeout', digits: '' }]]);
  });

  fails('timeout', 'when the application does not end', 'start', async () => {
    const stage = await openStage();
    void stage.begin('start', { type: 'applid', timeout: 3 }, { params: { APP_URI: APP } });
    expect((await stage.after(3_000)).at(-1)).to.deep.equal(['error.dialog.start', { error: 'timeout' }]);
  });

  const afar: [name: string, Attributes, More][] = [
    ['start', { type: 'applid' }, { params: { APP_URI: 'http://no.such/app' } }],
    ['remote', { destination: '8400', default: '8401' }, {}],
    ['runtreatments', {}, { children: [element('remote', { destination: '8400' })] }],
  ];
  for (const [name, attributes, more] of afar)
    fails('remote', 'when the media server does not reach it', name, async () => {
      const stage = await openStage();
      await stage.begin(name, attributes, more);
      expect((await stage.after(0)).at(-1)).to.deep.equal([`error.dialog.${name}`, { error: 'remote' }]);
    });

  it('in every way that is documented', () => {
    expect([...tested]).to.include.members(documentedErrors(dialogTable));
  });
});
