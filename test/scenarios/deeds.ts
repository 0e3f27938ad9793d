/** What somebody does in a scenario (`scenario.ts`), by the one word that its step has besides `at`. */
import { expect } from 'chai';
import type { Wish } from '../../server/voice/desk.js';
import type { InboundCall } from '../../server/voice/simulated/origin.js';
import type { InteractionId } from '../../server/voice/port.js';
import { START, type Centre } from '../support/centre.js';

/** `at`: seconds after the start. `answer`: fields that a client is answered among others; `status`: default 200. */
export type Deed = { readonly at: number } & (
  | { readonly cancel: true; readonly status?: number }
  /** What the customer's device puts: `_new_desired_time` and whatever else. */
  | { readonly change: object; readonly status?: number }
  /** The session is lost. */
  | { readonly lose: true }
  /** The key of the list of paused services that is set: `all` (true), a service, or an id. */
  | { readonly pause: string | true }
  | { readonly resume: string | true }
  /** To the session, as `/scxml/session/<id>/event/<name>` has it. */
  | { readonly event: string; readonly data?: object }
  /** Somebody else has waited in the queue for so many seconds. */
  | { readonly waited: number; readonly queue: string }
  /** A customer calls. `ced` of `$code`: the code that the callback has given. */
  | { readonly call: Pick<InboundCall, 'ani' | 'dnis' | 'routePoint' | 'ced'> }
  /** The desktop answers the last invitation or question by its button, as `accept` or `done`. */
  | { readonly presses: string; readonly data?: object; readonly status?: number }
  /** By hand, at the phone. */
  | { readonly agent: string; readonly wishes: Wish }
  /** In the chat of the callback, the customer. */
  | { readonly say: string }
  | { readonly leave: true }
  | { readonly request: string; readonly data?: object; readonly status?: number; readonly answer?: object }
);

/** What the deeds of a scenario are about. */
export interface Stage {
  readonly centre: Centre;
  /** The callback. */
  readonly id: string;
}

type Kinds =
  | 'cancel'
  | 'change'
  | 'lose'
  | 'pause'
  | 'resume'
  | 'event'
  | 'request'
  | 'call'
  | 'waited'
  | 'say'
  | 'leave'
  | 'presses'
  | 'wishes';
type Act<K extends Kinds> = (deed: Extract<Deed, Readonly<Record<K, unknown>>>, stage: Stage) => Promise<void>;

const post = async ({ centre, id }: Stage, path: string, data?: object) =>
  centre.send('POST', `/scxml/session/${await centre.sessionOf(id)}/${path}`, data);

/** The first of the centre. */
const CHAT = `CHAT${START.toString(36).toUpperCase()}-1` as InteractionId;

const keyOf = (key: string | true): string => (key === true ? 'all' : key);

const acts: { readonly [K in Kinds]: Act<K> } = {
  async cancel({ status = 200 }, { centre, id }) {
    expect((await centre.cancel(id)).status).to.equal(status);
  },
  async change({ change, status = 200 }, { centre, id }) {
    const answered = await centre.change(id, change);
    expect(answered.status, JSON.stringify(answered.data)).to.equal(status);
  },
  async lose(_deed, { centre, id }) {
    await centre.lose(id);
  },
  async pause({ pause }, { centre }) {
    await centre.setPaused(keyOf(pause), true);
  },
  async resume({ resume }, { centre }) {
    await centre.setPaused(keyOf(resume), false);
  },
  async event({ event, data }, stage) {
    expect((await post(stage, `event/${event}`, data)).status).to.equal(200);
  },
  async waited({ waited, queue }, { centre }) {
    centre.centre.router.peg(queue, waited * 1000);
  },
  async call({ call }, { centre, id }) {
    const { _access_code: code } = call.ced === undefined ? {} : (await centre.recordOf(id)).properties;
    const ced = call.ced?.replace('$code', typeof code === 'string' ? code : '');
    centre.centre.callers.arrive({ ...call, ...(ced !== undefined && { ced }) });
  },
  async presses({ presses, data, status = 200 }, { centre }) {
    const { url } = centre.buttons()[presses] ?? {};
    if (url === undefined) throw new Error(`${presses}: no agent has such a button`);
    const answered = await centre.send('POST', url, data);
    expect(answered.status, JSON.stringify(answered.data)).to.equal(status);
  },
  async wishes({ agent, wishes }, { centre }) {
    const desktop = centre.centre.desktops.get(agent);
    if (wishes === 'LoggedOut') desktop?.logout();
    else desktop?.set(wishes);
  },
  async say({ say }, { centre }) {
    centre.centre.callers.say(CHAT, say);
  },
  async leave(_deed, { centre }) {
    centre.centre.callers.leave(CHAT);
  },
  async request({ request, data, status = 200, answer }, stage) {
    const answered = await post(stage, `request/${request}`, data);
    expect(answered.status, JSON.stringify(answered.data)).to.equal(status);
    if (answer) expect(answered.data).to.deep.include(answer);
  },
};

export const act = (deed: Deed, stage: Stage): Promise<void> => {
  const kind = Object.keys(acts).find((one) => one in deed);
  if (kind === undefined) throw new Error(`nobody can do ${JSON.stringify(deed)}: ${Object.keys(acts).join(', ')}`);
  return (acts[kind as Kinds] as (deed: Deed, stage: Stage) => Promise<void>)(deed, stage);
};
