/**
 * What a client is answered who has started a callback, at first and with each repeat. Where the customer is to call or to chat, the
 * session has the number or the address (`connect`); what it answers is the client's answer.
 */
import { fromData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import type { Log } from '../log.js';
import type { CallbackRecord } from '../store/port.js';
import { isAnsweredBySession, startAnswer, type Answer } from './answer.js';
import type { Forward } from './forwarding.js';
import { paramsOf } from './record.js';
import type { Service, Services } from './services.js';

interface OpeningNeeds {
  readonly services: Services;
  readonly forward: Forward;
  readonly log: Pick<Log, 'error'>;
}

/** Does not reject: the callback is accepted whatever its session says, and the client may ask for `connect` again. */
export const opening =
  ({ services, forward, log }: OpeningNeeds) =>
  async (record: CallbackRecord): Promise<Answer> => {
    const options = optionsOf(record, services.get(record.service));
    if (!isAnsweredBySession(record, options)) return startAnswer(record, options);
    try {
      const { reply } = await forward(record.id, { name: 'connect' });
      if (reply.type === 'positive') return { ...textsOf(reply.content), _id: record.id };
    } catch (err) {
      log.error({ callback: record.id, err }, 'the session of a new callback has not said how the customer connects');
    }
    return { _id: record.id };
  };

/** A service may be configured otherwise by the time of a repeat, or not at all. */
const optionsOf = (record: CallbackRecord, service: Service | undefined): ReturnType<typeof paramsOf> => {
  try {
    return service ? paramsOf(record, service) : {};
  } catch {
    return {};
  }
};

const textsOf = (content: Data | undefined): Answer => {
  const fields = fromData(content);
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(value)]));
};

/** What has parts goes as JSON: the answer is a list of texts by name. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
