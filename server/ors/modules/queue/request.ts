/** What `<queue:submit>` and `<queue:update>` ask of the router, and what a strategy hears of who was selected. */
import type { ModuleChild, ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { Change, Dialling, RouterPort, Selected, SubmitRequest } from '../../../routing/port.js';
import { BadTarget } from '../../../routing/target.js';
import { rType } from '../../model/queue.js';
import { asBoolean, asObject, asText } from '../../arguments.js';
import { numberIn, seconds } from './number.js';
import { placeOf } from './place.js';
import { Refusal } from './refusal.js';
import { targetsOf } from './targets.js';

/** Fields of the error event; what is no refusal is thrown. */
export const refused = (error: unknown): { readonly error: string; readonly description: string } => {
  if (error instanceof Refusal) return { error: error.error, description: error.message };
  if (error instanceof BadTarget) return { error: 'bad-target', description: error.message };
  throw error;
};

export interface Wanted {
  readonly interactionid: string | undefined;
  readonly request: SubmitRequest;
  readonly route: boolean;
  /** Who was selected is kept for the time that was asked for, by the next process too. */
  readonly keeps?: boolean;
  /** When error.queue.submit says `timeout` of a request that stays. */
  readonly warnMs?: number | undefined;
  readonly treatments: readonly ModuleChild[];
}

/** Throws Refusal and BadTarget. `passed`: milliseconds since it was submitted first. */
export const wantedOf = (
  { attributes, children }: ModuleEffect,
  { key, since }: ActionContext,
  passed: number,
  router: RouterPort,
): Wanted => {
  if (attributes['src'] !== undefined)
    throw new Refusal('unsupported', 'src: targets from routing rules elsewhere are not read; write <queue:targets>');
  const interactionid = asText(attributes['interactionid']);
  const reserve = seconds(attributes, 'reserve');
  const dialling = diallingOf(attributes['dialling']);
  const { warnMs, timeoutMs } = timesOf(attributes, passed);
  return {
    interactionid,
    route: isRouted(attributes, interactionid),
    warnMs,
    treatments: children.filter(({ name }) => name === 'runtreatments').flatMap((run) => run.children),
    request: {
      id: key,
      vq: asText(attributes['queue']) ?? 'none',
      targets: wantedTargets(children, attributes, key, router),
      priority: numberIn(attributes, 'priority') ?? 0,
      ageStartMs: since,
      ...placeOf(attributes['place'], since),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(reserve !== undefined && { reserveMs: reserve }),
      ...(dialling && { dialling }),
    },
  };
};

const isRouted = (attributes: ModuleEffect['attributes'], interactionid: string | undefined): boolean => {
  const route = asBoolean(attributes['route']) === true;
  if (route && interactionid === undefined)
    throw new Refusal('invalidattribute', 'route="true" needs the interactionid that is to be routed');
  return route;
};

/** What is left of its time: the router ends it then, or it is only told. */
const timesOf = (attributes: ModuleEffect['attributes'], passed: number): { warnMs?: number; timeoutMs?: number } => {
  const timeout = seconds(attributes, 'timeout');
  if (timeout === undefined) return {};
  const left = Math.max(0, timeout - passed);
  return asBoolean(attributes['clearontimeout']) === false ? { warnMs: left } : { timeoutMs: left };
};

const wantedTargets = (
  children: readonly ModuleChild[],
  attributes: ModuleEffect['attributes'],
  seed: string,
  router: RouterPort,
): SubmitRequest['targets'] => {
  const targets = targetsOf(children, {
    type: asText(attributes['ordertype']) ?? 'any',
    stat: asText(attributes['orderstat']),
    seed,
    statistic: (target, name) => router.statistic(target, name),
  });
  if (targets.length === 0) throw new Refusal('threshold', 'the threshold of no target holds');
  return targets;
};

/** Throws Refusal and BadTarget. */
export const changeOf = ({ attributes, children }: ModuleEffect, key: string, router: RouterPort): Change => {
  const priority = numberIn(attributes, 'priority');
  const { hold, exclude } = attributes;
  const held = hold === undefined ? undefined : (asBoolean(hold) ?? seconds(attributes, 'hold'));
  const targets = children.length > 0 ? wantedTargets(children, {}, key, router) : undefined;
  return {
    ...(priority !== undefined && { priority }),
    ...(held !== undefined && { held }),
    ...(Array.isArray(exclude) && { exclude: exclude.flatMap((agent) => asText(agent as Data) ?? []) }),
    ...(targets && { targets }),
  };
};

const diallingOf = (given: Data | undefined): Dialling | undefined => {
  if (given === undefined) return undefined;
  const { dial, success, eta, position } = asObject(given) as ModuleEffect['attributes'];
  const dialMs = seconds({ dial }, 'dial');
  if (dialMs === undefined)
    throw new Refusal('invalidattribute', 'dialling is { dial: seconds, success, eta, position }');
  const etaMs = seconds({ eta }, 'eta');
  const [ofHundred, place] = [numberIn({ success }, 'success'), numberIn({ position }, 'position')];
  return {
    dialMs,
    ...(ofHundred !== undefined && { success: ofHundred }),
    ...(etaMs !== undefined && { etaMs }),
    ...(place !== undefined && { position: place }),
  };
};

export const selectedData = ({ agent, dn, place, switch: on, target, vq, type, reservation }: Selected) => ({
  targetselected: `${dn}@${on}.DN`,
  targetobjectselected: target,
  targetcomponentselected: target,
  vqselected: vq,
  resource: {
    ...(agent === undefined ? { type } : { type: 'A', agent, id: agent }),
    ...{ dn, place, switch: on, vq, reservation, targettype: type },
  },
  access: { prefix: '', rtype: rType.RouteTypeDefault, destination: dn, location: on, dnis: '' },
});
