/**
 * The queue module: `submit` and `cancel`. Events: `queue.submit.requestid`, `queue.submit.done`, `error.queue.submit`,
 * `queue.cancel.done`. A selected agent who rejects or does not answer puts the request back: `queue.submit.done` comes again.
 *
 * 1. The action lasts as long as its request is in the queue. The queue of the next process gets it again, at its old place and
 *    with what is left of its time.
 * 2. `queue.submit.requestid` is told once, however often the request is submitted.
 */
import type { ModuleChild, ModuleEffect } from '../../../engine/effect.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { Clock } from '../../clock.js';
import type { RouterPort, RoutingEvent, Selected, SubmitRequest } from '../../routing/port.js';
import type { Store, Write } from '../../store/port.js';
import { asNumber, asText } from '../arguments.js';

interface Request {
  readonly requestid: string;
  readonly interactionid: string | undefined;
  readonly context: ActionContext;
}

export const queueTable = {
  namespace: 'www.genesyslab.com/modules/queue',
  actions: {
    /** `timeout` in seconds. Targets: `<queue:targets><queue:targetid expr="'Name@StatServer.GA'"/></queue:targets>`. */
    submit: {
      attributes: {
        queue: 'value',
        priority: 'value',
        interactionid: 'value',
        timeout: 'value',
        reserve: 'value',
        route: 'literal',
        clearontimeout: 'literal',
      },
      required: ['queue'],
      children: {
        targets: { attributes: { type: 'literal' }, children: { targetid: { attributes: { expr: 'value' } } } },
      },
    },
    cancel: { attributes: { requestid: 'value' }, required: ['requestid'] },
  },
} as const satisfies ModuleTable;

export interface QueueServices {
  readonly router: RouterPort;
  readonly clock: Pick<Clock, 'now'>;
  readonly store: Pick<Store, 'inbox'>;
}

/** Of the inbox: the requests whose id was told. (2) */
const SCOPE = 'queue';

export class Queue {
  /** By the router's id of the request: the effect key. */
  readonly #requests = new Map<string, Request>();

  constructor(private readonly services: QueueServices) {}

  /** The router's sink. */
  report(event: RoutingEvent): void {
    const request = this.#requests.get(event.id);
    if (!request) return;
    const { requestid, interactionid, context } = request;
    if (event.type === 'selected') {
      context.raise('queue.submit.done', { requestid, interactionid, ...selectedData(event.selected) });
      return;
    }
    if (event.type === 'timetodial') {
      context.raise('queue.submit.timetodial', { requestid, interactionid, position: event.position });
      return;
    }
    this.#requests.delete(event.id);
    if (event.why === 'accepted') context.end();
    else if (event.why === 'cancelled') context.finish('queue.cancel.done', { requestid });
    else {
      const description = event.why === 'bad-target' ? event.text : `the request ended: ${event.why}`;
      context.finish('error.queue.submit', { requestid, error: event.why, description });
    }
  }

  /** The router's ids of the requests of an interaction, or of one by its `requestid`. */
  requestsOf(call: string): readonly string[] {
    return [...this.#requests].flatMap(([id, { requestid, interactionid }]) =>
      requestid === call || interactionid === call ? [id] : [],
    );
  }

  readonly module: Module = {
    namespace: queueTable.namespace,
    actions: {
      submit: {
        ...queueTable.actions.submit,
        error: 'error.queue.submit',
        lasting: true,
        perform: (effect, context) => this.#submit(effect, context),
      },
      cancel: {
        ...queueTable.actions.cancel,
        error: 'error.queue.cancel',
        perform: (effect, context) => {
          this.#cancel(effect, context);
        },
      },
    },
    ended: (sessionid) => {
      for (const [id, { context }] of this.#requests) if (context.sessionid === sessionid) this.#remove(id, context);
    },
  };

  async #submit(effect: ModuleEffect, context: ActionContext): Promise<void> {
    const { key, again, isActive } = context;
    const { router, store } = this.services;
    const { attributes, requestid } = effect;
    this.#requests.set(key, { requestid, interactionid: asText(attributes['interactionid']), context });
    const told = again && (await store.inbox(SCOPE, key)) !== undefined;
    if (!this.#requests.has(key)) return;
    // It has ended, and the process with it, before the request was taken out of the queue.
    if (!isActive()) {
      this.#remove(key, context);
      return;
    }
    if (!told) context.raise('queue.submit.requestid', { requestid }, [this.#note(key)]);
    router.submit(this.#requestOf(effect, context));
  }

  #requestOf({ attributes, children }: ModuleEffect, { key, since }: ActionContext): SubmitRequest {
    const timeout = asNumber(attributes['timeout']);
    const reserve = asNumber(attributes['reserve']);
    const passed = this.services.clock.now() - since;
    return {
      id: key,
      vq: asText(attributes['queue']) ?? 'none',
      targets: targetsOf(children),
      priority: asNumber(attributes['priority']) ?? 0,
      ageStartMs: since,
      ...(timeout !== undefined && { timeoutMs: Math.max(0, timeout * 1000 - passed) }),
      ...(reserve !== undefined && { reserveMs: reserve * 1000 }),
    };
  }

  /** 2 */
  #note(key: string): Write {
    const at = this.services.clock.now();
    return { kind: 'inbox', record: { scope: SCOPE, id: key, digest: '', at, sendid: undefined, answer: null } };
  }

  /** Nobody is to hear of it. */
  #remove(key: string, context: ActionContext): void {
    this.#requests.delete(key);
    this.services.router.cancel(key);
    context.end();
  }

  #cancel({ attributes }: ModuleEffect, context: ActionContext): void {
    const requestid = asText(attributes['requestid']);
    for (const [id, request] of this.#requests)
      if (request.requestid === requestid && request.context.sessionid === context.sessionid) {
        if (this.services.router.cancel(id)) return;
        // It is on its way to the queue.
        this.#requests.delete(id);
        request.context.finish('queue.cancel.done', { requestid });
        return;
      }
    // What was cancelled before is gone when it is cancelled again.
    if (!context.again)
      context.finish('error.queue.cancel', { requestid, description: 'this request has ended before' });
  }
}

/** `targetid` lists targets with commas; a skill expression (`?:...`) is one target, commas and all. */
const targetsOf = (children: readonly ModuleChild[]): string[] =>
  children
    .flatMap(({ children: targetids }) => targetids)
    .map(({ attributes }) => asText(attributes['expr']) ?? '')
    .flatMap((text) => (text.includes('?:') ? [text] : text.split(',')))
    .map((target) => target.trim())
    .filter((target) => target !== '');

const selectedData = ({ agent, dn, place, switch: on, target, vq, type, reservation }: Selected) => ({
  targetselected: `${dn}@${on}.DN`,
  targetobjectselected: target,
  targetcomponentselected: target,
  vqselected: vq,
  resource: {
    ...(agent === undefined ? { type } : { type: 'A', agent, id: agent }),
    ...{ dn, place, switch: on, vq, reservation, targettype: type },
  },
});
