/**
 * Requests that are in a queue, and what becomes of them. The action lasts as long as its request.
 *
 * 1. The queue of the next process gets a request again, at its old place, with what is left of its time and what was changed.
 * 2. `queue.submit.requestid` is told once, however often the request is submitted.
 * 3. Each ends once: with its done event and the router's `accepted`, with its error event, or cancelled.
 * 4. Whom a session was told it has until a time (`reserveTarget`) it has until then, whatever process there is.
 */
import { fromData, toData } from '../../../../engine/datamodel/data.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { Clock } from '../../../clock.js';
import type { Change, OfferOutcome, RouterPort, RoutingEvent, Selected } from '../../../routing/port.js';
import type { Store, Write } from '../../../store/port.js';
import type { Refusal as RouteRefusal, RouteResult } from '../../../voice/port.js';
import { offerOutcome } from '../interaction/redirect.js';
import { errorOf } from '../interaction/services.js';
import { Busy } from './busy.js';
import { Handover, type HandoverServices } from './handover.js';
import { Journal } from './journal.js';
import { mediumOf } from './place.js';
import { refused, selectedData, type Wanted } from './request.js';

export interface QueueServices extends HandoverServices {
  readonly clock: Clock;
  readonly router: RouterPort;
  readonly store: Pick<Store, 'commit' | 'inbox'>;
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
  /** The session has been told of it already. (4) */
  kept: boolean;
  /** It is in its queue then, or over. */
  begun: Promise<void>;
}

const nothingYet = {
  ...{ wanted: undefined, priority: 0, busy: undefined, warning: undefined, kept: false },
  begun: Promise.resolve(),
} as const;

/** Refusals after which another agent is looked for. */
const passing: readonly RouteRefusal['code'][] = ['no-answer', 'rejected', 'busy'];

export class Requests {
  readonly #requests = new Map<string, Request>();
  readonly #excluded = new Map<string, readonly string[]>();
  readonly #journal: Journal;
  readonly #handover: Handover;

  constructor(private readonly services: QueueServices) {
    this.#journal = new Journal(services.store, () => services.clock.now());
    this.#handover = new Handover(services, this.#journal);
  }

  get all(): readonly Request[] {
    return [...this.#requests.values()];
  }

  of(sessionid: string): readonly Request[] {
    return this.all.filter(({ context }) => context.sessionid === sessionid);
  }

  add(submitted: Submitted, read: () => Wanted): Promise<void> {
    const request: Request = { ...submitted, ...nothingYet };
    this.#requests.set(request.id, request);
    return (request.begun = this.#add(request, read));
  }

  async #add(request: Request, read: () => Wanted): Promise<void> {
    const { id, requestid, events, context } = request;
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
      const wanted = await this.#goneOn(request, read());
      if (wanted && this.#requests.get(id) === request) this.#begin(request, wanted, exclude, changes);
    } catch (error) {
      this.#fail(request, refused(error));
    }
  }

  /** What is still wanted, after what came of it in an earlier process; undefined: nothing. */
  async #goneOn(request: Request, wanted: Wanted): Promise<Wanted | undefined> {
    if (!request.context.again) return wanted;
    if (wanted.keeps === true) return this.#kept(request, wanted);
    const earlier = wanted.route ? await this.#handover.earlier(request) : undefined;
    if (!earlier || this.#requests.get(request.id) !== request) return wanted;
    const { selected, result } = earlier;
    if (!result.ok && passing.includes(result.code)) return wanted;
    this.#routed(request, selected, result);
    return undefined;
  }

  /** 4 */
  async #kept(request: Request, wanted: Wanted): Promise<Wanted | undefined> {
    const selected = fromData(await this.#journal.answer(`${request.id}/reserved`)) as Selected | undefined | null;
    if (selected?.agent === undefined) return wanted;
    const { clock, router } = this.services;
    const over = (): void => {
      this.#fail(request, { error: 'expired', description: 'the request ended: expired' });
      router.cancel(request.id);
    };
    const leftMs = selected.untilMs - clock.now();
    if (leftMs <= 0) {
      over();
      return undefined;
    }
    request.kept = true;
    request.warning = clock.setTimeout(over, leftMs);
    const { timeoutMs: _, ...rest } = wanted.request;
    const first = { targets: [`${selected.agent}@.A`], priority: Number.MAX_SAFE_INTEGER, reserveMs: leftMs };
    return { ...wanted, request: { ...rest, ...first } };
  }

  /** 1, 2 */
  async #before({ again, key }: ActionContext): Promise<{ readonly told: boolean; readonly changes: readonly Data[] }> {
    if (!again) return { told: false, changes: [] };
    await this.services.interactions.known;
    return { told: await this.#journal.has(key), changes: await this.#journal.changes(key) };
  }

  #begin(request: Request, wanted: Wanted, exclude: readonly string[], changes: readonly Data[]): void {
    const { id, interactionid = '', context } = request;
    const { sessionid, since, again } = context;
    const medium = mediumOf(request.interactionid, this.services.voice);
    request.wanted = wanted;
    request.priority = wanted.request.priority ?? 0;
    request.busy = new Busy(wanted.treatments, { sessionid, interactionid, key: id, since }, this.services);
    if (!again) request.busy.start();
    this.#warn(request, wanted.warnMs);
    this.services.router.submit({ ...medium, ...wanted.request, ...(exclude.length > 0 && { exclude }) });
    for (const change of changes) this.#apply(request, change as Change);
    if (again) void this.#resume(request);
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

  /** How an offer went, told by who has routed the call: one that waits again hears its treatments again. */
  confirm(reservation: string, outcome: OfferOutcome): boolean {
    const { router } = this.services;
    const done = router.confirm(reservation, outcome);
    const request = this.#requests.get(reservation.slice(0, reservation.lastIndexOf('#')));
    if (done && request && router.standing(request.id).state === 'waiting') request.busy?.start();
    return done;
  }

  #selected(request: Request, selected: Selected): void {
    request.busy?.stop();
    const { id, requestid, interactionid, context, events, wanted } = request;
    if (request.kept) return;
    if (wanted?.route === true) {
      void this.#route(request, selected);
      return;
    }
    const writes = wanted?.keeps === true ? [this.#journal.note(`${id}/reserved`, toData(selected))] : [];
    context.raise(events.done, { requestid, interactionid, ...selectedData(selected) }, writes);
  }

  async #route(request: Request, selected: Selected): Promise<void> {
    const { router } = this.services;
    const result = await this.#handover.begin(request, selected);
    if (this.#requests.get(request.id) !== request) return;
    if (result.ok || !passing.includes(result.code)) {
      this.#routed(request, selected, result);
      if (result.ok) router.confirm(selected.reservation, 'accepted');
      else router.cancel(request.id);
      return;
    }
    this.confirm(selected.reservation, offerOutcome(result));
  }

  /** 3 */
  #routed(request: Request, selected: Selected, result: RouteResult): void {
    if (!result.ok) {
      this.#fail(request, { error: errorOf[result.code], description: result.text });
      return;
    }
    const { requestid, interactionid = '', context, events } = request;
    this.#drop(request);
    context.finish(events.done, { requestid, interactionid, ...selectedData(selected) });
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
    this.#handover.forget(request.id);
  }
}
