import { expect } from 'chai';
import type { Interactions } from '../../../server/ors/interactions.js';
import { interactionTable } from '../../../server/ors/modules/interaction.js';
import type { CreateCallRequest, InteractionId, LegId, TelephonyEvent } from '../../../server/voice/port.js';
import { interactionsOf, IXN, sessionOf, type Session } from './modules/bench.js';
import { holdToTable } from './modules/fields.js';

type Untold<E> = E extends unknown ? Omit<E, 'at' | 'ixn'> : never;

const customer = 'I1-1' as LegId;
const agent = 'I1-2' as LegId;
const dn = { kind: 'dn', value: '7001' } as const;
const partyOf = (partyid: string, partystate: string, focusdeviceid: string, hints: object = { callstate: 0 }) => ({
  interactionid: IXN,
  partystate,
  focusdeviceid,
  partyid,
  hints,
});

/** What the network tells, one after the other, and what the session that has the call hears of each. */
const story: [event: Untold<TelephonyEvent>, name?: string, data?: object][] = [
  [{ type: 'dialing', leg: customer, request: { to: { kind: 'number', value: '555' } } as CreateCallRequest }],
  [
    { type: 'arrived', leg: customer, to: { kind: 'dn', value: '8002' } },
    'interaction.partystatechanged',
    partyOf(customer, 'queued', '8002', { callstate: 23, cause: 7, ccevent: 8 }),
  ],
  [
    { type: 'held', leg: customer },
    'interaction.partystatechanged',
    partyOf(customer, 'held', '8002', { callstate: 33 }),
  ],
  [{ type: 'retrieved', leg: customer }, 'interaction.partystatechanged', partyOf(customer, 'established', '8002')],
  [{ type: 'ringing', leg: agent, to: dn }, 'interaction.partystatechanged', partyOf(agent, 'ringing', '7001')],
  [
    { type: 'released', leg: agent, by: 'local', state: 7 },
    'interaction.partystatechanged',
    partyOf(agent, 'released', '7001', { callstate: 7 }),
  ],
  [{ type: 'established', leg: agent, to: dn }, 'interaction.partystatechanged', partyOf(agent, 'established', '7001')],
  [
    { type: 'diverted', leg: customer, from: '8002', to: dn },
    'interaction.ondivert',
    {
      interactionid: IXN,
      divertingdeviceid: '8002',
      divertingpartyid: customer,
      divertingpartystate: 'queued',
      newdestinationid: '7001',
      hints: { callstate: 22, cause: 7, ccevent: 13 },
    },
  ],
  [
    { type: 'joined', leg: 'I1-3' as LegId, to: { kind: 'number', value: '556' } },
    'interaction.partystatechanged',
    partyOf('I1-3', 'established', '556'),
  ],
  [
    { type: 'released', leg: 'I1-3' as LegId, by: 'remote', state: 5 },
    'interaction.partystatechanged',
    partyOf('I1-3', 'released', '556', { callstate: 5 }),
  ],
  [{ type: 'userDataChanged', set: { a: 1 }, removed: [] }, 'interaction.udata.changed', { interactionid: IXN }],
  [{ type: 'text', from: 'customer', text: 'hello' }, 'chat.message', { interactionid: IXN, text: 'hello' }],
  [{ type: 'text', from: 'agent', text: 'good day' }],
  [{ type: 'beep', leg: customer }],
  [{ type: 'cpd', state: 0, cause: 'human' }],
  [
    { type: 'merged', into: 'I2' as InteractionId },
    'interaction.onmerge',
    { frominteractionid: IXN, tointeractionid: 'I2' },
  ],
  [
    { type: 'released', leg: customer, by: 'remote', state: 21 },
    'interaction.abandoned',
    { interactionid: IXN, focusdeviceid: '8002' },
  ],
  [{ type: 'released', leg: customer, by: 'remote', state: 5 }],
  [{ type: 'deleted' }, 'interaction.deleted', { interactionid: IXN, resultof: 'deletion' }],
  [{ type: 'userDataChanged', set: {}, removed: [] }],
];

describe('what the network tells of a call', () => {
  let session: Session;
  let interactions: Interactions;
  beforeEach(() => {
    session = sessionOf();
    interactions = interactionsOf(session);
  });
  const report = (event: Untold<TelephonyEvent>, ixn = IXN): void => {
    interactions.report({ at: 0, ixn, ...event });
  };

  it('its session hears as the events of the interaction module', () => {
    interactions.add(IXN, '555', 'S');
    for (const [event, name, data] of story) {
      session.heard.length = 0;
      report(event);
      expect(session.heard, event.type).to.deep.equal(name === undefined ? [] : [[name, data]]);
      holdToTable(interactionTable, session.heard);
    }
  });

  it('no session hears when none has it, nor when another has it', () => {
    interactions.add(IXN, '555', 'OTHER');
    for (const [event] of story) report(event);
    for (const [event] of story) report(event, 'I9' as InteractionId);
    expect(session.heard).to.be.empty;
  });

  it('the session of the call that another became part of hears once, also when it has both', () => {
    const into = 'I2' as InteractionId;
    interactions.add(into, '555', 'S');
    report({ type: 'merged', into });
    expect(session.heard.slice(1)).to.deep.equal([
      ['interaction.onmerge', { frominteractionid: IXN, tointeractionid: into }],
    ]);
    interactions.add(IXN, '555', 'S');
    session.heard.length = 0;
    report({ type: 'merged', into });
    expect(session.heard.length).to.equal(1);
  });

  it('a call that comes back to a route point is left over when its session ends', () => {
    interactions.add(IXN, '555', 'S');
    interactions.handOver(IXN, true);
    report({ type: 'arrived', leg: customer, to: dn });
    expect(interactions.release('S')).to.deep.equal([IXN]);
  });
});
