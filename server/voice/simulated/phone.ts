/** An agent's phone as the simulated network sees it. `desktop.ts` is one; `call.ts` rings it. */
import type { UserEvent } from '../desk.js';
import type { InteractionId } from '../port.js';

export interface Phone {
  /** `ringing`: the phone will answer or reject, unless `end` comes first. Otherwise nothing follows. */
  ring(call: IncomingCall): 'ringing' | 'busy' | 'unreachable';
  /** The call is over for this phone: it rang too long, or someone hung up. */
  end(ixn: InteractionId, why: 'no-answer' | 'ended'): void;
  /** False: nobody is there who could hear of it. */
  tell(event: UserEvent): boolean;
  /** NotReady, after the call if there is one. False as above. */
  setAside(reason: string | undefined): boolean;
}

export interface IncomingCall {
  readonly ixn: InteractionId;
  answer(): void;
  reject(): void;
  hangUp(): void;
}
