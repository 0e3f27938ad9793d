/**
 * `place` of `<queue:submit>`, ours: what a callback wants of its place in the queue besides what ORS has.
 *
 * | field     |                                                                                              |
 * | hold      | true: only a place, offered to nobody until update releases it (the guide's SetRouteDelay)   |
 * | age       | seconds that it counts as having waited already (`_urs_call_interaction_age`)                |
 * | increment | what the priority grows by with every `interval`, seconds (`_urs_vq_priority_increment`)     |
 * | pegs      | another virtual queue whose waiting time it counts for (`_urs_ewt_virtual_queue`)            |
 * | media     | the interaction's by default; voice without one                                              |
 * | service   | the service that may be paused                                                               |
 * | exclude   | agents that it is not offered to                                                             |
 */
import type { Data } from '../../../../engine/event.js';
import type { SubmitRequest } from '../../../routing/port.js';
import type { InteractionId, TelephonyPort } from '../../../voice/port.js';
import { asBoolean, asObject, asText } from '../../arguments.js';
import { numberIn, seconds } from './number.js';

type Place = Partial<SubmitRequest>;

/** `since`: when it was submitted first. Throws Refusal. */
export const placeOf = (given: Data | undefined, since: number): Place => {
  const { hold, age, increment, interval, pegs, media, service, exclude } = asObject(given) as Readonly<
    Record<string, Data | undefined>
  >;
  const by = numberIn({ increment }, 'increment');
  const everyMs = seconds({ interval }, 'interval');
  const ageMs = seconds({ age }, 'age');
  return {
    ...(asBoolean(hold) === true && { held: true }),
    ...(ageMs !== undefined && { ageStartMs: since - ageMs }),
    ...(by !== undefined && everyMs !== undefined && everyMs > 0 && { increment: { by, everyMs } }),
    ...textsOf({ pegs, media, service }),
    ...(Array.isArray(exclude) && { exclude: exclude.flatMap((agent) => asText(agent as Data) ?? []) }),
  };
};

/** Of the interaction that is to be routed, for which `place` names none. */
export const mediumOf = (interactionid: string | undefined, voice: Pick<TelephonyPort, 'call'>): Place => {
  const media = interactionid === undefined ? undefined : voice.call(interactionid as InteractionId)?.media;
  return media ? { media } : {};
};

/** Those that say something. */
const textsOf = (given: Readonly<Record<'pegs' | 'media' | 'service', Data | undefined>>): Place =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const text = asText(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
