/**
 * The contact centre of the demo, as data: agents for two queues, of which `demo-services.ts` of gms has the targets. VQ_Billing waits
 * for the group Billing, VQ_Support for the skill Technical from 3 on; chloe and dinesh are shared. alice and emma answer, boris takes
 * long to wrap up, farid to answer, chloe rejects her first call, dinesh comes late and lets his first call ring.
 * The last digit of a customer's number:
 *
 *   1 busy   2 no answer   3 answering machine   4 fax   5 silence   6 hangs up after 3 s   7 busy once, then a human
 *   8 no such number   9 by chance, from the seed   0 a human
 */
import type { CentreData } from './centre.js';

const at = (dn: string) => ({ dn, switch: 'SIP_Switch', place: `Place_${dn}` });

export const DEMO_CENTRE: CentreData = {
  agents: [
    { id: 'alice', ...at('7001'), groups: ['Billing'], skills: { English: 9, Invoices: 8 } },
    { id: 'boris', ...at('7002'), groups: ['Billing'], skills: { English: 6, Invoices: 5 }, wrapUpMs: 15_000 },
    { id: 'emma', ...at('7003'), groups: ['Support'], skills: { English: 9, Technical: 9 } },
    {
      id: 'farid',
      ...at('7004'),
      groups: ['Support'],
      skills: { English: 5, Spanish: 9, Technical: 7 },
      rings: [{ kind: 'answer', afterMs: 8_000 }],
    },
    {
      id: 'chloe',
      ...at('7005'),
      groups: ['Billing', 'Support'],
      skills: { English: 7, French: 9, Invoices: 4, Technical: 5 },
      rings: [{ kind: 'reject', afterMs: 4_000 }, { kind: 'answer' }],
    },
    {
      id: 'dinesh',
      ...at('7006'),
      groups: ['Billing', 'Support'],
      skills: { English: 8, Invoices: 3, Technical: 3 },
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
  trunkGroups: { Trunks: { trunks: 10 } },
  entryPoints: ['8001', '8002'],
};
