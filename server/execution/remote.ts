/**
 * Callbacks of this server that others execute (`_ors`): starts them there, reaches their sessions, hears what becomes of them. The record
 * stays here. `../gms/launch.ts` starts through this, `guests.ts` is the other side, `servers.ts` the order of the servers.
 *
 * 1. The record says whom it is to ask before that one is asked (`_ors_url`, `_ors_attempt`): while it is not decided whether the start
 *    has arrived there, nobody else is asked. So there is one session, whatever crashes.
 * 2. What is told of an execution that the callback has given up is refused; its server ends it.
 */
import type { Clock } from '../clock.js';
import type { Sessions, StartRequest } from '../host/port.js';
import type { CallbackRecord, Store, Write } from '../store/port.js';
import { callbackError } from '../gms/errors.js';
import { submitAttempts } from '../gms/resubmission.js';
import { NotTaken, Undecided, type Peer } from './peer.js';
import { orderOf, serversOf } from './servers.js';
import type { Told } from './told.js';

interface RemoteNeeds {
  /** undefined: an operator has listed no others. */
  readonly peer: Peer | undefined;
  readonly sessions: Pick<Sessions, 'start' | 'deliver' | 'request'>;
  readonly store: Pick<Store, 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
}

type Asked = Pick<StartRequest, 'src' | 'params'>;

interface Started {
  /** Its id. */
  readonly session: string;
  /** It is another server's. */
  readonly isElsewhere: boolean;
}

export interface Execution {
  /**
   * Starts the session of a callback, with `writes` in one commit with what says so. Rejects with Undecided, NotTaken when none of its
   * servers takes it, or with why it is refused.
   */
  start(record: CallbackRecord, src: string, params: Asked['params'], writes: readonly Write[]): Promise<Started>;
  /** The sessions of the server that executes it. */
  of(record: CallbackRecord): Pick<Sessions, 'deliver' | 'request'>;
  /** What its server knows of it, of one that another executes. Rejects with Undecided. */
  told(record: CallbackRecord): Promise<Told | undefined>;
}

/** How often the list of servers is gone through: `ors/max_ors_request_attempts`. */
const ROUNDS = 3;
/** In place of a server: the one that was asked has not taken it. */
const NOBODY = '';

export const urlOf = ({ properties }: CallbackRecord): string | undefined => {
  const url = properties['_ors_url'];
  return typeof url === 'string' && url !== NOBODY ? url : undefined;
};

export const attemptOf = ({ properties }: CallbackRecord): number => Number(properties['_ors_attempt'] ?? 0);

export const execution = ({ peer: others, sessions, store, clock }: RemoteNeeds): Execution => {
  let turn = 0;

  const needed = (): Peer => {
    if (others) return others;
    const message = 'no other server may execute callbacks: set RINGBACK_PEERS and RINGBACK_PEER_TOKEN';
    throw callbackError('badOption', { option: '_ors', message });
  };
  const asked = (record: CallbackRecord, url: string): Write => {
    const properties = { _ors_url: url, _ors_attempt: submitAttempts(record) + 1 };
    return { kind: 'callback.update', id: record.id, update: { at: clock.now(), properties } };
  };
  async function ask(record: CallbackRecord, url: string, { src, params }: Asked): Promise<string> {
    const attempt = submitAttempts(record) + 1;
    const request = { src, params: { ...params, _ors_attempt: attempt } };
    return needed().start(url, request, `callback/${record.id}/${attempt}`);
  }

  /** 1 */
  async function askAgain(record: CallbackRecord, url: string, request: Asked): Promise<string> {
    try {
      return await ask(record, url, request);
    } catch (error) {
      throw error instanceof NotTaken ? new Undecided(error.message, { cause: error }) : error;
    }
  }

  async function askEach(record: CallbackRecord, servers: readonly string[], request: Asked): Promise<string> {
    const order = orderOf(servers, request.params['_ors_lb_strategy'], turn++);
    let reason = '';
    for (const url of Array.from({ length: ROUNDS }, () => order).flat())
      try {
        await store.commit([asked(record, url)]);
        return await ask(record, url, request);
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error;
        reason = error.message;
        await store.commit([asked(record, NOBODY)]);
      }
    throw new NotTaken(`ORS request failed: ${reason}`);
  }

  return {
    async start(record, src, params, writes) {
      const { id } = record;
      const servers = serversOf(params['_ors']);
      if (servers.length === 0) {
        // by the service of an earlier time it was elsewhere
        const back = urlOf(record) === undefined ? [] : [asked(record, NOBODY)];
        const session = await sessions.start({ src, params, callback: id, writes: [...back, ...writes] });
        return { session, isElsewhere: false };
      }
      needed();
      const before = attemptOf(record) === submitAttempts(record) + 1 ? urlOf(record) : undefined;
      const request = { src, params };
      const sessionid = await (before === undefined
        ? askEach(record, servers, request)
        : askAgain(record, before, request));
      await store.commit([{ kind: 'callback.update', id, update: { at: clock.now(), sessionid } }, ...writes]);
      return { session: sessionid, isElsewhere: true };
    },
    of(record) {
      const url = urlOf(record);
      if (url === undefined) return sessions;
      return {
        deliver: (sessionid, event, key) => needed().deliver(url, sessionid, event, key),
        request: (sessionid, event, _ms, key) => needed().request(url, sessionid, event, key),
      };
    },
    async told(record) {
      const url = urlOf(record);
      return url === undefined ? undefined : needed().execution(url, record.id);
    },
  };
};
