/**
 * Treatments that are under way: each can be stopped, or left alone. The module (`../dialog.ts`) runs one for an action, and several
 * for `<dialog:runtreatments>`; a queue runs the busy treatments of a request with `runTreatments`.
 */
import type { ModuleChild } from '../../../../engine/effect.js';
import type { Clock } from '../../../clock.js';
import type { InteractionId, TelephonyPort } from '../../../voice/port.js';
import { asText } from '../../arguments.js';
import type { Interactions } from '../../interactions.js';
import { notOurs } from '../interaction/services.js';
import { isTreatment, type TreatmentName } from './elements.js';
import { performTreatment, refused, type Outcome, type Stage } from './perform.js';
import { givenBy, InvalidAttribute, readTreatment, type Given, type Treatment } from './read.js';

export interface DialogServices {
  readonly voice: TelephonyPort;
  readonly interactions: Interactions;
  readonly clock: Clock;
}

/** For whom. */
export interface Audience {
  readonly sessionid: string;
  readonly interactionid: string;
  /** The effect key, and since when the strategy has wanted it. */
  readonly key: string;
  readonly since: number;
}

export interface Running {
  /** How it ended; of several treatments how the last one ended that did not go well. */
  readonly ended: Promise<Outcome>;
  /** What the customer hears ends, and nothing follows. */
  stop(): void;
  /** Nothing follows. A prompt goes on with its call. */
  leave(): void;
}

export const runTreatment = (
  name: TreatmentName,
  given: Given,
  audience: Audience,
  services: DialogServices,
): Running => begin(audience, services, (signal) => treat(name, given, audience, signal, services));

/**
 * The children of `<dialog:runtreatments>`, in order; each is for the audience's interaction if it names no other. Nobody is told
 * how they end. One that fails is passed over, unless there is no call any more.
 */
export const runTreatments = (
  children: readonly ModuleChild[],
  audience: Audience,
  services: DialogServices,
): Running =>
  begin(audience, services, async (signal) => {
    let outcome: Outcome = { ok: true, data: {} };
    for (const [at, child] of children.entries()) {
      if (signal.aborted || !isTreatment(child.name)) continue;
      const interactionid = asText(child.attributes['interactionid']) ?? audience.interactionid;
      const next = { ...audience, interactionid, key: `${audience.key}/${at}`, since: services.clock.now() };
      const ended = await treat(child.name, givenBy(child), next, signal, services);
      if (!ended.ok) outcome = ended;
      if (!ended.ok && ended.error === 'invalidstate.null') break;
    }
    return outcome;
  });

const begin = (
  { interactionid, sessionid }: Audience,
  { voice, interactions }: DialogServices,
  work: (signal: AbortSignal) => Promise<Outcome>,
): Running => {
  const leaving = new AbortController();
  return {
    ended: work(leaving.signal),
    stop() {
      leaving.abort();
      const ixn = interactions.find(interactionid, sessionid);
      // An adapter that breaks here has broken for the treatment as well, which says so.
      if (ixn) voice.stopPlay(ixn).catch(() => undefined);
    },
    leave() {
      leaving.abort();
    },
  };
};

const treat = async (
  name: TreatmentName,
  given: Given,
  { sessionid, interactionid, key, since }: Audience,
  signal: AbortSignal,
  { voice, interactions, clock }: DialogServices,
): Promise<Outcome> => {
  const treatment = read(name, given);
  if (treatment instanceof InvalidAttribute)
    return { ok: false, error: 'invalidattribute', description: treatment.message };
  const ixn = interactions.find(interactionid, sessionid);
  if (!ixn && treatment.kind !== 'pause') return refused(notOurs(interactionid));
  const stage: Stage = { voice, clock, ixn: ixn ?? ('' as InteractionId), key, since, signal };
  return performTreatment(treatment, stage);
};

const read = (name: TreatmentName, given: Given): Treatment | InvalidAttribute => {
  try {
    return readTreatment(name, given);
  } catch (error) {
    if (error instanceof InvalidAttribute) return error;
    throw error;
  }
};
