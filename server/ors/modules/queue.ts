/**
 * The queue module. `queue/elements.ts` has its elements and events, `queue/targets.ts` the forms of targets, `queue/request.ts` what
 * the router is asked, `queue/busy.ts` the treatments, `queue/requests.ts` the requests. This file has the actions.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Data } from '../../../engine/event.js';
import type { Action, ActionContext, Module } from '../../host/module.js';
import type { OfferOutcome, RoutingEvent } from '../../routing/port.js';
import { queueErrors } from '../model/queue.js';
import { asBoolean, asNumber, asText } from '../arguments.js';
import { queueTable } from './queue/elements.js';
import { Refusal } from './queue/refusal.js';
import { changeOf, refused, wantedOf, type Wanted } from './queue/request.js';
import { Requests, type QueueServices, type Request } from './queue/requests.js';

type Work = (effect: ModuleEffect, context: ActionContext) => void | Promise<void>;

export class Queue {
  readonly #requests: Requests;

  constructor(private readonly services: QueueServices) {
    this.#requests = new Requests(services);
  }

  /** The router's sink. */
  report(event: RoutingEvent): void {
    this.#requests.report(event);
  }

  /** Of the router, for those who route calls of sessions to whom it has selected. */
  confirm(reservation: string, outcome: OfferOutcome): boolean {
    return this.#requests.confirm(reservation, outcome);
  }

  /** The router's ids of the requests of an interaction, or of one by its `requestid`. */
  requestsOf(call: string): readonly string[] {
    return this.#requests.all.flatMap(({ id, requestid, interactionid }) =>
      requestid === call || interactionid === call ? [id] : [],
    );
  }

  get module(): Module {
    const { actions, model } = queueTable;
    const submit: Action = {
      ...actions.submit,
      error: 'error.queue.submit',
      lasting: true,
      perform: (effect, context) => this.#submit(effect, context),
    };
    const reserveTarget: Action = {
      ...model.functions.reserveTarget,
      error: queueErrors.reserveTarget,
      lasting: true,
      perform: (effect, context) => this.#reserve(effect, context),
    };
    const action = (name: 'cancel' | 'query' | 'update', perform: Work): Action => ({
      ...actions[name],
      ...refusing(`error.queue.${name}`, perform),
    });
    return {
      ...queueTable,
      actions: {
        submit,
        cancel: action('cancel', (effect, context) => {
          this.#cancel(effect, context);
        }),
        query: action('query', (effect, context) => this.#query(effect, context)),
        update: action('update', (effect, context) => this.#update(effect, context)),
      },
      model: {
        ...model,
        view: () => nothing,
        functions: {
          reserveTarget,
          checkAgentState: {
            ...model.functions.checkAgentState,
            ...refusing(queueErrors.checkAgentState, checkAgentState),
          },
          excludeAgents: {
            ...model.functions.excludeAgents,
            ...refusing(queueErrors.excludeAgents, (effect, context) => this.#exclude(effect, context)),
          },
        },
      },
      ended: (sessionid) => {
        this.#requests.endOf(sessionid);
      },
    };
  }

  #submit(effect: ModuleEffect, context: ActionContext): Promise<void> {
    const request = {
      id: context.key,
      requestid: effect.requestid,
      interactionid: asText(effect.attributes['interactionid']),
      events: { told: 'queue.submit.requestid', done: 'queue.submit.done', error: 'error.queue.submit' },
      context,
    };
    return this.#requests.add(request, () =>
      wantedOf(effect, context, this.services.clock.now() - context.since, this.services.router),
    );
  }

  /** Who is free now, or nobody. */
  #reserve(effect: ModuleEffect, context: ActionContext): Promise<void> {
    const [ixnid, target, time] = argumentsOf(effect);
    const interactionid = asText(ixnid);
    const request = {
      id: context.key,
      requestid: effect.requestid,
      interactionid,
      events: { told: undefined, done: 'queue.reservetarget.done', error: queueErrors.reserveTarget },
      context,
    };
    return this.#requests.add(request, (): Wanted => {
      const [text, seconds] = [asText(target), asNumber(time)];
      if (text === undefined || seconds === undefined || seconds <= 0)
        throw new Refusal('invalidattribute', 'reserveTarget(interactionid, "Name@StatServer.TYPE", seconds)');
      return {
        interactionid,
        route: false,
        keeps: true,
        warnMs: undefined,
        treatments: [],
        request: {
          ...{ id: context.key, vq: 'none', targets: [text], ageStartMs: context.since },
          ...{ timeoutMs: context.again ? AGENTS_BEGIN : 0, reserveMs: seconds * 1000 },
        },
      };
    });
  }

  #cancel({ attributes }: ModuleEffect, context: ActionContext): void {
    const [requestid, interactionid] = [asText(attributes['requestid']), asText(attributes['interactionid'])];
    const vq = asText(attributes['queue']);
    if (requestid === undefined && (interactionid === undefined || vq === undefined))
      throw new Refusal('invalidattribute', 'cancel needs a requestid, or an interactionid and a queue');
    const found = this.#requests
      .of(context.sessionid)
      .filter((one) =>
        requestid === undefined
          ? one.interactionid === interactionid && one.wanted?.request.vq === vq
          : one.requestid === requestid,
      );
    for (const one of found) this.#requests.cancel(one);
    // What was cancelled before is gone when it is cancelled again.
    if (found.length === 0 && !context.again) throw new Refusal('invalidstate.null', 'this request has ended before');
  }

  async #query({ attributes }: ModuleEffect, context: ActionContext): Promise<void> {
    const request = await this.#find(attributes, context);
    const { id, requestid, wanted, priority } = request;
    const place = wanted && this.services.router.place(id, wanted.request.vq);
    if (!place) throw new Refusal('invalidstate.null', 'this request is in no queue');
    const invqwaittime = Math.floor(place.waitedMs / 1000);
    context.finish('queue.query.done', { requestid, priority, positioninqueue: place.position, invqwaittime });
  }

  async #update(effect: ModuleEffect, context: ActionContext): Promise<void> {
    const request = await this.#find(effect.attributes, context);
    const change = changeOf(effect, request.id, this.services.router);
    const write = this.#requests.change(request, change);
    const declined = asText(effect.attributes['decline']);
    if (declined !== undefined) this.confirm(declined, 'rejected');
    context.finish('queue.update.done', { requestid: request.requestid }, [write]);
  }

  /** One that is on its way to the queue is waited for. */
  async #find(attributes: ModuleEffect['attributes'], { sessionid }: ActionContext): Promise<Request> {
    const requestid = asText(attributes['requestid']) ?? '';
    const named = (): Request | undefined => this.#requests.of(sessionid).find((one) => one.requestid === requestid);
    await named()?.begun;
    const request = named();
    if (!request) throw new Refusal('invalidstate.null', `there is no request "${requestid}" in a queue (any more)`);
    return request;
  }

  /** Sticky: of all that the session submits from here on, until it is called again. */
  #exclude(effect: ModuleEffect, context: ActionContext): Promise<void> {
    const agents = argumentsOf(effect).flatMap((one) => (Array.isArray(one) ? (one as readonly Data[]) : [one]));
    const names = agents.map((one) => asText(one));
    if (names.some((name, at) => name === undefined && agents[at] !== ''))
      throw new Refusal('invalidattribute', 'excludeAgents takes ids of agents, as texts or as a list');
    const list = names.flatMap((name) => name?.split(',') ?? []).map((name) => name.trim());
    return this.#requests.exclude(
      context.sessionid,
      list.filter((name) => name !== ''),
      context,
    );
  }
}

const nothing = {};

/** The next process hears how its agents are when its sessions go on. */
const AGENTS_BEGIN = 1_000;

/** What it throws as a refusal is its error event. */
const refusing = (error: string, perform: Work): Pick<Action, 'error' | 'perform'> => ({
  error,
  async perform(effect, context) {
    try {
      await perform(effect, context);
    } catch (thrown) {
      const requestid = asText(effect.attributes['requestid']) ?? effect.requestid;
      context.finish(error, { requestid, ...refused(thrown) });
    }
  },
});

const argumentsOf = ({ attributes: { args } }: ModuleEffect): readonly Data[] =>
  Array.isArray(args) ? (args as readonly Data[]) : [];

/** Nobody is routed to who is not ready: that cannot be switched off. */
const checkAgentState: Work = (effect) => {
  if (asBoolean(argumentsOf(effect)[0]) !== true)
    throw new Refusal('unsupported', 'the states of agents are always looked at: checkAgentState(true) alone');
};
