/** Between XState's event objects, `{ type, data }`, and SCXML's events. */
import type { EventObject } from 'xstate';
import { toData } from '../datamodel/data.js';
import type { ScxmlEvent } from '../event.js';

const whole = Symbol('scxml event');

/** What an actor of a chart accepts: `actor.send({ type: 'name', data: anything })`. */
export interface ScxmlActorEvent extends EventObject {
  readonly data?: unknown;
  readonly [whole]?: ScxmlEvent;
}

/** The cancel event of SCXML 6.4.3: known by its identity, so that no event of that name can be taken for it. */
export const cancelEvent: ScxmlActorEvent = { type: 'scxml:cancel' };

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
  const invokeid = (event as { actorId?: string }).actorId;
  if (invokeid !== undefined && event.type.startsWith('xstate.done.actor.')) {
    const { output } = event as { output?: unknown };
    return { name: `done.invoke.${invokeid}`, type: 'platform', invokeid, data: toData(output) };
  }
  if (invokeid !== undefined && event.type.startsWith('xstate.error.actor.')) {
    const reason = String((event as { error?: unknown }).error);
    return { name: 'error.communication', type: 'platform', invokeid, data: { reason } };
  }
  return external(event);
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
