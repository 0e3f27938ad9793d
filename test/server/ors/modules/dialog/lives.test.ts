import { expect } from 'chai';
import { runTreatments } from '../../../../../server/ors/modules/dialog/run.js';
import { sessionOf, type Attributes } from '../bench.js';
import { APP, element, four, type More, openStage, prompts, wellFormed } from './stage.js';

const treatments: readonly (readonly [name: string, Attributes, More])[] = [
  ...wellFormed,
  ['pause', { duration: 3 }, {}],
  ['runtreatments', {}, { children: ['a.wav', 'b.wav'].map((resource) => element('playsound', { resource })) }],
];

describe('a treatment whose session ends', () => {
  it('before it is stopped is not heard of, and has an end: stop', async () => {
    const stage = await openStage();
    stage.session.end();
    await stage.begin('stop');
    expect([stage.session.heard, stage.session.isOver()]).to.deep.equal([[], true]);
  });

  for (const [name, attributes, more] of treatments)
    it(`begins nothing more, ends, and sets no timer: ${name}`, async () => {
      const stage = await openStage([{ digits: '1234' }]);
      const acted = stage.begin(name, attributes, more);
      await stage.after(500);
      const heard = [...stage.session.heard];
      const begun = stage.heard.length;
      stage.session.end();
      await stage.module.ended?.('S');
      await stage.after(60_000);
      await acted;
      expect(stage.session.heard).to.deep.equal(heard);
      expect(stage.heard.slice(begun).filter((line) => !line.endsWith('stop'))).to.deep.equal([]);
    });

  it('leaves a prompt to its call, which somebody may be about to take, and takes away what waits for keys', async () => {
    const stage = await openStage();
    void stage.begin('playsound', { type: 'music', resource: 'music.wav' });
    await stage.after(500);
    await stage.module.ended?.('S');
    void stage.begin('collect', {}, { children: [four] });
    await stage.after(500);
    await stage.module.ended?.('S');
    await stage.after(0);
    expect(stage.heard).to.deep.equal(['0 music.wav again and again', '0.5 keys', '1 stop']);
  });
});

describe('a treatment that is done again', () => {
  for (const [name, attributes, more] of treatments.filter(([one]) => one !== 'pause'))
    it(`waits until it is known whose the call is: ${name}`, async () => {
      const stage = await openStage([{ digits: '1234' }]);
      const again = stage.session.again();
      void stage.begin(name, attributes, more, again);
      await stage.clock.settle();
      expect(stage.heard).to.deep.equal([]);
      await stage.interactions.open();
      await stage.clock.settle();
      expect(stage.heard).to.have.lengthOf(1);
    });

  for (const [name, attributes, more] of treatments)
    it(`is not heard twice where the network has stayed: ${name}`, async () => {
      const stage = await openStage([{ digits: '1234' }]);
      void stage.begin(name, attributes, more);
      await stage.after(500);
      const again = stage.session.again();
      await stage.interactions.open();
      void stage.begin(name, attributes, more, again);
      await stage.after(60_000);
      const done = `dialog.${name}.done`;
      const last = (heard: readonly (readonly [string, unknown])[]) => heard.filter(([event]) => event === done);
      expect(last(again.heard)).to.deep.equal(last(stage.session.heard));
      expect(last(again.heard)).to.have.lengthOf(1);
    });

  it('has what is left of its time', async () => {
    const stage = await openStage();
    const { context } = sessionOf();
    const since = stage.clock.now();
    await stage.after(7_000);
    const effect = { type: 'module', namespace: '', name: 'playsound', requestid: 'r', params: {} } as const;
    const attributes = { interactionid: stage.ixn, type: 'music', resource: 'a.wav', duration: 10 };
    const at = { line: 1, column: 1 };
    const action = stage.module.actions['playsound'];
    void action?.perform({ ...effect, attributes, content: undefined, children: [], at }, { ...context, since });
    await stage.after(10_000);
    expect(stage.heard).to.deep.equal(['7 a.wav again and again', '10 stop']);
  });

  it('is an error when the call is gone: another process cannot bring it back', async () => {
    const stage = await openStage();
    const again = stage.session.again();
    await stage.interactions.open();
    await stage.telephony.release(stage.ixn);
    await stage.begin('playsound', { resource: 'a.wav' }, {}, again);
    expect(again.heard.map(([name]) => name)).to.deep.equal(['error.dialog.playsound']);
  });
});

describe('runtreatments', () => {
  const sounds = [
    element('playsound', { resource: 'a.wav' }),
    element('pause', { duration: 2 }),
    element('play', {}, [prompts(['b.wav'])]),
    element('start', { type: 'applid' }, [element('param', { name: 'APP_URI', expr: APP })]),
  ];

  it('runs its children in order, without events of theirs', async () => {
    const stage = await openStage();
    void stage.begin('runtreatments', {}, { children: sounds });
    expect(await stage.after(19_999)).to.deep.equal([]);
    expect(await stage.after(1)).to.deep.equal([['dialog.runtreatments.done', {}]]);
    expect(stage.heard).to.deep.equal(['0 a.wav', '7 b.wav', `12 run ${APP}`]);
  });

  it('passes over a child that fails, and says so in the end', async () => {
    const stage = await openStage();
    void stage.begin('runtreatments', {}, { children: [element('playsound'), ...sounds.slice(0, 1)] });
    expect(await stage.after(5_000)).to.deep.equal([['error.dialog.runtreatments', { error: 'invalidattribute' }]]);
    expect(stage.heard).to.deep.equal(['0 a.wav']);
  });

  it('is over with the call', async () => {
    const stage = await openStage();
    void stage.begin('runtreatments', {}, { children: sounds });
    await stage.after(1_000);
    await stage.telephony.release(stage.ixn);
    stage.interactions.release('S');
    await stage.after(60_000);
    expect(stage.heard).to.deep.equal(['0 a.wav']);
    expect(stage.session.heard.map(([name]) => name)).to.deep.equal(['error.dialog.runtreatments']);
  });

  it('may stand for those of a queue, which stops them', async () => {
    const stage = await openStage();
    const { clock, telephony: voice, interactions, ixn } = stage;
    const audience = { sessionid: 'S', interactionid: ixn, key: 'S/9/0', since: clock.now() };
    const music = element('playsound', { type: 'music', resource: 'music.wav' });
    const running = runTreatments([music, ...sounds], audience, { voice, interactions, clock });
    await clock.advance(60_000);
    running.stop();
    expect(await running.ended).to.deep.equal({ ok: true, data: {} });
    expect(stage.session.heard).to.deep.equal([]);
  });
});
