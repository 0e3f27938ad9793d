/**
 * Calls that arrive at route points. Each that no session has starts the application of its route point, and is the session's:
 * `interaction.added`, `interaction.onrouterequest`. `inbound/` has the configuration.
 *
 * 1. A call that a session has starts nothing: it is detached first, if that is wanted. (The guide, RONA.)
 * 2. A call that no application takes is released, and the log says why: nobody would ever talk to the caller.
 */
import type { Sessions } from '../host/port.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { Address, InteractionId, TelephonyEvent, TelephonyPort } from '../voice/port.js';
import { applicationAt, type Application, type Applications } from './inbound/applications.js';
import { filled } from './inbound/placeholders.js';
import type { Interactions } from './interactions.js';

export interface InboundOptions {
  readonly applications: Applications;
  readonly sessions: Pick<Sessions, 'start'>;
  readonly voice: Pick<TelephonyPort, 'call' | 'getUserData' | 'release'>;
  readonly interactions: Interactions;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export class Inbound {
  constructor(private readonly options: InboundOptions) {}

  /** The network's sink, after that of the interactions. */
  report(event: TelephonyEvent): void {
    const { interactions } = this.options;
    if (event.type !== 'arrived' || !interactions.claim(event.ixn)) return;
    this.#take(event.ixn, event.to)
      .catch((err: unknown) => {
        this.options.log.error({ interaction: event.ixn, err }, 'an inbound call could not be taken');
      })
      .finally(() => {
        interactions.disclaim(event.ixn);
      });
  }

  async #take(ixn: InteractionId, { value: dn, ...to }: Address): Promise<void> {
    const { interactions, log } = this.options;
    const applications = applicationAt(this.options.applications, dn, 'switch' in to ? to.switch : undefined);
    if (!applications) return this.#release(ixn, dn, 'the route point has no application');
    const sessionid = await this.#started(ixn, dn, applications);
    if (sessionid === undefined) return this.#release(ixn, dn, 'no application of the route point could be started');
    log.info({ interaction: ixn, routePoint: dn, sessionid }, 'inbound call has its session');
    if (!interactions.arrived(ixn, dn, sessionid)) await this.#release(ixn, dn, 'its session was over at once');
  }

  /** The session of the first that can be started. */
  async #started(ixn: InteractionId, dn: string, applications: readonly Application[]): Promise<string | undefined> {
    const { voice, sessions, log } = this.options;
    for (const { url, params } of applications) {
      const { ani = '', dnis = '', ced } = voice.call(ixn) ?? {};
      const src = filled(url, { ani, dnis, dn, ced, udata: voice.getUserData(ixn) ?? {} });
      try {
        return await sessions.start({ src, params, interaction: ixn });
      } catch (error) {
        log.warn(
          { interaction: ixn, routePoint: dn, application: url, why: messageOf(error) },
          'application not started',
        );
      }
    }
    return undefined;
  }

  /** 2 */
  async #release(ixn: InteractionId, routePoint: string, why: string): Promise<void> {
    this.options.log.warn({ interaction: ixn, routePoint }, `inbound call released: ${why}`);
    await this.options.voice.release(ixn);
  }
}
