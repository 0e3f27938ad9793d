/**
 * The chats of the simulated contact centre, beside the calls of `network.ts`: one port for both. Customers write when somebody tells
 * them to (`Chatters`); what is written to them they read in silence.
 */
import type { Clock } from '../../clock.js';
import type { ChatPort, ChatText } from '../chat.js';
import {
  CallState,
  type CallView,
  type InteractionId,
  type LegId,
  type OpResult,
  type Refusal,
  type TelephonyEvent,
  type TelephonyPort,
  type UserData,
} from '../port.js';
import type { Untold } from './exchange.js';
import { once } from './once.js';
import { gone } from './refusal.js';

/** Customers who write. */
export interface Chatters {
  /** A chat from outside, at an entry point. */
  chat(from: { readonly customer: string; readonly entryPoint: string; readonly userData?: UserData }): InteractionId;
  say(ixn: InteractionId, text: string): void;
  leave(ixn: InteractionId): void;
}

interface Chat {
  readonly ixn: InteractionId;
  readonly customer: string;
  /** Where it came in; undefined: we wrote first. */
  readonly entryPoint: string | undefined;
  readonly texts: ChatText[];
  userData: UserData;
}

export function withChats<T extends TelephonyPort>(network: T, clock: Clock): T & ChatPort & Chatters {
  const chats = new Map<InteractionId, Chat>();
  const openOnce = once<{ readonly ok: true; readonly ixn: InteractionId } | Refusal>();
  const sendOnce = once<OpResult>();
  // A session may outlive the process: ids of a later start must not name chats of an earlier one.
  const start = clock.now().toString(36).toUpperCase();
  let sink: ((event: TelephonyEvent) => void) | undefined;
  let made = 0;

  const tell = (ixn: InteractionId, event: Untold): void => sink?.({ at: clock.now(), ixn, ...event });

  const open = (customer: string, entryPoint: string | undefined, userData: UserData = {}): Chat => {
    const chat: Chat = { ixn: `CHAT${start}-${++made}` as InteractionId, customer, entryPoint, texts: [], userData };
    chats.set(chat.ixn, chat);
    return chat;
  };
  const write = (chat: Chat, from: ChatText['from'], text: string): void =>
    void chat.texts.push({ at: clock.now(), from, text });
  const end = (ixn: InteractionId, by: 'local' | 'remote'): void => {
    const chat = chats.get(ixn);
    chats.delete(ixn);
    if (chat?.entryPoint !== undefined) tell(ixn, { type: 'released', leg: legOf(ixn), by, state: CallState.Ok });
    if (chat) tell(ixn, { type: 'deleted' });
  };
  const inChat = async (ixn: InteractionId, work: (chat: Chat) => void): Promise<OpResult> => {
    const chat = chats.get(ixn);
    if (chat) work(chat);
    return chat ? { ok: true } : gone(ixn);
  };

  return {
    ...network,
    start: (to) => {
      sink = to;
      return network.start(to);
    },
    async stop() {
      for (const ixn of [...chats.keys()]) end(ixn, 'local');
      sink = undefined;
      await network.stop();
    },
    holder: async (ixn) => (chats.has(ixn) ? 'us' : network.holder(ixn)),
    release: (ixn) =>
      chats.has(ixn)
        ? inChat(ixn, () => {
            end(ixn, 'local');
          })
        : network.release(ixn),
    call: (ixn) => viewOf(chats.get(ixn)) ?? network.call(ixn),
    getUserData: (ixn) => chats.get(ixn)?.userData ?? network.getUserData(ixn),
    updateUserData: (ixn, set, removed = []) =>
      chats.has(ixn)
        ? inChat(ixn, (chat) => {
            const kept = Object.entries(chat.userData).filter(([key]) => !removed.includes(key));
            chat.userData = { ...Object.fromEntries(kept), ...set };
            tell(ixn, { type: 'userDataChanged', set, removed });
          })
        : network.updateUserData(ixn, set, removed),
    openChat: ({ requestId, to, text, userData }) =>
      openOnce(requestId, async () => {
        const chat = open(to, undefined, userData);
        if (text !== undefined) write(chat, 'us', text);
        return { ok: true, ixn: chat.ixn };
      }),
    sendText: ({ requestId, ixn, text }) =>
      sendOnce(requestId, () =>
        inChat(ixn, (chat) => {
          write(chat, 'us', text);
        }),
      ),
    texts: (ixn) => chats.get(ixn)?.texts,
    chat({ customer, entryPoint, userData }) {
      const { ixn } = open(customer, entryPoint, userData);
      tell(ixn, { type: 'arrived', leg: legOf(ixn), to: { kind: 'routePoint', value: entryPoint } });
      return ixn;
    },
    say(ixn, text) {
      const chat = chats.get(ixn);
      if (!chat) return;
      write(chat, 'customer', text);
      tell(ixn, { type: 'text', text });
    },
    leave: (ixn) => {
      end(ixn, 'remote');
    },
  };
}

const legOf = (ixn: InteractionId): LegId => `${ixn}-1` as LegId;

const viewOf = (chat: Chat | undefined): CallView | undefined =>
  chat && {
    media: 'chat',
    type: chat.entryPoint === undefined ? 'outbound' : 'inbound',
    ani: chat.entryPoint === undefined ? '' : chat.customer,
    dnis: chat.entryPoint ?? chat.customer,
    held: false,
    parties: [{ leg: legOf(chat.ixn), device: chat.customer, devicetype: 'unknown' }],
  };
