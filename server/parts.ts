/** What a server is put together from: `ringback.ts` does, with what `main.ts` or a test gives it. */
import type { Clock } from './clock.js';
import type { ServerConfig } from './config.js';
import type { Services } from './gms/services.js';
import type { Metrics } from './health/metrics.js';
import type { Compiled } from './host/charts.js';
import type { FailPoint } from './host/fail-point.js';
import type { Log } from './log.js';
import type { Applications } from './ors/inbound/applications.js';
import type { KeptDocuments } from './ors/kept.js';
import type { PlaceOptions } from './ors/places.js';
import type { Tenants } from './ors/tenants.js';
import type { RouterPort } from './routing/port.js';
import type { Store } from './store/port.js';
import type { People } from './users/entrance.js';
import type { ChatPort } from './voice/chat.js';
import type { Desk } from './voice/desk.js';
import type { TelephonyPort } from './voice/port.js';

/** Who makes calls and who answers them: the simulated contact centre, later others. */
interface World {
  readonly telephony: TelephonyPort;
  /** Where there are chats. */
  readonly chat?: ChatPort;
  readonly router: RouterPort;
  /** By agent id: where agents can work by hand. */
  readonly desktops?: ReadonlyMap<string, Desk>;
  /** Agents begin, after both ports were started. */
  open(): void;
  close(): Promise<void>;
}

export interface Parts {
  readonly config: ServerConfig;
  readonly places: PlaceOptions;
  /** Where clients and plugins reach this server; known when it listens. */
  readonly url: () => string;
  readonly clock: Clock;
  readonly store: Store;
  readonly world: World;
  readonly services: Services;
  /** What calls at route points start; default: nothing. */
  readonly applications?: Applications;
  /** What strategies look up; one tenant without anything by default. */
  readonly tenants?: Tenants;
  /** Without users, whose deeds are forgotten, by default. */
  readonly people?: People;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** What servers of this process before it have read and compiled. */
  readonly warm?: { readonly documents: KeptDocuments; readonly charts: Compiled };
  /** For tests of crashes. */
  readonly passing?: (point: FailPoint) => void;
  /** Keeps a virtual clock still while something is on the network or read from a disk. */
  readonly during?: <T>(work: Promise<T>) => Promise<T>;
}
