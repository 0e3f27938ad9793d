/**
 * The contact centre of the demo, as data. Four agents in the group Billing: alice answers, boris takes long to wrap up,
 * chloe rejects her first call, dinesh comes late and lets his first call ring. The last digit of a customer's number:
 *
 *   1 busy   2 no answer   3 answering machine   4 fax   5 silence   6 hangs up after 3 s   7 busy once, then a human
 *   8 no such number   9 by chance, from the seed   0 a human
 */
import type { CentreData } from './centre.js';

export const DEMO_CENTRE: CentreData = {
  agents: [
    { id: 'alice', dn: '7001', switch: 'SIP_Switch', place: 'Place_7001', groups: ['Billing'] },
    { id: 'boris', dn: '7002', switch: 'SIP_Switch', place: 'Place_7002', groups: ['Billing'], wrapUpMs: 15_000 },
    {
      id: 'chloe',
      dn: '7003',
      switch: 'SIP_Switch',
      place: 'Place_7003',
      groups: ['Billing'],
      rings: [{ kind: 'reject', afterMs: 4_000 }, { kind: 'answer' }],
    },
    {
      id: 'dinesh',
      dn: '7004',
      switch: 'SIP_Switch',
      place: 'Place_7004',
      groups: ['Billing'],
      readyAfterMs: 30_000,
      rings: [{ kind: 'ignore' }, { kind: 'answer', afterMs: 6_000 }],
    },
  ],
  customers: [
    { endsWith: '1', does: { kind: 'busy' } },
    { endsWith: '2', does: { kind: 'noAnswer' } },
    { endsWith: '3', does: { kind: 'machine' } },
    { endsWith: '4', does: { kind: 'fax' } },
    { endsWith: '5', does: { kind: 'silence' } },
    { endsWith: '6', does: { kind: 'human', patienceMs: 3_000 } },
    { endsWith: '7', does: [{ kind: 'busy' }, { kind: 'human' }] },
    { endsWith: '8', does: { kind: 'unreachable' } },
    {
      endsWith: '9',
      does: {
        kind: 'random',
        of: [
          { weight: 6, does: { kind: 'human' } },
          { weight: 2, does: { kind: 'noAnswer' } },
          { weight: 1, does: { kind: 'busy' } },
          { weight: 1, does: { kind: 'machine' } },
        ],
      },
    },
    { does: { kind: 'human' } },
  ],
  routePoints: ['8999'],
  entryPoints: ['8001'],
};
