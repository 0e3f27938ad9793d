/** What an agent does in chats, by the words that desktops have for calls. `agents.ts` finds the chat. */
import { problem } from '../problems.js';
import type { ChatPort } from '../voice/chat.js';
import type { ChatDesk } from '../voice/desk.js';
import type { InteractionId } from '../voice/port.js';
import type { CallOperation, TextOfChat } from './message.js';

type Act = (chats: ChatDesk, ixn: InteractionId) => boolean;

const acts: Readonly<Partial<Record<CallOperation, readonly [act: Act, otherwise: string]>>> = {
  answer: [(chats, ixn) => chats.accept(ixn), 'it is not offered'],
  reject: [(chats, ixn) => chats.reject(ixn), 'it is not offered'],
  release: [(chats, ixn) => chats.leave(ixn), 'it is not answered'],
};

/** Throws AGENT_CALL_REFUSED, as `write` does. */
export const operateChat = (chats: ChatDesk, ixn: InteractionId, what: CallOperation): void => {
  const [act, otherwise] = acts[what] ?? [() => false, 'it is a chat'];
  if (!act(chats, ixn)) throw problem('AGENT_CALL_REFUSED', what, otherwise);
};

export const write = (chats: ChatDesk, ixn: InteractionId, text: string): void => {
  if (!chats.write(ixn, text)) throw problem('AGENT_CALL_REFUSED', 'text', 'it is no chat that was answered');
};

/** All that was written, oldest first; nothing in a call. */
export const textsOf = (chat: Pick<ChatPort, 'texts'> | undefined, ixn: InteractionId): readonly TextOfChat[] =>
  (chat?.texts(ixn) ?? []).map(({ at, from, text }) => ({ at: new Date(at).toISOString(), from, text }));
