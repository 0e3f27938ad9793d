/** A session and the interaction module on a network that answers as a test says: what the tests of calls and redirects share. */
import type { Interactions } from '../../../../../server/ors/interactions.js';
import { interactionModule } from '../../../../../server/ors/modules/interaction.js';
import type { Module } from '../../../../../server/host/module.js';
import type { OfferOutcome, RouterPort } from '../../../../../server/routing/port.js';
import type { InteractionId, TelephonyPort } from '../../../../../server/voice/port.js';
import { interactionsOf, IXN, network, sessionOf, type Session } from '../bench.js';

export const to = '5551000';
export const ok = { ok: true } as const;
export const notOurs = (id: string) => `interaction "${id}" does not belong to this session (any more)`;

export class Scene {
  session: Session = sessionOf();
  interactions: Interactions = interactionsOf(this.session);
  /** What the router was told of offers. */
  readonly confirmed: [reservation: string, outcome: OfferOutcome][] = [];
  readonly released: InteractionId[] = [];

  moduleOn(answers: Partial<TelephonyPort>): Module {
    const release: TelephonyPort['release'] = async (ixn) => {
      this.released.push(ixn);
      return ok;
    };
    const router = { confirm: (...args: [string, OfferOutcome]) => this.confirmed.push(args) } as unknown as RouterPort;
    return interactionModule({ voice: network({ release, ...answers }), router, interactions: this.interactions });
  }

  /** From here on the session has a call. */
  withCall(): void {
    this.interactions.add(IXN, to, 'S');
    this.session.heard.length = 0;
  }
}
