/**
 * What happens in a scenario as lines `<seconds> <what>`, in order: states of callback records, calls, what customers hear.
 * `centre.ts` connects it to the server and the simulated contact centre.
 */
import type { CallbackRecord } from '../../server/store/port.js';
import {
  CallState,
  type InteractionId,
  type TelephonyEvent,
  type TelephonyPort,
  type UserData,
} from '../../server/voice/port.js';
import type { ChatPort } from '../../server/voice/chat.js';
import type { LogEntry } from '../../server/voice/simulated/centre.js';

/** Pairs of reporting are a test's own matter, where they are one; so is what says whose callback a call is. Which session has it is told by the session. */
const attachedLine = (set: object): string | undefined => {
  if (Object.keys(set).join() === 'OP-Session-ID') return undefined;
  if ('GMS_Service_ID' in set) return 'attach the callback';
  const keys = Object.keys(set);
  const isReporting = keys.length > 0 && keys.every((key) => key.startsWith('_CB_'));
  return isReporting ? undefined : `attach ${JSON.stringify(set)}`;
};

export const stateLine = ({ state, reason }: CallbackRecord['history'][number]): string =>
  reason === undefined ? state : `${state} / ${reason}`;

/** `response-options` of the guide's events for desktops. */
export type Buttons = Readonly<Record<string, { readonly url: string }>>;

export function timelineFrom(start: number, now: () => number) {
  const lines: string[] = [];
  /** How many changes of each callback are told. */
  const told = new Map<string, number>();
  const live = new Set<InteractionId>();
  const dialKeys: string[] = [];
  const parties = new Map<string, string>();
  const rang = new Set<string>();
  const answered = new Set<string>();
  /** What desktops were told last, and by which buttons it is answered. */
  let shown: UserData = {};
  const buttons = (): Buttons => (shown['response-options'] ?? {}) as Buttons;
  /** `_CB_*` of all calls together. */
  const attached: Record<string, unknown> = {};
  const attach = (data: object = {}): void => {
    Object.assign(attached, Object.fromEntries(Object.entries(data).filter(([key]) => key.startsWith('_CB_'))));
  };
  const tell = (what: string | undefined): void => {
    if (what !== undefined) lines.push(`${(now() - start) / 1000} ${what}`);
  };

  /** Whose leg it is. */
  const named = (event: TelephonyEvent): void => {
    if (event.type === 'dialing') parties.set(event.leg, 'customer');
    if (event.type === 'arrived' && !parties.has(event.leg)) {
      parties.set(event.leg, 'customer');
      answered.add(event.leg);
    }
    if (event.type === 'ringing') rang.add(event.leg);
    if (event.type === 'ringing' && event.to.kind === 'dn') parties.set(event.leg, `agent ${event.to.value}`);
    if (event.type === 'joined') {
      parties.set(event.leg, event.to.kind === 'dn' ? `agent ${event.to.value}` : 'customer');
      answered.add(event.leg);
    }
  };

  const sentences: {
    [T in TelephonyEvent['type']]: (event: TelephonyEvent & { readonly type: T }) => string | undefined;
  } = {
    dialing: ({ request: { prefix = '', from, to, displayNumber } }) =>
      `dial ${prefix}${to.value}${displayNumber === undefined ? '' : ` showing ${displayNumber}`}` +
      (from.kind === 'routePoint' ? '' : ` from ${from.value}`),
    ringing: ({ to }) => (to.kind === 'dn' ? `ring ${to.value}` : undefined),
    established: ({ leg }) => {
      answered.add(leg);
      return `${parties.get(leg) ?? '?'} answers`;
    },
    arrived: ({ to }) => `call arrives at ${to.value}`,
    text: ({ from, text }) => `${from} writes ${text}`,
    diverted: () => undefined,
    held: () => 'held',
    retrieved: () => 'retrieved',
    joined: ({ to }) => `${to.value} joins`,
    merged: ({ into }) => `merged into ${into}`,
    cpd: ({ cause }) => `detected ${cause}`,
    beep: () => 'beep',
    userDataChanged: ({ set }) => {
      attach(set);
      return attachedLine(set);
    },
    released: ({ leg, by, state }) => {
      const party = parties.get(leg) ?? '?';
      if (state === CallState.Busy && !answered.has(leg)) return `${party} is busy`;
      if (state === CallState.NoAnswer && !answered.has(leg))
        return rang.has(leg) ? `${party} does not answer` : undefined;
      if (by !== 'remote') return undefined;
      return answered.has(leg) ? `${party} hangs up` : `${party} declines`;
    },
    deleted: () => 'call ends',
  };

  return {
    lines: lines as readonly string[],
    /** The log of the simulated contact centre. */
    network: (entry: LogEntry): void => {
      if (entry.source !== 'voice') return;
      const { event } = entry;
      if (event.type === 'dialing') {
        live.add(event.ixn);
        attach(event.request.userData);
      }
      if (event.type === 'deleted') live.delete(event.ixn);
      named(event);
      tell((sentences[event.type] as (event: TelephonyEvent) => string | undefined)(event));
    },
    record: ({ id, history }: CallbackRecord): void => {
      for (const change of history.slice(told.get(id) ?? 0)) tell(stateLine(change));
      told.set(id, history.length);
    },
    /** What the strategies write in chats told. */
    writing: (chat: ChatPort): ChatPort => ({
      ...chat,
      sendText(request) {
        tell(`write ${request.text}`);
        return chat.sendText(request);
      },
    }),
    /** The port, with what customers hear told, and how often they are called counted. */
    listening: (port: TelephonyPort): TelephonyPort => ({
      ...port,
      createCall(request) {
        if (request.to.kind === 'number') dialKeys.push(request.requestId);
        return port.createCall(request);
      },
      play(request) {
        const { file, loop = false, startOnBeep = false } = request.prompt;
        tell(`${loop ? 'music' : 'play'} ${file}${startOnBeep ? ' after the beep' : ''}`);
        return port.play(request);
      },
      async userEvent(to, name, userData, extensions) {
        const result = await port.userEvent(to, name, userData, extensions);
        shown = userData;
        tell(`${to.value} ${result.ok ? 'is told' : 'does not hear'} ${name}: ${Object.keys(buttons()).join(', ')}`);
        return result;
      },
      async notReady(to, why = {}) {
        tell(`${to.value} is set NotReady ${JSON.stringify(why)}`);
        return port.notReady(to, why);
      },
    }),
    buttons,
    shown: (): UserData => shown,
    /** Of reporting, the user data that calls have had. */
    attached: attached as Readonly<Record<string, unknown>>,
    liveCalls: (): readonly string[] => [...live],
    callbacks: (): readonly string[] => [...told.keys()],
    /** How often this session has dialled a customer. */
    dials: (sessionid: string): number => dialKeys.filter((key) => key.startsWith(`${sessionid}/`)).length,
  };
}
