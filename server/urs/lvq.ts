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
import type { RouterPort, Wait, WaitMethod } from '../routing/port.js';

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
  readonly router: Pick<RouterPort, 'activity' | 'expectedWait' | 'place'>;
  /** The router's ids of the requests of an interaction, or of a request as its strategy knows it. */
  readonly requestsOf: (call: string) => readonly string[];
  readonly clock: Pick<Clock, 'now'>;
}

/** `call`: `max` is the call that would come next. Throws Problems. */
export type Lvq = (call: string, parameters: URLSearchParams) => LvqAnswer;

/** Characters of a name. */
const LONGEST = 255;
const NEXT = 'max';
const methods: readonly WaitMethod[] = ['urs', 'urs2'];

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

    function answer(vq: string, method: WaitMethod, { position, waitedMs }: Place): LvqAnswer {
      const { waiting: calls = 0, distributed: hit = 0 } = activity ?? {};
      const { ewt, aqt: perCall } = timesOf(router.expectedWait(vq, method), position);
      return {
        ...{ wcalls: calls, wpos: position, time: Math.floor(clock.now() / 1000), hit, calls, wt: waitedMs / 1000 },
        ...(ewt !== undefined && { ewt }),
        pos: position,
        ...(perCall !== undefined && { aqt: perCall }),
      };
    }
  };

interface Place {
  readonly position: number;
  readonly waitedMs: number;
}

/** 1 */
const timesOf = (wait: Wait, position: number): Pick<LvqAnswer, 'ewt' | 'aqt'> =>
  wait.known ? { ewt: (wait.perCallMs * position) / 1000, aqt: wait.perCallMs / 1000 } : {};

interface LvqQuery {
  readonly name: string;
  readonly aqt: WaitMethod;
}

const queryOf = (parameters: URLSearchParams): LvqQuery => {
  const name = parameters.get('name') ?? '';
  if (name === '') throw problem('PARAMETER_MISSING', 'name', 'the name of a virtual queue');
  for (const each of ['name', 'tenant'])
    if ((parameters.get(each) ?? '').length > LONGEST)
      throw problem('PARAMETER_INVALID', each, `a name of at most ${LONGEST} characters`);
  const asked = parameters.get('aqt') ?? 'urs';
  const aqt = methods.find((method) => method === asked);
  if (!aqt) throw problem('PARAMETER_INVALID', 'aqt', methods.join(' or '));
  if (!['true', 'false'].includes(parameters.get('scale') ?? 'false'))
    throw problem('PARAMETER_INVALID', 'scale', 'true or false');
  return { name, aqt };
};
