/** Reads targets (`Billing@StatServer.GA`) against the configured agents. Neighbour: `router.ts`. URS: target format */
import type { Agent } from '../../../server/routing/port.js';

type TargetType = 'A' | 'GA';

/** An agent that may serve a request, and the target that says so. */
export interface Eligible {
  readonly agent: string;
  readonly target: string;
  readonly type: TargetType;
}

export type Resolved = { readonly eligible: readonly Eligible[] } | { readonly problem: string };

const SUPPORTED = 'supported are Name@StatServer.GA (agent group) and Id@StatServer.A (agent)';

const members: Record<TargetType, (name: string, agents: readonly Agent[]) => readonly Agent[]> = {
  A: (name, agents) => agents.filter((agent) => agent.id === name),
  GA: (name, agents) => agents.filter((agent) => agent.groups.includes(name)),
};
const nouns: Record<TargetType, string> = { A: 'agent', GA: 'agent group' };

/** Every agent once, under the first target that names it. One bad target spoils the request: it is a mistake to show. */
export function resolveTargets(targets: readonly string[], agents: readonly Agent[]): Resolved {
  if (targets.length === 0) return { problem: `No target given; ${SUPPORTED}` };
  const eligible = new Map<string, Eligible>();
  for (const target of targets) {
    const found = resolveTarget(target, agents);
    if ('problem' in found) return found;
    for (const one of found.eligible) if (!eligible.has(one.agent)) eligible.set(one.agent, one);
  }
  return { eligible: [...eligible.values()] };
}

function resolveTarget(target: string, agents: readonly Agent[]): Resolved {
  const [, name = '', type = ''] = /^([^?{[]*)@[^@]*\.([A-Za-z]+)$/.exec(target.trim()) ?? [];
  if (!name) return { problem: `Target "${target}" is not understood; ${SUPPORTED}` };
  if (!isTargetType(type)) return { problem: `Target "${target}" has the type ${type}; ${SUPPORTED}` };
  const found = members[type](name, agents);
  if (found.length === 0)
    return { problem: `Target "${target}" names the ${nouns[type]} "${name}", which does not exist` };
  return { eligible: found.map((agent) => ({ agent: agent.id, target, type })) };
}

function isTargetType(type: string): type is TargetType {
  return Object.hasOwn(members, type);
}
