/**
 * Requests that are in a queue, and what becomes of them. The action lasts as long as its request.
 *
 * 1. The queue of the next process gets a request again, at its old place, with what is left of its time and what was changed.
 * 2. `queue.submit.requestid` is told once, however often the request is submitted.
 * 3. Each ends once: with its done event and the router's `accepted`, with its error event, or cancelled.
 */
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { Clock } from '../../../clock.js';
import type { Change, RoutingEvent, Selected } from '../../../routing/port.js';
import type { Store, Write } from '../../../store/port.js';
import type { Refusal as RouteRefusal } from '../../../voice/port.js';
import { offerOutcome, routed } from '../interaction/redirect.js';
import { errorOf, type InteractionServices } from '../interaction/services.js';
import { Busy } from './busy.js';
import { Journal } from './journal.js';
import { refused, selectedData, type Wanted } from './request.js';

export interface QueueServices extends InteractionServices {
  readonly clock: Clock;
  readonly store: Pick<Store, 'inbox'>;
}

interface Submitted {
  /** The router's: the effect key. */
  readonly id: string;
  readonly requestid: string;
  readonly interactionid: string | undefined;
  readonly events: { readonly told: string | undefined; readonly done: string; readonly error: string };
  readonly context: ActionContext;
}

export interface Request extends Submitted {
  wanted: Wanted | undefined;
  priority: number;
  busy: Busy | undefined;
  warning: unknown;
}

/** Refusals after which another agent is looked for. */
const passing: readonly RouteRefusal['code'][] = ['no-answer', 'rejected', 'busy'];

export class Requests {
  readonly #requests = new Map<string, Request>();
  readonly #excluded = new Map<string, readonly string[]>();
  readonly #journal: Journal;

  constructor(private readonly services: QueueServices) {
    this.#journal = new Journal(services.store, () => services.clock.now());
  }

  get all(): readonly Request[] {
    return [...this.#requests.values()];
  }

  of(sessionid: string): readonly Request[] {
    return this.all.filter(({ context }) => context.sessionid === sessionid);
  }

  async add(submitted: Submitted, read: () => Wanted): Promise<void> {
    const { id, requestid, events, context } = submitted;
    const request: Request = { ...submitted, wanted: undefined, priority: 0, busy: undefined, warning: undefined };
    this.#requests.set(id, request);
    const { told, changes } = await this.#before(context);
    const exclude = this.#excluded.get(context.sessionid) ?? (await this.#remembered(context.sessionid));
    if (this.#requests.get(id) !== request) return;
    // It has ended, and the process with it, before the request was taken out of the queue.
    if (!context.isActive()) {
      this.#drop(request);
      context.end();
      return;
    }
    if (events.told !== undefined && !told) context.raise(events.told, { requestid }, [this.#journal.note(id)]);
    try {
      this.#begin(request, read(), exclude);
      for (const change of changes) this.#apply(request, change as Change);
      if (context.again) void this.#resume(request);
    } catch (error) {
      this.#fail(request, refused(error));
    }
  }

  /** 1, 2 */
  async #before({ again, key }: ActionContext): Promise<{ readonly told: boolean; readonly changes: readonly Data[] }> {
    if (!again) return { told: false, changes: [] };
    return { told: await this.#journal.has(key), changes: await this.#journal.changes(key) };
  }

  #begin(request: Request, wanted: Wanted, exclude: readonly string[]): void {
    const { id, interactionid = '', context } = request;
    const { sessionid, since, again } = context;
    request.wanted = wanted;
    request.priority = wanted.request.priority ?? 0;
    request.busy = new Busy(wanted.treatments, { sessionid, interactionid, key: id, since }, this.services);
    if (!again) request.busy.start();
    this.#warn(request, wanted.warnMs);
    this.services.router.submit({ ...wanted.request, ...(exclude.length > 0 && { exclude }) });
  }

  /** Whose the call is is known by then. */
  async #resume({ id, busy }: Request): Promise<void> {
    await this.services.interactions.known;
    const standing = this.#requests.has(id) && this.services.router.standing(id);
    if (standing && standing.state === 'waiting') busy?.start();
  }

  /** Throws BadTarget. What it answers is to be written with the step that hears of it. */
  change(request: Request, change: Change): Write {
    this.#apply(request, change);
    return this.#journal.changed(request.id, change as unknown as Data);
  }

  #apply(request: Request, change: Change): void {
    this.services.router.update(request.id, change);
    request.priority = change.priority ?? request.priority;
  }

  async exclude(sessionid: string, agents: readonly string[], context: ActionContext): Promise<void> {
    await this.#remembered(sessionid);
    this.#excluded.set(sessionid, agents);
    const write = this.#journal.changed(`exclude/${sessionid}`, agents);
    context.finish('queue.excludeagents.done', { agents }, [write]);
  }

  async #remembered(sessionid: string): Promise<readonly string[]> {
    const last = (await this.#journal.changes(`exclude/${sessionid}`)).at(-1) as readonly string[] | undefined;
    const agents = this.#excluded.get(sessionid) ?? last ?? [];
    this.#excluded.set(sessionid, agents);
    return agents;
  }

  cancel(request: Request): void {
    if (this.services.router.cancel(request.id)) return;
    // It is on its way to the queue.
    this.#drop(request);
    request.context.finish('queue.cancel.done', { requestid: request.requestid });
  }

  /** Nobody is to hear of them. */
  endOf(sessionid: string): void {
    for (const request of this.of(sessionid)) {
      request.busy?.leave();
      this.#drop(request);
      this.services.router.cancel(request.id);
      request.context.end();
    }
    this.#excluded.delete(sessionid);
    this.#journal.forget(`exclude/${sessionid}`);
  }

  report(event: RoutingEvent): void {
    const request = this.#requests.get(event.id);
    if (!request) return;
    const { requestid, interactionid, context } = request;
    if (event.type === 'selected') {
      this.#selected(request, event.selected);
      return;
    }
    if (event.type === 'timetodial') {
      context.raise('queue.submit.timetodial', { requestid, interactionid, position: event.position });
      return;
    }
    this.#drop(request);
    if (event.why === 'accepted') context.end();
    else if (event.why === 'cancelled') context.finish('queue.cancel.done', { requestid });
    else {
      const description = event.why === 'bad-target' ? event.text : `the request ended: ${event.why}`;
      context.finish(request.events.error, { requestid, error: event.why, description });
    }
  }

  #selected(request: Request, selected: Selected): void {
    request.busy?.stop();
    const { requestid, interactionid, context, events } = request;
    if (request.wanted?.route === true) {
      void this.#route(request, selected);
      return;
    }
    context.raise(events.done, { requestid, interactionid, ...selectedData(selected) });
  }

  async #route(request: Request, selected: Selected): Promise<void> {
    const { id, requestid, interactionid = '', context, events } = request;
    const { interactions, router } = this.services;
    if (context.again) await interactions.known;
    const ixn = interactions.find(interactionid, context.sessionid) ?? interactions.free(interactionid);
    const to = { kind: 'dn', value: selected.dn, switch: selected.switch } as const;
    const by = { ...context, key: `${selected.reservation}/${selected.dn}` };
    const result = await routed(ixn, to, { attributes: { interactionid } }, by, this.services).catch(
      (error: unknown): RouteRefusal => ({ ok: false, code: 'unreachable', text: String(error) }),
    );
    if (this.#requests.get(id) !== request) return;
    if (result.ok) {
      this.#drop(request);
      context.finish(events.done, { requestid, interactionid, ...selectedData(selected) });
      router.confirm(selected.reservation, 'accepted');
      return;
    }
    if (passing.includes(result.code)) {
      request.busy?.start();
      router.confirm(selected.reservation, offerOutcome(result));
      return;
    }
    this.#fail(request, { error: errorOf[result.code], description: result.text });
    router.cancel(id);
  }

  /** The request stays when its time is over. */
  #warn(request: Request, ms: number | undefined): void {
    if (ms === undefined) return;
    const { requestid, context, events, id } = request;
    const warn = async (): Promise<void> => {
      if (context.again && (await this.#journal.has(`${id}/late`))) return;
      if (this.#requests.get(id) !== request) return;
      const data = { requestid, error: 'timeout', description: 'nobody was selected in time; the request stays' };
      context.raise(events.error, data, [this.#journal.note(`${id}/late`)]);
    };
    request.warning = this.services.clock.setTimeout(() => void warn(), ms);
  }

  #fail(request: Request, how: { readonly error: string; readonly description: string }): void {
    this.#drop(request);
    request.context.finish(request.events.error, { requestid: request.requestid, ...how });
  }

  #drop(request: Request): void {
    request.busy?.stop();
    this.services.clock.clearTimeout(request.warning);
    this.#requests.delete(request.id);
    this.#journal.forget(request.id);
  }
}
