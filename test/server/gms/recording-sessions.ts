/** Sessions that run nothing: they remember what they were asked, write what goes with their first step, and fail when told to. */
import type { IncomingEvent, Sessions, StartRequest } from '../../../server/host/port.js';
import type { Store } from '../../../server/store/port.js';

export interface RecordingSessions extends Sessions {
  readonly started: StartRequest[];
  readonly delivered: (readonly [sessionid: string, event: IncomingEvent])[];
  /** What start and deliver reject with. */
  failure: Error | undefined;
  /** What the strategy does while it is started, or takes an event, before the caller is answered. */
  strategy: (what: StartRequest | IncomingEvent) => Promise<void>;
}

const notAsked = async (): Promise<never> => {
  throw new Error('callback services do not ask this');
};

export function recordingSessions(store: Store): RecordingSessions {
  const sessions: RecordingSessions = {
    started: [],
    delivered: [],
    failure: undefined,
    strategy: async () => undefined,
    async start(request) {
      sessions.started.push(request);
      await sessions.strategy(request);
      if (sessions.failure) throw sessions.failure;
      const sessionid = `SESSION${sessions.started.length}`.padEnd(32, '0');
      const { callback = '', writes = [] } = request;
      await store.commit([...writes, { kind: 'callback.update', id: callback, update: { at: 0, sessionid } }]);
      return sessionid;
    },
    async deliver(sessionid, event) {
      sessions.delivered.push([sessionid, event]);
      await sessions.strategy(event);
      if (sessions.failure) throw sessions.failure;
    },
    request: notAsked,
    query: notAsked,
    terminate: notAsked,
  };
  return sessions;
}
