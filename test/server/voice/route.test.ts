import { expect } from 'chai';
import type { Address, InteractionId, RouteRequest } from '../../../server/voice/port.js';
import { after, connect, request, scene, type Scene } from './scene.js';

const DN: Address = { kind: 'dn', value: '7001' };
const route = ({ telephony }: Scene, ixn: InteractionId, more: Partial<RouteRequest> = {}) =>
  telephony.route({ requestId: 'route', ixn, to: DN, ringTimeoutMs: 10_000, confirm: true, ...more });

/** The lines of the second leg and of the end. */
const tail = (made: Scene) => made.lines().filter((line) => / 2\b| released| deleted/.test(line));

describe('route to an agent', () => {
  it('rings the DN and is ok with the leg when the agent answers, which stops the music', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const music = made.telephony.play({ requestId: 'music', ixn, prompt: { file: 'music.wav', loop: true } });
    const routed = route(made, ixn);
    expect(await after(made.clock, 1_999, routed)).to.equal('pending');
    expect(await after(made.clock, 0, music)).to.equal('pending');
    expect(made.desktop.state).to.equal('Ringing');
    expect(await after(made.clock, 1, routed)).to.deep.equal({ ok: true, agentLeg: `${ixn}-2` });
    expect(await music).to.deep.equal({ ok: true, ended: 'stopped' });
    expect(made.desktop.state).to.equal('Busy');
    expect(tail(made)).to.deep.equal(['10000 ringing 2', '12000 established 2']);
  });

  it('ends both legs when the customer hangs up, and the agent wraps up', async () => {
    const made = await scene({ kind: 'human', talkMs: 30_000 }, { wrapUpMs: 7_000 });
    const ixn = await connect(made);
    void route(made, ixn);
    await made.clock.advance(32_000);
    expect(tail(made).slice(2)).to.deep.equal([
      '42000 released 2 local 5',
      '42000 released 1 remote 5',
      '42000 deleted',
    ]);
    expect(made.desktop.state).to.equal('AfterCallWork');
    await made.clock.advance(7_000);
    expect(made.desktop.state).to.equal('Ready');
  });

  it('ends both legs when the agent hangs up', async () => {
    const made = await scene({ kind: 'human' }, { rings: [{ kind: 'answer', talkMs: 20_000 }] });
    const ixn = await connect(made);
    void route(made, ixn);
    await made.clock.advance(22_000);
    expect(tail(made).slice(2)).to.deep.equal([
      '32000 released 2 remote 5',
      '32000 released 1 local 5',
      '32000 deleted',
    ]);
  });

  it('is rejected, the call goes on, and the agent stays ready', async () => {
    const made = await scene({ kind: 'human' }, { rings: [{ kind: 'reject', afterMs: 3_000 }, { kind: 'answer' }] });
    const ixn = await connect(made);
    expect(await after(made.clock, 3_000, route(made, ixn))).to.deep.include({ ok: false, code: 'rejected' });
    expect(made.desktop.state).to.equal('Ready');
    expect(tail(made)).to.deep.equal(['10000 ringing 2', '13000 released 2 remote 5']);
    const second = await after(made.clock, 2_000, route(made, ixn, { requestId: 'again' }));
    expect(second).to.deep.equal({ ok: true, agentLeg: `${ixn}-3` });
  });

  it('is not answered in time, and the agent is NotReady for a while', async () => {
    const made = await scene({ kind: 'human' }, { rings: [{ kind: 'ignore' }], notReadyAfterNoAnswerMs: 8_000 });
    const ixn = await connect(made);
    expect(await after(made.clock, 10_000, route(made, ixn))).to.deep.include({ ok: false, code: 'no-answer' });
    expect(made.desktop.state).to.equal('NotReady');
    await made.clock.advance(8_000);
    expect(made.desktop.state).to.equal('Ready');
  });

  it('is gone when the customer hangs up while it rings, and the agent is ready again', async () => {
    const made = await scene({ kind: 'human', patienceMs: 5_000 }, { rings: [{ kind: 'ignore' }] });
    const ixn = await connect(made);
    expect(await after(made.clock, 5_000, route(made, ixn))).to.deep.include({ ok: false, code: 'gone' });
    expect(made.desktop.state).to.equal('Ready');
    expect(tail(made)).to.deep.equal([
      '10000 ringing 2',
      '11000 released 2 local 21',
      '11000 released 1 remote 21',
      '11000 deleted',
    ]);
  });

  it('finds a phone busy that rings or talks, and one that is logged out or not there unreachable', async () => {
    const made = await scene({ kind: 'human' });
    const first = await connect(made);
    const second = await connect(made, { requestId: 'second' });
    const third = await connect(made, { requestId: 'third' });
    void route(made, first);
    expect(await route(made, second, { requestId: 'a' })).to.deep.include({ ok: false, code: 'busy' });
    expect(await route(made, first, { requestId: 'b' })).to.deep.include({ ok: false, code: 'busy' });
    const nowhere: Address = { kind: 'dn', value: '7999' };
    expect(await route(made, second, { requestId: 'c', to: nowhere })).to.deep.include({ code: 'unreachable' });
    await made.telephony.release(first);
    made.desktop.set('LoggedOut');
    expect(await route(made, third, { requestId: 'd' })).to.deep.include({ ok: false, code: 'unreachable' });
  });

  it('has nothing more to tell of a phone that did not ring', async () => {
    const made = await scene({ kind: 'human' });
    made.desktop.set('LoggedOut');
    await route(made, await connect(made));
    expect(made.timers.size).to.equal(0);
    await made.clock.advance(20_000);
    expect(tail(made)).to.deep.equal([]);
  });

  it('does not ring twice for the same request', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const [first, again] = [route(made, ixn), route(made, ixn)];
    expect(await after(made.clock, 2_000, Promise.all([first, again]))).to.deep.equal([
      { ok: true, agentLeg: `${ixn}-2` },
      { ok: true, agentLeg: `${ixn}-2` },
    ]);
  });

  it('attaches data before it rings', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made, { userData: { kept: 1 } });
    void route(made, ixn, { userData: { RouterData70: 5 } });
    expect(made.lines().slice(-2)).to.deep.equal(['10000 userDataChanged', '10000 ringing 2']);
    expect(made.telephony.getUserData(ixn)).to.deep.equal({ kept: 1, RouterData70: 5 });
  });
});

describe('route without confirmation', () => {
  it('is ok at once, and the agent answers later', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    expect(await route(made, ixn, { confirm: false })).to.deep.equal({ ok: true });
    await made.clock.advance(2_000);
    expect(tail(made)).to.deep.equal(['10000 ringing 2', '12000 established 2']);
  });

  it('ends the call when nobody takes it', async () => {
    const made = await scene({ kind: 'human' }, { rings: [{ kind: 'ignore' }] });
    const ixn = await connect(made);
    void route(made, ixn, { confirm: false });
    await made.clock.advance(10_000);
    expect(tail(made)).to.deep.equal([
      '10000 ringing 2',
      '20000 released 2 local 7',
      '20000 released 1 failure 7',
      '20000 deleted',
    ]);
  });
});

describe('route to elsewhere', () => {
  for (const kind of ['routePoint', 'dn'] as const)
    it(`hands the call to a route point, called a ${kind}, where the customer talks and hangs up`, async () => {
      const made = await scene({ kind: 'human', talkMs: 9_000 });
      const ixn = await connect(made);
      expect(await route(made, ixn, { to: { kind, value: '8999' } })).to.deep.equal({ ok: true });
      await made.clock.advance(9_000);
      expect(tail(made)).to.deep.equal(['19000 released 1 remote 5', '19000 deleted']);
    });

  it('says when there is no such place, or none of that kind', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const to = (kind: Address['kind'], value: string) =>
      route(made, ixn, { requestId: kind, to: { kind, value } as Address });
    expect(await to('routePoint', '1')).to.deep.include({ code: 'unreachable', text: 'There is no routePoint 1' });
    expect(await to('queue', 'Q')).to.deep.include({ code: 'unreachable' });
    expect(await to('number', '5551')).to.deep.include({ code: 'bad-argument' });
  });

  it('needs a call that is up', async () => {
    const made = await scene({ kind: 'noAnswer' });
    void made.telephony.createCall(request());
    const ixn = made.events[0]?.ixn ?? ('none' as InteractionId);
    expect(await route(made, ixn)).to.deep.include({ ok: false, code: 'not-connected' });
    await made.telephony.release(ixn);
    expect(await route(made, ixn, { requestId: 'late' })).to.deep.include({ ok: false, code: 'gone' });
  });
});
