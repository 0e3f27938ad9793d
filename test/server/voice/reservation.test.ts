import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { CallState, type CreateCallRequest, type InteractionId, type Reservation } from '../../../server/voice/port.js';
import type { AgentScript } from '../../../server/voice/simulated/desktop.js';
import { Reservations } from '../../../server/voice/simulated/reservations.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { after, connect, request, scene } from './scene.js';

const agent = { kind: 'dn', value: '7001', switch: 'Far' } as const;
const trunk = { kind: 'trunkGroup', value: 'TG_Out', switch: 'Near' } as const;
const quick: AgentScript = { rings: [{ kind: 'answer', afterMs: 1_000 }] };

const opened = (script = quick) =>
  scene({ kind: 'human' }, script, {
    trunkGroups: { TG_Out: {}, TG_Small: { trunks: 1 } },
    externalRoutePoints: { Far: { name: '9100', afterMs: 2_000 } },
    staff: [{ id: 'alice', dn: '7001', place: 'Place_7001' }],
    entryPoints: ['8001'],
  });

const asked = (reservation: Reservation, more: Partial<CreateCallRequest> = {}): CreateCallRequest =>
  request({ from: trunk, to: agent, reservation, ...more });

describe('trunk groups', () => {
  it('dial customers and agents by their name', async () => {
    const made = await opened();
    const ixn = await connect(made, { from: trunk });
    expect(made.telephony.call(ixn)).to.deep.include({ type: 'outbound', ani: 'TG_Out' });
    const other = made.telephony.createCall(
      request({ requestId: '2', from: trunk, to: { kind: 'dn', value: '7001' } }),
    );
    expect(await after(made.clock, 1_000, other)).to.deep.include({ connected: true });
  });

  it('that nobody has configured dial nothing, and say which there are', async () => {
    const { telephony, events } = await opened();
    const result = await telephony.createCall(request({ from: { kind: 'trunkGroup', value: 'constructor' } }));
    expect(result).to.deep.include({ connected: false, state: CallState.GeneralError });
    expect(result).to.have.nested.property(
      'cause.text',
      'There is no trunk group constructor; there are: TG_Out, TG_Small',
    );
    expect(events).to.deep.equal([]);
  });

  it('have so many trunks, beside those of the others', async () => {
    const made = await opened();
    const small = { kind: 'trunkGroup', value: 'TG_Small' } as const;
    const first = await connect(made, { from: small });
    const second = await made.telephony.createCall(request({ requestId: '2', from: small }));
    expect(second).to.deep.include({ connected: false, state: CallState.AllTrunksBusy });
    await connect(made, { requestId: '3', from: trunk });
    await made.telephony.release(first);
    await connect(made, { requestId: '4', from: small });
  });

  it('can be told from agents and route points by their name', async () => {
    const { telephony } = await opened();
    const kinds = ['TG_Out', '7001', '8001', '8999', '5551000', 'toString'].map((name) => telephony.deviceAt(name));
    expect(kinds).to.deep.equal(['trunkGroup', 'dn', 'routePoint', 'routePoint', undefined, undefined]);
  });
});

describe('an agent who is reserved while a call is on its way', () => {
  it('is rung when the call has passed the external route point', async () => {
    const { clock, telephony, lines, events } = await opened();
    const called = telephony.createCall(asked({ durationMs: 15_000, agent: 'alice', place: 'Place_7001' }));
    await clock.advance(1_999);
    const ixn = events[0]?.ixn ?? ('' as InteractionId);
    expect(telephony.call(ixn)?.parties).to.deep.include({ leg: `${ixn}-1`, device: '9100', devicetype: 'routepoint' });
    expect(lines()).to.deep.equal(['0 dialing 1']);
    expect(await after(clock, 1_001, called)).to.deep.include({ connected: true });
    expect(lines()).to.deep.equal(['0 dialing 1', '2000 ringing 1', '3000 established 1']);
    expect(telephony.call(ixn)?.parties).to.deep.include({ leg: `${ixn}-1`, device: '7001', devicetype: 'agent' });
  });

  it('is not rung by a call that comes too late', async () => {
    const { clock, telephony, desktop, events } = await opened();
    const result = await after(clock, 2_000, telephony.createCall(asked({ durationMs: 1_999 })));
    expect(result).to.deep.include({ connected: false, state: CallState.GeneralError });
    expect(result).to.have.nested.property('cause.text').that.contains('was over before the call came to 9100');
    expect(desktop.state).to.equal('Ready');
    expectWellFormed(events);
  });

  it('is busy for everybody else until the call rings, and not reserved any more then', async () => {
    const { clock, telephony, desktop } = await opened();
    const other = (requestId: string) => request({ requestId, to: { kind: 'dn', value: '7001' } });
    void telephony.createCall(asked({ durationMs: 15_000, priority: 5 }));
    for (const [requestId, priority] of [
      ['lower', 4],
      ['equal', 5],
    ] as const)
      expect(await telephony.createCall(asked({ durationMs: 1, priority }, { requestId }))).to.deep.include({
        state: 6,
      });
    const refused = await telephony.createCall(other('2'));
    expect(refused).to.deep.include({ connected: false, state: CallState.Busy });
    expect(refused).to.have.nested.property('cause.text', 'DN 7001 is kept for another call');
    await clock.advance(3_000);
    expect(desktop.hangUp()).to.equal(true);
    await clock.advance(5_000);
    expect(await after(clock, 1_000, telephony.createCall(other('3')))).to.deep.include({ connected: true });
  });

  it('goes to a call of higher priority, and the other one does not ring', async () => {
    const { clock, telephony, events } = await opened();
    const first = telephony.createCall(asked({ durationMs: 15_000 }));
    await clock.advance(1_000);
    const second = telephony.createCall(asked({ durationMs: 15_000, priority: 1_000 }, { requestId: '2' }));
    expect(await after(clock, 1_000, first)).to.deep.include({ connected: false, state: CallState.GeneralError });
    expect(await after(clock, 2_000, second)).to.deep.include({ connected: true });
    await telephony.stop();
    expectWellFormed(events);
  });

  it('is free again when the call is released on its way', async () => {
    const { clock, telephony, events, timers } = await opened();
    const called = telephony.createCall(asked({ durationMs: 15_000 }));
    await clock.advance(500);
    await telephony.release(events[0]?.ixn ?? ('' as InteractionId));
    expect(await called).to.deep.include({ connected: false, state: CallState.Cleared });
    expect(timers.size).to.equal(0);
    const next = telephony.createCall(request({ requestId: '2', to: { kind: 'dn', value: '7001' } }));
    expect(await after(clock, 1_000, next)).to.deep.include({ connected: true });
  });

  for (const [who, wrong] of [
    ['agent', { agent: 'bob' }],
    ['place', { place: 'Place_7002' }],
  ] as const)
    it(`has to be the ${who} that the reservation names`, async () => {
      const { telephony, events } = await opened();
      const result = await telephony.createCall(asked({ durationMs: 15_000, ...wrong }));
      expect(result).to.have.nested.property('cause.text', `The ${who} ${Object.values(wrong)[0]} is not at DN 7001`);
      expect(events).to.deep.equal([]);
    });

  it('is no customer', async () => {
    const { telephony } = await opened();
    const result = await telephony.createCall(request({ reservation: { durationMs: 1 } }));
    expect(result).to.have.nested.property('cause.text').that.contains('needs a DN');
  });

  it('gets a call that is routed so; nobody is told of a leg that never rang', async () => {
    for (const [durationMs, code] of [
      [15_000, undefined],
      [1_000, 'unreachable'],
    ] as const) {
      const made = await opened();
      const ixn = await connect(made);
      const reservation = { durationMs };
      const to = { requestId: 'r', ixn, to: agent, ringTimeoutMs: 9_000, confirm: true, reservation };
      const result = await after(made.clock, 3_000, made.telephony.route(to));
      expect(result).to.deep.include(code === undefined ? { ok: true } : { ok: false, code });
      if (code) expect(await made.telephony.holder(ixn)).to.equal('us');
      await made.telephony.release(ixn);
      expectWellFormed(made.events);
    }
  });

  it('is rung at once from the same switch', async () => {
    const { clock, telephony } = await opened();
    const near = { ...trunk, switch: 'Far' };
    const called = telephony.createCall(asked({ durationMs: 1 }, { from: near }));
    expect(await after(clock, 1_000, called)).to.deep.include({ connected: true });
  });

  it('can be busy by then', async () => {
    const { clock, telephony, desktop, events } = await opened();
    desktop.login();
    const called = telephony.createCall(asked({ durationMs: 15_000 }));
    desktop.logout();
    expect(await after(clock, 2_000, called)).to.deep.include({ connected: false, state: CallState.GeneralError });
    expectWellFormed(events);
  });
});

describe('reservations', () => {
  it('end only what they are for', () => {
    const kept = new Reservations(virtualClock());
    const [one, other] = ['one', 'other'] as InteractionId[];
    if (one === undefined || other === undefined) throw new Error('two calls');
    expect(kept.reserve('7001', one, { durationMs: 10 })).to.equal(true);
    kept.end('7001', other);
    expect([kept.isKeptFor('7001', one), kept.isKeptForOthers('7001', other)]).to.deep.equal([true, true]);
    kept.end('7001', one);
    expect(kept.isKeptForOthers('7001', other)).to.equal(false);
  });
});
