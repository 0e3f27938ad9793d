/**
 * What an agent can do at a phone, and is told there: `server/agents/` offers it to desktops, an adapter of telephony has it for each
 * configured agent. `simulated/desktop.ts` is one.
 *
 * 1. Whoever logs in by hand decides alone: nothing rings off, becomes ready or answers by itself any more, until they log out.
 * 2. A phone that rang in vain, or whose call was rejected, is NotReady with a reason until the agent is ready again. The guide,
 *    "Configure Agent Reject": the strategy then finds another agent.
 */
import type { PhoneState } from '../routing/port.js';
import type { InteractionId, UserData } from './port.js';

/** What an agent may choose; the other states come and go with calls. */
export type Wish = 'LoggedOut' | 'NotReady' | 'Ready';

/** What a phone is told beside calls: TDistributeUserEvent. */
export interface UserEvent {
  readonly name: string;
  readonly userData: UserData;
  readonly extensions: UserData;
}

export interface Desk {
  readonly state: PhoneState;
  /** Why it is NotReady: the agent's own reason, or what RONA says. */
  readonly reason: string | undefined;
  /** The call that rings or talks. */
  readonly call: InteractionId | undefined;
  /** NotReady. Nothing happens to who has logged in by hand before. */
  login(): void;
  set(wish: Wish, reason?: string): void;
  /** What rang or talked ends. */
  logout(): void;
  /** False, also of the next two: no call is in the state for that. */
  answer(): boolean;
  reject(): boolean;
  hangUp(): boolean;
  onUserEvent: (event: UserEvent) => void;
  readonly chats: ChatDesk;
}

/** The chats of an agent, by their ids. False: it is not in the state for that. */
export interface ChatDesk {
  accept(ixn: InteractionId): boolean;
  reject(ixn: InteractionId): boolean;
  leave(ixn: InteractionId): boolean;
  write(ixn: InteractionId, text: string): boolean;
}
