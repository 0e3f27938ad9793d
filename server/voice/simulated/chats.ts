/**
 * The chats of the simulated contact centre, beside the calls of `network.ts`: one port for both; `chat.ts` is one of them. Customers
 * write when somebody tells them to (`Chatters`); what is written to them they read in silence.
 *
 * 1. After its last event a chat is not there any more.
 */
import type { Clock } from '../../clock.js';
import type { ChatPort } from '../chat.js';
import type {
  InteractionId,
  OpResult,
  Refusal,
  RouteResult,
  TelephonyEvent,
  TelephonyPort,
  UserData,
} from '../port.js';
import { SimulatedChat } from './chat.js';
import type { ChatDesktop } from './chat-desk.js';
import { once } from './once.js';
import { gone } from './refusal.js';

/** Customers who write. */
export interface Chatters {
  /** A chat from outside, at an entry point. */
  chat(from: { readonly customer: string; readonly entryPoint: string; readonly userData?: UserData }): InteractionId;
  say(ixn: InteractionId, text: string): void;
  leave(ixn: InteractionId): void;
}

/** `deskAt`: of the agent at a DN. */
export function withChats<T extends TelephonyPort>(
  network: T,
  clock: Clock,
  deskAt: (dn: string) => ChatDesktop | undefined,
): T & ChatPort & Chatters {
  const chats = new Map<InteractionId, SimulatedChat>();
  const openOnce = once<{ readonly ok: true; readonly ixn: InteractionId } | Refusal>();
  const sendOnce = once<OpResult>();
  const routeOnce = once<RouteResult>();
  // A session may outlive the process: ids of a later start must not name chats of an earlier one.
  const start = clock.now().toString(36).toUpperCase();
  let sink: ((event: TelephonyEvent) => void) | undefined;
  let made = 0;

  const open = (customer: string, entryPoint: string | undefined, userData: UserData = {}): SimulatedChat => {
    const ixn = `CHAT${start}-${++made}` as InteractionId;
    const chat = new SimulatedChat(ixn, { customer, entryPoint }, userData, clock, (event) => {
      if (event.type === 'deleted') chats.delete(ixn); // 1
      sink?.({ at: clock.now(), ixn, ...event });
    });
    chats.set(ixn, chat);
    return chat;
  };
  const inChat = async (ixn: InteractionId, work: (chat: SimulatedChat) => void): Promise<OpResult> => {
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
      for (const chat of [...chats.values()]) chat.end('us');
      sink = undefined;
      await network.stop();
    },
    holder: async (ixn) => chats.get(ixn)?.holder ?? network.holder(ixn),
    route: (request) =>
      chats.has(request.ixn)
        ? routeOnce(request.requestId, async () => {
            const { kind, value } = request.to;
            return (
              chats.get(request.ixn)?.route(request, kind === 'dn' ? deskAt(value) : undefined) ?? gone(request.ixn)
            );
          })
        : network.route(request),
    release: (ixn) =>
      chats.has(ixn)
        ? inChat(ixn, (chat) => {
            chat.end('us');
          })
        : network.release(ixn),
    calls: () => [...network.calls(), ...chats.keys()],
    call: (ixn) => chats.get(ixn)?.view ?? network.call(ixn),
    getUserData: (ixn) => chats.get(ixn)?.userData ?? network.getUserData(ixn),
    updateUserData: (ixn, set, removed = []) =>
      chats.has(ixn)
        ? inChat(ixn, (chat) => {
            chat.updateUserData(set, removed);
          })
        : network.updateUserData(ixn, set, removed),
    openChat: ({ requestId, to, text, userData }) =>
      openOnce(requestId, async () => {
        const chat = open(to, undefined, userData);
        if (text !== undefined) chat.write('us', text);
        return { ok: true, ixn: chat.ixn };
      }),
    sendText: ({ requestId, ixn, text }) =>
      sendOnce(requestId, () =>
        inChat(ixn, (chat) => {
          chat.write('us', text);
        }),
      ),
    texts: (ixn) => chats.get(ixn)?.texts,
    chat({ customer, entryPoint, userData }) {
      const chat = open(customer, entryPoint, userData);
      chat.arrive();
      return chat.ixn;
    },
    say(ixn, text) {
      chats.get(ixn)?.write('customer', text);
    },
    leave(ixn) {
      chats.get(ixn)?.end('customer');
    },
  };
}
