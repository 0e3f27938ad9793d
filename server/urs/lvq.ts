/**
 * URS's `lvq`: how long it is to wait in a virtual queue, by its name. `routes.ts` has it behind HTTP, `help.ts` says to clients
 * what stands here.
 *
 * 1. A queue without activity is an empty object. Where times are not known yet, `ewt` and `aqt` are not there: nothing is guessed.
 * 2. A parameter that comes more than once counts as it came first: what a service configures comes before what a request brings.
 * 3. There is one tenant, so `tenant` selects nothing; `scale` changes nothing, for times are seconds in any case.
 */
import type { Clock } from '../clock.js';
import { problem } from '../problems.js';
import type { RouterPort, WaitMethod } from '../routing/port.js';

/** Times in seconds. `wcalls` and `wpos` are `calls` and `pos`: calls have no weights here. */
interface LvqAnswer {
  readonly wcalls?: number;
  readonly wpos?: number;
  /** Of this answer, since 1970. */
  readonly time?: number;
  /** Calls that went from this queue to an agent since this server runs. */
  readonly hit?: number;
  /** Calls that wait. */
  readonly calls?: number;
  /** How long the call has waited; of the next one, 0. */
  readonly wt?: number;
  /** How long it will wait: `aqt` times `pos`. */
  readonly ewt?: number;
  /** Its place; 0 while an agent is reserved for it. */
  readonly pos?: number;
  /** What a call takes, by the method that was asked for. */
  readonly aqt?: number;
}

export interface LvqNeeds {
  readonly router: Pick<RouterPort, 'activity' | 'expectedWait' | 'place' | 'statistic'>;
  /** The router's ids of the requests of an interaction, or of a request as its strategy knows it. */
  readonly requestsOf: (call: string) => readonly string[];
  readonly clock: Pick<Clock, 'now'>;
}

/** `call`: `max` is the call that would come next. Throws Problems. */
export type Lvq = (call: string, parameters: URLSearchParams) => LvqAnswer;

/** Characters of a name. */
const LONGEST = 255;
const NEXT = 'max';
/** `stat`: Stat Server's statistic of the queue. */
type Method = WaitMethod | 'stat';
const methods: readonly Method[] = ['urs', 'urs2', 'stat'];

export const lvq =
  ({ router, requestsOf, clock }: LvqNeeds): Lvq =>
  (call, parameters) => {
    const { name, aqt } = queryOf(parameters);
    const activity = router.activity(name);
    if (call !== NEXT) return answer(name, aqt, placeOf(call, name));
    if (!activity || activity.waiting + activity.distributed === 0) return {};
    return answer(name, aqt, { position: activity.waiting + 1, waitedMs: 0 });

    function placeOf(id: string, vq: string): Place {
      const [place] = requestsOf(id).flatMap((request) => router.place(request, vq) ?? []);
      if (!place) throw problem('CALL_NOT_IN_QUEUE', id.slice(0, LONGEST), vq);
      return place;
    }

    function answer(vq: string, method: Method, { position, waitedMs }: Place): LvqAnswer {
      const { waiting: calls = 0, distributed: hit = 0 } = activity ?? {};
      const perCall = perCallOf(vq, method, calls);
      return {
        ...{ wcalls: calls, wpos: position, time: Math.floor(clock.now() / 1000), hit, calls, wt: waitedMs / 1000 },
        ...(perCall !== undefined && { ewt: perCall * position }),
        pos: position,
        ...(perCall !== undefined && { aqt: perCall }),
      };
    }

    /** Seconds. (1) */
    function perCallOf(vq: string, method: Method, calls: number): number | undefined {
      if (method === 'stat') {
        const ofNext = router.statistic(`${vq}.Q`, 'ExpectedWaitTime');
        return ofNext === undefined ? undefined : ofNext / (calls + 1);
      }
      const wait = router.expectedWait(vq, method);
      return wait.known ? wait.perCallMs / 1000 : undefined;
    }
  };

interface Place {
  readonly position: number;
  readonly waitedMs: number;
}

interface LvqQuery {
  readonly name: string;
  readonly aqt: Method;
}

const queryOf = (parameters: URLSearchParams): LvqQuery => {
  const name = parameters.get('name') ?? '';
  if (name === '') throw problem('PARAMETER_MISSING', 'name', 'the name of a virtual queue');
  for (const each of ['name', 'tenant'])
    if ((parameters.get(each) ?? '').length > LONGEST)
      throw problem('PARAMETER_INVALID', each, `a name of at most ${LONGEST} characters`);
  const asked = parameters.get('aqt') ?? 'urs';
  const aqt = methods.find((method) => method === asked);
  if (!aqt) throw problem('PARAMETER_INVALID', 'aqt', `one of ${methods.join(', ')}`);
  if (!['true', 'false'].includes(parameters.get('scale') ?? 'false'))
    throw problem('PARAMETER_INVALID', 'scale', 'true or false');
  return { name, aqt };
};
