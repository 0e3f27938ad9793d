/**
 * Routes the call of a request to who was selected, for `route="true"`. Neighbours: `requests.ts` says when, `../interaction/redirect.ts` how.
 *
 * 1. What the network is asked is written before. So the next process knows of a call that does not wait any more where it went, and
 *    what came of it, and takes no other agent for it.
 */
import { fromData, toData } from '../../../../engine/datamodel/data.js';
import type { ActionContext } from '../../../host/module.js';
import type { Selected } from '../../../routing/port.js';
import type { Store } from '../../../store/port.js';
import type { InteractionId, Refusal, RouteResult } from '../../../voice/port.js';
import { routed } from '../interaction/redirect.js';
import { notOurs, refusal, type InteractionServices } from '../interaction/services.js';
import type { Journal } from './journal.js';

export interface HandoverServices extends InteractionServices {
  readonly clock: { now(): number };
  readonly store: Pick<Store, 'commit' | 'inbox'>;
}

interface Call {
  readonly id: string;
  readonly interactionid: string | undefined;
  readonly context: ActionContext;
}

interface Attempt {
  readonly key: string;
  readonly selected: Selected;
}

export class Handover {
  constructor(
    private readonly services: HandoverServices,
    private readonly journal: Journal,
  ) {}

  async begin(call: Call, selected: Selected): Promise<RouteResult> {
    const { id, interactionid = '', context } = call;
    const { interactions, clock, store } = this.services;
    if (context.again) await interactions.known;
    const ixn = interactions.find(interactionid, context.sessionid) ?? interactions.free(interactionid);
    if (!ixn) return notOurs(interactionid);
    // Another process may have had a reservation of this name.
    const attempt = { key: `${selected.reservation}/${selected.dn}/${clock.now()}`, selected };
    try {
      await store.commit([this.journal.changed(`${id}/route`, toData(attempt) ?? null)]);
    } catch {
      return refusal('busy', 'the store cannot write now, so nothing is asked that nobody would know of');
    }
    return this.#ask(call, ixn, attempt);
  }

  /** What came of what an earlier process has asked; undefined when the call waits here. (1) */
  async earlier(call: Call): Promise<{ readonly selected: Selected; readonly result: RouteResult } | undefined> {
    const { interactions, voice } = this.services;
    const attempt = fromData((await this.journal.changes(`${call.id}/route`)).at(-1)) as Attempt | undefined;
    if (!attempt) return undefined;
    await interactions.known;
    const ixn = call.interactionid as InteractionId;
    if ((await voice.holder(ixn)) === 'us') return undefined;
    return { selected: attempt.selected, result: await this.#ask(call, ixn, attempt) };
  }

  forget(id: string): void {
    this.journal.forget(`${id}/route`);
  }

  #ask(
    { interactionid = '', context }: Call,
    ixn: InteractionId,
    { key, selected: { dn, switch: on } }: Attempt,
  ): Promise<RouteResult> {
    const by = { ...context, key };
    return routed(
      ixn,
      { kind: 'dn', value: dn, switch: on },
      { attributes: { interactionid } },
      by,
      this.services,
    ).catch((error: unknown): Refusal => ({ ok: false, code: 'unreachable', text: String(error) }));
  }
}
