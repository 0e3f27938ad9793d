/**
 * The chats of an agent at work (`desktop.ts`), several at a time: offered, accepted or not, and left. `chats.ts` offers them.
 *
 * 1. Who works by the script does what `chats` of it says; who has logged in by hand decides alone.
 * 2. An offer that is not accepted leaves the phone as it was: the agent may have many others at hand.
 */
import type { Clock } from '../../clock.js';
import type { ChatDesk } from '../desk.js';
import type { InteractionId } from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';

/** What an agent does with a chat that is offered; times in milliseconds. */
export type ChatReaction =
  /** Writes `says` at once, and leaves `chatMs` after the acceptance, if the customer has not by then. */
  | { readonly kind: 'accept'; readonly afterMs?: number; readonly chatMs?: number; readonly says?: string }
  | { readonly kind: 'reject'; readonly afterMs?: number }
  | { readonly kind: 'ignore' };

/** A chat as the agent has it. */
export interface OfferedChat {
  readonly ixn: InteractionId;
  accept(): void;
  reject(): void;
  leave(): void;
  write(text: string): void;
}

const TIMES = { reactMs: 2_000, chatMs: 300_000 } as const;

export class ChatDesktop implements ChatDesk {
  readonly #alarms: Alarms;
  readonly #chats = new Map<InteractionId, { readonly chat: OfferedChat; isAccepted: boolean }>();
  #offered = 0;

  /** `isThere`: whether the agent is logged in; `occupied` is told how many chats there are, with those that are offered. */
  constructor(
    clock: Clock,
    private readonly at: {
      readonly script: readonly ChatReaction[] | undefined;
      readonly isThere: () => boolean;
      readonly isByHand: () => boolean;
      readonly occupied: (count: number) => void;
    },
  ) {
    this.#alarms = alarmsOn(clock);
  }

  /** False: nobody is there. Otherwise it is accepted or rejected, unless `end` comes first. */
  offer(chat: OfferedChat): boolean {
    if (!this.at.isThere()) return false;
    const script = this.at.script ?? [];
    const reaction = script[this.#offered] ?? script.at(-1) ?? { kind: 'accept' };
    this.#offered += 1;
    this.#chats.set(chat.ixn, { chat, isAccepted: false });
    this.at.occupied(this.#chats.size);
    if (!this.at.isByHand() && reaction.kind !== 'ignore')
      this.#alarms.set(chat.ixn, reaction.afterMs ?? TIMES.reactMs, () => this.#react(chat, reaction));
    return true;
  }

  /** It is over for this agent. */
  end(ixn: InteractionId): void {
    this.#alarms.clear(ixn);
    if (this.#chats.delete(ixn)) this.at.occupied(this.#chats.size);
  }

  /** 1 */
  takeOver(): void {
    this.#alarms.clearAll();
  }

  leaveAll(): void {
    for (const ixn of [...this.#chats.keys()]) if (!this.reject(ixn)) this.leave(ixn);
  }

  accept(ixn: InteractionId): boolean {
    const found = this.#chats.get(ixn);
    if (!found || found.isAccepted) return false;
    found.isAccepted = true;
    found.chat.accept();
    return true;
  }

  /** 2 */
  reject(ixn: InteractionId): boolean {
    const found = this.#chats.get(ixn);
    if (!found || found.isAccepted) return false;
    this.end(ixn);
    found.chat.reject();
    return true;
  }

  leave(ixn: InteractionId): boolean {
    const chat = this.#accepted(ixn);
    chat?.leave();
    return chat !== undefined;
  }

  write(ixn: InteractionId, text: string): boolean {
    const chat = this.#accepted(ixn);
    chat?.write(text);
    return chat !== undefined;
  }

  #accepted(ixn: InteractionId): OfferedChat | undefined {
    const found = this.#chats.get(ixn);
    return found?.isAccepted === true ? found.chat : undefined;
  }

  #react({ ixn }: OfferedChat, reaction: Exclude<ChatReaction, { kind: 'ignore' }>): void {
    if (reaction.kind === 'reject') {
      this.reject(ixn);
      return;
    }
    this.#alarms.set(ixn, reaction.chatMs ?? TIMES.chatMs, () => void this.leave(ixn));
    this.accept(ixn);
    if (reaction.says !== undefined) this.write(ixn, reaction.says);
  }
}
