/**
 * What the server may ask of a network that has chats besides calls: `port.ts` has what both have in common, their owners, user data
 * and end. A chat is an interaction whose `call` has the medium `chat`; what those write who are in it is the event `text`. `route`
 * offers it to an agent, whose `desk.ts` accepts it or not; it goes on until either leaves.
 *
 * 1. As with calls: a repeated `requestId` is not carried out again, and answers what the first one answers.
 */
import type { InteractionId, OpResult, Refusal, UserData } from './port.js';

export type ChatWriter = 'customer' | 'agent' | 'us';

export interface ChatText {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: ChatWriter;
  readonly text: string;
}

export interface ChatPort {
  /** Writes to a customer, who need not answer. */
  openChat(request: {
    readonly requestId: string;
    readonly to: string;
    readonly text?: string;
    readonly userData?: UserData;
  }): Promise<{ readonly ok: true; readonly ixn: InteractionId } | Refusal>;
  sendText(request: {
    readonly requestId: string;
    readonly ixn: InteractionId;
    readonly text: string;
  }): Promise<OpResult>;
  /** All that was written, oldest first; undefined when there is no such chat (any more). */
  texts(ixn: InteractionId): readonly ChatText[] | undefined;
}
