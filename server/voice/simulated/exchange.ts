/** What a simulated call needs of the network that it is in. `network.ts` is it, `call.ts` asks. */
import type { Address, InteractionId, Reservation, TelephonyEvent } from '../port.js';
import type { Phone } from './phone.js';
import type { Reservations } from './reservations.js';
import type { Studio } from './treatment.js';

type Bare<E> = E extends unknown ? Omit<E, 'at' | 'ixn'> : never;
/** An event as the call or chat tells it that it happens to. */
export type Untold = Bare<TelephonyEvent>;

/** Where calls from other switches come in (ISCC), and how long they take to get there. */
export interface ExternalRoutePoint {
  readonly name: string;
  readonly afterMs?: number;
}

export interface Exchange extends Studio {
  tell(event: TelephonyEvent): void;
  phone(dn: string): Phone | undefined;
  /** `somebody` answers there at once; at `us` a call waits for a strategy. */
  routePoint(name: string): 'somebody' | 'us' | undefined;
  readonly reservations: Reservations;
  /** What a call of `from` passes on its way to another switch; undefined: it is there. */
  wayTo(to: Address, from: Address | undefined): ExternalRoutePoint | undefined;
  /** Why the agent at this DN is not who is reserved. */
  mismatch(dn: string, reservation: Reservation | undefined): string | undefined;
  over(ixn: InteractionId): void;
}
