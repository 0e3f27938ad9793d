/**
 * The queue module: `submit` and `cancel`. Events: `queue.submit.requestid`, `queue.submit.done`, `error.queue.submit`,
 * `queue.cancel.done`. A selected agent who rejects or does not answer puts the request back: `queue.submit.done` comes again.
 */
import type { ModuleChild, ModuleEffect } from '../../../engine/effect.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { RouterPort, RoutingEvent, Selected } from '../../routing/port.js';
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

export class Queue {
  /** By the router's id of the request: the effect key. */
  readonly #requests = new Map<string, Request>();

  constructor(private readonly router: RouterPort) {}

  /** The router's sink. */
  report(event: RoutingEvent): void {
    const request = this.#requests.get(event.id);
    if (!request) return;
    const { requestid, interactionid, context } = request;
    if (event.type === 'selected') {
      context.raise('queue.submit.done', { requestid, interactionid, ...selectedData(event.selected) });
      return;
    }
    this.#requests.delete(event.id);
    if (event.why === 'accepted') return;
    if (event.why === 'cancelled') context.raise('queue.cancel.done', { requestid });
    else {
      const description = event.why === 'bad-target' ? event.text : `the request ended: ${event.why}`;
      context.raise('error.queue.submit', { requestid, error: event.why, description });
    }
  }

  readonly module: Module = {
    namespace: queueTable.namespace,
    actions: {
      submit: {
        ...queueTable.actions.submit,
        error: 'error.queue.submit',
        perform: (effect, context) => {
          this.#submit(effect, context);
        },
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
      for (const [id, { context }] of this.#requests) {
        if (context.sessionid !== sessionid) continue;
        this.#requests.delete(id);
        this.router.cancel(id);
      }
    },
  };

  #submit({ attributes, requestid, children }: ModuleEffect, context: ActionContext): void {
    const timeout = asNumber(attributes['timeout']);
    const reserve = asNumber(attributes['reserve']);
    this.#requests.set(context.key, { requestid, interactionid: asText(attributes['interactionid']), context });
    context.raise('queue.submit.requestid', { requestid });
    this.router.submit({
      id: context.key,
      vq: asText(attributes['queue']) ?? 'none',
      targets: targetsOf(children),
      priority: asNumber(attributes['priority']) ?? 0,
      ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      ...(reserve !== undefined && { reserveMs: reserve * 1000 }),
    });
  }

  #cancel({ attributes }: ModuleEffect, context: ActionContext): void {
    const requestid = asText(attributes['requestid']);
    for (const [id, request] of this.#requests)
      if (request.requestid === requestid && request.context.sessionid === context.sessionid) {
        this.router.cancel(id);
        return;
      }
    context.raise('error.queue.cancel', { requestid, description: 'this request has ended before' });
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
  resource: { type: 'A', agent, dn, place, switch: on, vq, id: agent, reservation, targettype: type },
});
