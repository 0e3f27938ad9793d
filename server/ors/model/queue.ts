/**
 * `_genesys.queue`: constants of routing, and functions. `../modules/queue.ts` performs those that change something.
 * `cCTExtractTargets(ixnid, statserver, input)`: the targets of a text with commas, or of a list, as a list; those without a
 * server have `statserver`.
 */
import type { ModelTable } from '../../host/model.js';

/** As T-Library numbers its route types; `GetFromDN` is behind them. */
export const rType = {
  RouteTypeUnknown: 0,
  RouteTypeDefault: 1,
  RouteTypeLabel: 2,
  RouteTypeOverwriteDNIS: 3,
  RouteTypeDDD: 4,
  RouteTypeIDDD: 5,
  RouteTypeDirect: 6,
  RouteTypeReject: 7,
  RouteTypeAnnouncement: 8,
  RouteTypePostFeature: 9,
  RouteTypeDirectAgent: 10,
  RouteTypeGetFromDN: 11,
} as const;

const usecapcond = { Never: 0, Only: 1, OnStatError: 2 } as const;
const overwriteType = { UseANI: 0, UseConfig: 1, UseDNIS: 2, UseNone: 3 } as const;

export const queueErrors = {
  reserveTarget: 'error.queue.reservetarget',
  checkAgentState: 'error.queue.checkagentstate',
  excludeAgents: 'error.queue.excludeagents',
} as const;

export const queueModelTable = {
  root: 'queue',
  functions: {
    reserveTarget: { attributes: {} },
    checkAgentState: { attributes: {} },
    excludeAgents: { attributes: {} },
  },
  library: `{
  rType: ${JSON.stringify(rType)},
  usecapcond: ${JSON.stringify(usecapcond)},
  overwriteType: ${JSON.stringify(overwriteType)},
  cCTExtractTargets(ixnid, statserver, input) {
    const list = Array.isArray(input) ? input : String(input === undefined || input === null ? '' : input).split(',');
    return list.map((one) => String(one).trim()).filter((one) => one !== '').map((one) => {
      const dot = one.lastIndexOf('.');
      return one.includes('@') || dot < 0 || !statserver ? one : one.slice(0, dot) + '@' + statserver + one.slice(dot);
    });
  }
}`,
} as const satisfies ModelTable;
