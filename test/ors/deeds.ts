/** What people and programs outside do to the server of a story (`story.ts`); what they are answered is told. */
import axios from 'axios';
import type { VirtualClock } from '../../server/clock/virtual.js';
import type { ContactCentre } from '../../server/voice/simulated/centre.js';
import type { InteractionId } from '../../server/voice/port.js';
import type { Deed } from './story.js';
import type { Trace } from './trace.js';

export interface Outside {
  /** Of the server. */
  readonly url: string;
  readonly clock: VirtualClock;
  readonly centre: ContactCentre;
  readonly trace: Trace;
  /** The document that a start means. */
  readonly document: string;
  /** A story's words for places, as they are. */
  readonly here: (text: string) => string;
}

type Kinds =
  'start' | 'event' | 'request' | 'terminate' | 'query' | 'call' | 'chat' | 'say' | 'leave' | 'merge' | 'agent';
type Act<K extends Kinds> = (deed: Extract<Deed, Readonly<Record<K, unknown>>>) => Promise<void> | void;
type Table = { readonly [K in Kinds]: Act<K> };

export const deedsOf = ({ url, clock, centre, trace, document, here }: Outside): ((deed: Deed) => Promise<void>) => {
  const { tell } = trace;
  const http = axios.create({ baseURL: url, proxy: false, validateStatus: () => true });
  const calls: InteractionId[] = [];
  const call = (number: number): InteractionId => {
    const ixn = calls[number];
    if (ixn === undefined) throw new Error(`there is no call ${number} in the story yet`);
    return ixn;
  };
  const ask = (path: string, data: object = {}) =>
    clock.during(
      http.post<Readonly<Record<string, unknown>>>(
        `/scxml/session/${path}`,
        JSON.parse(here(JSON.stringify(data))) as object,
      ),
    );
  const askOne = (path: string, { to = 0 }: { readonly to?: number }, data?: object) =>
    ask(`${trace.sessions[to] ?? 'NONE'}/${path}`, data);

  const table: Table = {
    async start({ src = document, start }) {
      const { status, data } = await ask('start', { src, ...start });
      if (status !== 200) tell(`start ${status} ${JSON.stringify(data)}`);
    },
    async event(deed) {
      const { status, data } = await askOne(`event/${deed.event}`, deed, deed.data);
      if (status !== 200) tell(`event ${status} ${JSON.stringify(data)}`);
    },
    async request(deed) {
      const { status, data } = await askOne(`request/${deed.request}`, deed, deed.data);
      tell(`answer ${status} ${JSON.stringify(data)}`);
    },
    async query(deed) {
      const { status, data } = await askOne('query', deed);
      tell(`query ${status} ${String(data['status'])} ${String(data['configuration'])}`);
    },
    async terminate(deed) {
      tell(`terminate ${(await askOne('terminate', deed)).status}`);
    },
    call({ call: one, parent }) {
      calls.push(centre.callers.arrive({ ...one, ...(parent !== undefined && { parent: call(parent) }) }));
    },
    chat({ chat }) {
      calls.push(centre.callers.chat(chat));
    },
    say({ say, into }) {
      centre.callers.say(call(into), say);
    },
    leave({ leave }) {
      centre.callers.leave(call(leave));
    },
    merge({ merge, into }) {
      centre.callers.merge(call(merge), call(into));
    },
    agent({ agent, is }) {
      centre.desktops.get(agent)?.set(is);
    },
  };
  return async (deed) => {
    for (const [kind, act] of Object.entries(table)) if (kind in deed) await (act as (deed: Deed) => unknown)(deed);
  };
};
