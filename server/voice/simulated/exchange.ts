/** What a simulated call needs of the network that it is in. `network.ts` is it, `call.ts` asks. */
import type { InteractionId, TelephonyEvent } from '../port.js';
import type { Phone } from './phone.js';
import type { Studio } from './treatment.js';

export interface Exchange extends Studio {
  tell(event: TelephonyEvent): void;
  phone(dn: string): Phone | undefined;
  /** `somebody` answers there at once; at `us` a call waits for a strategy. */
  routePoint(name: string): 'somebody' | 'us' | undefined;
  over(ixn: InteractionId): void;
}
