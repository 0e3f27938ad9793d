/**
 * Estimated waiting times for clients and for the start of a callback: the EWT API (`routes-ewt.ts`), and the sources that count when
 * it is decided whether a callback is immediate (the guide, "Start or Schedule Callback").
 *
 * 1. The first source that is configured and knows a time counts; one that cannot be asked is passed over, and the log says so.
 * 2. Too little known by all of them is no time, not 0.
 * 3. Of the options that name a queue only the first that is set is asked, whatever is known of it: "the system will use this specific
 *    queue", says the guide ("Configure another Callback Queue").
 */
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import { callbackError } from './errors.js';
import type { EwtService, Waiting } from './ewt-service.js';
import type { Options } from './resolve.js';
import { queuesOf, type Services } from './services.js';

interface EwtNeeds {
  readonly services: Services;
  readonly service: EwtService;
  /** Our own router's answer; throws Problems. */
  readonly lvq: (call: string, parameters: URLSearchParams) => object;
  /** A statistic of Stat Server, in seconds: `ExpectedWaitTime;Queue;8999@SIP_Server;Environment`. Throws where there is none. */
  readonly statistic: (named: string) => number | undefined;
  readonly log: Pick<Log, 'warn'>;
}

export interface Ewt {
  /** By queue, what is known of it. Without queues: those that services configure. Rejects with CallbackErrors or Problems. */
  ofQueues(method: string, queues: readonly string[]): Readonly<Record<string, Waiting>>;
  /** What a callback with these options would have to wait, and which option says so. */
  ofStart(options: Options): Promise<{ readonly ewtMs: number; readonly source: string } | undefined>;
}

/** Those of version 2 of the API, and what they are in version 1, in the order in which both are listed. */
const methods = new Map([
  ['ewt1', 'urs'],
  ['ewt2', 'urs2'],
  ['ewt3', 'stat'],
]);
/** Queues that are asked for at once. */
const MOST = 100;
/** In the order of the guide; `_urs_ewt_virtual_queue` is the later name of `_urs_ewt_vq`. */
const queueOptions = ['_urs_ewt_virtual_queue', '_urs_ewt_vq', '_urs_virtual_queue', '_vq'];
/** Characters of a line of the log: a request can name what does not exist. */
const TOLD = 200;

export const ewt = ({ services, service, lvq, statistic, log }: EwtNeeds): Ewt => {
  const ofQueue = (name: string, aqt: string): Waiting => ({ ...lvq('max', new URLSearchParams({ name, aqt })) });

  const asks: Readonly<Record<string, (value: string) => unknown>> = {
    _request_ewt_service: async (name) => (await service(name, new URLSearchParams()))['ewt'],
    _request_queue_time_stat: statistic,
    ...Object.fromEntries(queueOptions.map((option) => [option, (name: string) => ofQueue(name, 'urs')['ewt']])),
  };

  return {
    ofQueues(method, queues) {
      const aqt = methods.get(method);
      if (aqt === undefined) {
        const message = `Unknown EWT method ${method.slice(0, 20)}, allowed: ${[...methods.keys()].join(', ')}`;
        throw callbackError('badParameter', { message });
      }
      const names = [...new Set(queues.length > 0 ? queues : queuesOf(services, queueOptions).slice(0, MOST))];
      if (names.length > MOST) throw callbackError('badParameter', { message: `At most ${MOST} queues are taken` });
      return Object.fromEntries(names.map((name) => [name, ofQueue(name, aqt)]));
    },
    async ofStart(options) {
      for (const [source, value] of sourcesOf(options)) {
        try {
          const seconds = await asks[source]?.(value);
          if (isTime(seconds)) return { ewtMs: seconds * 1000, source };
        } catch (error) {
          log.warn({ option: source }, `no waiting time from ${source}: ${messageOf(error).slice(0, TOLD)}`);
        }
      }
      return undefined;
    },
  };
};

const isTime = (seconds: unknown): seconds is number =>
  typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;

/** 3 */
const sourcesOf = (options: Options): (readonly [option: string, value: string])[] => {
  const set = (names: readonly string[]) =>
    names.flatMap((name) => {
      const value = options.get(name);
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
    });
  return [...set(['_request_ewt_service', '_request_queue_time_stat']), ...set(queueOptions).slice(0, 1)];
};
