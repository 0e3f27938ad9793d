/** The simulated contact centre's events as log entries: fields and a sentence. Numbers are masked by the log. */
import type { TelephonyEvent } from '../port.js';
import type { LogEntry } from './centre.js';

export const narrate = (entry: LogEntry): [fields: Record<string, unknown>, message: string] => {
  if (entry.source === 'agent') {
    const { agent, state } = entry.event;
    return [{ agent, state }, `agent ${agent} is ${state}`];
  }
  if (entry.source === 'voice') return [{ interaction: entry.event.ixn }, `call: ${callSentence(entry.event)}`];
  const { id, type } = entry.event;
  if (entry.event.type === 'ended') return [{ request: id }, `queue: ${entry.event.why}`];
  if (entry.event.type === 'timetodial') return [{ request: id }, `queue: time to dial, at ${entry.event.position}`];
  const { agent, dn, vq } = entry.event.selected;
  return [{ request: id, agent, vq }, `queue: ${type} ${agent ?? dn}`];
};

const callSentence = (event: TelephonyEvent): string => {
  switch (event.type) {
    case 'dialing':
      return `dialling ${event.request.to.value}`;
    case 'arrived':
    case 'ringing':
    case 'established':
      return `${event.type} at ${event.to.value}`;
    case 'cpd':
      return `progress detection says ${event.cause}`;
    case 'released':
      return `released (${event.by})`;
    default:
      return event.type;
  }
};
