/**
 * `_genesys.resource`: types of DNs as Configuration Layer numbers them, and agents, places and DNs by name, as resource objects that
 * actions take. What is configured stands in the library's text, once for all sessions.
 */
import type { ModelTable } from '../../host/model.js';
import type { Agent } from '../../routing/port.js';

const dnTypes = [
  ...['CFGNoDN', 'CFGExtension', 'CFGACDPosition', 'CFGACDQueue', 'CFGRoutingPoint', 'CFGVirtACDQueue'],
  ...['CFGVirtRoutingPoint', 'CFGEAPort', 'CFGVoiceMail', 'CFGCellular', 'CFGCP', 'CFGFAX', 'CFGData', 'CFGMusic'],
  ...['CFGTrunk', 'CFGTrunkGroup', 'CFGTieLine', 'CFGTieLineGroup', 'CFGMixed', 'CFGExtRoutingPoint'],
  ...['CFGDestinationLabel', 'CFGServiceNumber', 'CFGRoutingQueue', 'CFGCommDN', 'CFGEmail', 'CFGVoIP', 'CFGVideo'],
  ...['CFGChat', 'CFGCoBrowse', 'CFGVoIPService', 'CFGWorkflow', 'CFGAccessResource', 'CFGGVPDID'],
];

type Configured = Pick<Agent, 'id' | 'dn' | 'switch' | 'place'>;

/** The first who is configured at a place, or with a DN, stands for it. */
export const resourceModelTable = (agents: readonly Configured[]) =>
  ({
    root: 'resource',
    library: String.raw`{
  resourceType: ${JSON.stringify(Object.fromEntries(dnTypes.map((name, index) => [name, index])))},
  lines: ${JSON.stringify(agents.map(({ id, place, dn, switch: on }) => `\n\t${[id, place, dn, on].join('\t')}\t`).join(''))},

  found(column, value) {
    const rows = this.lines;
    const wanted = '\t' + String(value) + '\t';
    for (let at = rows.indexOf(wanted); at >= 0; at = rows.indexOf(wanted, at + 1)) {
      const start = rows.lastIndexOf('\n', at);
      const end = rows.indexOf('\n', at);
      const row = rows.slice(start + 2, end < 0 ? rows.length : end).split('\t');
      if (row[column] === String(value)) return row;
    }
    return undefined;
  },
  agent(id) {
    const [agent, place, dn, on] = this.found(0, id) ?? [];
    return agent === undefined ? undefined : { type: 'A', id: agent, agent, place, dn, switch: on };
  },
  place(name) {
    const [agent, place, dn, on] = this.found(1, name) ?? [];
    return agent === undefined ? undefined : { type: 'AP', id: place, agent, place, dn, switch: on };
  },
  dn(number) {
    const [agent, place, dn, on] = this.found(2, number) ?? [];
    return agent === undefined ? undefined : { type: 'DN', id: dn, agent, place, dn, switch: on };
  },
}`,
  }) as const satisfies ModelTable;
