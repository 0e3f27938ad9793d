/** Between XState's event objects, `{ type, data }`, and SCXML's events. */
import type { EventObject } from 'xstate';
import { toData } from '../datamodel/data.js';
import type { ScxmlEvent } from '../event.js';

const whole = Symbol('scxml event');
const cancelled = Symbol('scxml cancel');

/** What an actor of a chart accepts: `actor.send({ type: 'name', data: anything })`. */
export interface ScxmlActorEvent extends EventObject {
  readonly data?: unknown;
  readonly [whole]?: ScxmlEvent;
  readonly [cancelled]?: () => void;
}

/** The cancel event of SCXML 6.4.3, which no document can send; `left` is called when the session has left all its states. */
export const cancelEvent = (left: () => void): ScxmlActorEvent => ({ type: 'scxml:cancel', [cancelled]: left });

/** What a cancel event asks to be called; undefined for any other. */
export const cancelOf = (event: ScxmlActorEvent): (() => void) | undefined => event[cancelled];

/** The invokeid of a child whose end XState tells. Asked for every event: most are none of XState's. */
export const endedChild = (event: ScxmlActorEvent): string | undefined => {
  if (!event.type.startsWith('xstate.')) return undefined;
  return /^xstate\.(done|error)\.actor\./.test(event.type) ? (event as { actorId?: string }).actorId : undefined;
};

/** Carries an event with all its fields through a mailbox. XState keeps `xstate.` names for itself, so those travel under another. */
export const envelope = (event: ScxmlEvent): ScxmlActorEvent => ({
  type: event.name.startsWith('xstate.') ? `scxml:${event.name}` : event.name,
  data: event.data,
  [whole]: event,
});

/** XState's word for a child's end becomes done.invoke or error.communication (SCXML 6.4.3); anything else is external. */
export const toScxmlEvent = (event: ScxmlActorEvent): ScxmlEvent => {
  const inside = event[whole];
  if (inside) return inside;
  const invokeid = endedChild(event);
  if (invokeid === undefined) return external(event);
  const { output, error } = event as { output?: unknown; error?: unknown };
  if (event.type.startsWith('xstate.error.'))
    return { name: 'error.communication', type: 'platform', invokeid, data: { reason: String(error) } };
  return { name: `done.invoke.${invokeid}`, type: 'platform', invokeid, data: toData(output) };
};

/** What cannot be data (a function) costs the event, not the session. */
const external = ({ type, data }: ScxmlActorEvent): ScxmlEvent => {
  try {
    return { name: type, type: 'external', data: toData(data) };
  } catch (error) {
    const reason = `event "${type}": ${error instanceof Error ? error.message : String(error)}`;
    return { name: 'error.execution', type: 'platform', data: { reason } };
  }
};
