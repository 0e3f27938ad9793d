/**
 * Which session an interaction belongs to, and what the network's events mean to it. The modules that act on calls
 * (`modules/interaction.ts`, `modules/dialog.ts`) share one of these. The store has the same, for the next process.
 * `interactions/told.ts` has what the network's events are to a strategy.
 *
 * 1. An interaction belongs to one session at most; a session may have many.
 * 2. After `interaction.deleted` nothing more is said about an interaction.
 * 3. A call that its session has handed to nobody, or is still dialling, is left over when the session ends: `release` names it.
 * 4. The store changes with the step that hears of it: a session and the store never differ in what calls it has.
 */
import type { Data, ScxmlEvent } from '../../engine/event.js';
import type { Log } from '../log.js';
import type { Store, Write } from '../store/port.js';
import type { InteractionId, LegId, TelephonyEvent, TelephonyPort } from '../voice/port.js';
import { isMarked, isMarking, markOf } from './interactions/mark.js';
import { heardIn, toldOf, type Heard } from './interactions/told.js';

export interface InteractionsOptions {
  readonly voice: Pick<TelephonyPort, 'holder' | 'release' | 'call' | 'getUserData' | 'updateUserData'>;
  readonly store: Pick<Store, 'interactions' | 'session'>;
  /** `writes` are written with the step that takes the event. False: the session is over. */
  readonly tell: (sessionid: string, event: ScxmlEvent, writes: readonly Write[]) => boolean;
  /** What no session hears of. */
  readonly write: (writes: readonly Write[]) => Promise<unknown>;
  readonly isActive: (sessionid: string) => boolean;
  readonly log: Pick<Log, 'error'>;
}

interface Dial {
  readonly sessionid: string;
  readonly agentAnswers: () => void;
  ixn: InteractionId | undefined;
  agentAnswered: boolean;
  end: TelephonyEvent | undefined;
}

/** How it went while a session was dialling. */
export interface Dialled {
  /** Somebody was called. */
  readonly isCalled: boolean;
  readonly agentAnswered: boolean;
  /** Of a call that was over before anybody could own it: to be reported when somebody does. */
  readonly end: TelephonyEvent | undefined;
}

export class Interactions {
  /** Resolves when it is known which calls of an earlier process are still there: what is done again waits for this. */
  readonly known: Promise<void>;
  #isKnown: () => void = () => undefined;
  readonly #owners = new Map<InteractionId, string>();
  /** Somebody else has it, or is being asked to take it. */
  readonly #handedOver = new Set<InteractionId>();
  readonly #claimed = new Set<InteractionId>();
  /** By the key of the request; the interaction is known when it was announced. */
  readonly #dials = new Map<string, Dial>();
  /** Who is in the calls of sessions, as far as the network has told. */
  readonly #heard = new Map<InteractionId, Map<LegId, Heard>>();

  constructor(private readonly options: InteractionsOptions) {
    this.known = new Promise((resolve) => (this.#isKnown = resolve));
  }

  /** The calls of an earlier process: those that are still there are owned again, of others it is told that they are gone. */
  async open(): Promise<void> {
    const { store, isActive } = this.options;
    const kept = (await store.interactions()) as readonly { interactionid: InteractionId; sessionid: string }[];
    for (const { interactionid, sessionid } of kept)
      if (isActive(sessionid)) this.#owners.set(interactionid, sessionid);
    await Promise.all(kept.map(({ interactionid, sessionid }) => this.#resume(interactionid, sessionid)));
    this.#isKnown();
  }

  /** From here on the session is dialling, until `dialled`. `agentAnswers`: one who is called. */
  dialling(key: string, sessionid: string, agentAnswers: () => void = () => undefined): void {
    this.#dials.set(key, { sessionid, agentAnswers, ixn: undefined, agentAnswered: false, end: undefined });
  }

  dialled(key: string): Dialled {
    const { ixn, agentAnswered = false, end } = this.#dials.get(key) ?? {};
    this.#dials.delete(key);
    return { isCalled: ixn !== undefined, agentAnswered, end };
  }

  /** ORS interface: `interaction.added`, once. False when the session is over: the interaction is whose it was before. */
  add(interactionid: InteractionId, focusdeviceid: string, sessionid: string): boolean {
    const before = this.#owners.get(interactionid);
    if (before === sessionid) return this.options.isActive(sessionid);
    this.#owners.set(interactionid, sessionid);
    const event = platform('interaction.added', { interactionid, focusdeviceid });
    if (this.options.tell(sessionid, event, [held(interactionid, sessionid)])) {
      void this.#mark(interactionid, sessionid);
      return true;
    }
    if (before === undefined) this.#owners.delete(interactionid);
    else this.#owners.set(interactionid, before);
    return false;
  }

  /** A session was started for it at a route point. False when that is over. */
  arrived(interactionid: InteractionId, focusdeviceid: string, sessionid: string): boolean {
    const { tell, voice } = this.options;
    if (!this.add(interactionid, focusdeviceid, sessionid)) return false;
    // The caller has not waited for the session.
    const call = voice.call(interactionid);
    if (!call) this.#deleted(interactionid);
    else if (call.media === 'chat') tell(sessionid, platform('interaction.present', { interactionid }), []);
    else tell(sessionid, platform('interaction.onrouterequest', { interactionid, focusdeviceid }), []);
    return true;
  }

  /** To another session. False when that is over. */
  move(interactionid: InteractionId, sessionid: string): boolean {
    const device = this.options.voice.call(interactionid)?.parties.at(-1)?.device ?? '';
    return (
      this.add(interactionid, device, sessionid) &&
      this.options.tell(sessionid, platform('interaction.present', { interactionid }), [])
    );
  }

  /** It is nobody's from now on, for the next process too. */
  async detached(ixn: InteractionId): Promise<void> {
    this.#forget(ixn);
    await this.options.write([gone(ixn)]);
  }

  /** What was detached is the session's again. If it has ended meanwhile, the session hears of that. */
  async regain(ixn: InteractionId, sessionid: string): Promise<void> {
    if (this.#owners.has(ixn)) return;
    this.#owners.set(ixn, sessionid);
    await this.options.write([held(ixn, sessionid)]);
    if (!this.options.voice.call(ixn)) this.#deleted(ixn);
  }

  /** An id from a strategy is any text: it is an interaction only if the session has it. */
  find(id: unknown, sessionid: string): InteractionId | undefined {
    const interactionid = id as InteractionId;
    return this.#owners.get(interactionid) === sessionid ? interactionid : undefined;
  }

  /** Of all sessions it belongs to none, nor is one being started for it, and it is there. */
  free(id: unknown): InteractionId | undefined {
    const ixn = id as InteractionId;
    return !this.#owners.has(ixn) && !this.#claimed.has(ixn) && this.options.voice.call(ixn) ? ixn : undefined;
  }

  /** A session is being started for it, until `disclaim`. False when it is not free. */
  claim(ixn: InteractionId): boolean {
    if (!this.free(ixn)) return false;
    this.#claimed.add(ixn);
    return true;
  }

  disclaim(ixn: InteractionId): void {
    this.#claimed.delete(ixn);
  }

  /** The interactions of a session, in the order in which they came to it. */
  ownedBy(sessionid: string): readonly InteractionId[] {
    return [...this.#owners].filter(([, owner]) => owner === sessionid).map(([ixn]) => ixn);
  }

  /** The session's call is offered to somebody, or comes back from there. */
  handOver(ixn: InteractionId, handedOver: boolean): void {
    if (handedOver) this.#handedOver.add(ixn);
    else this.#handedOver.delete(ixn);
  }

  /** The network's sink. */
  report(event: TelephonyEvent): void {
    if (event.type === 'dialing') {
      const dial = this.#dials.get(event.request.requestId);
      if (dial) dial.ixn = event.ixn;
    }
    if (event.type === 'established' && event.to.kind === 'dn') this.#agentAnswers(event.ixn);
    // It came back to a route point: its session has it again.
    if (event.type === 'arrived') this.handOver(event.ixn, false);
    if (!isMarking(event)) this.#tell(event);
    if (event.type !== 'deleted') return;
    for (const dial of this.#dials.values()) if (dial.ixn === event.ixn) dial.end = event;
    this.#deleted(event.ixn);
    this.#heard.delete(event.ixn);
  }

  /** The session is over. Answers the calls that nobody has now (3); the others go on without it. */
  release(sessionid: string): readonly InteractionId[] {
    const dialling = [...this.#dials].filter(([, dial]) => dial.sessionid === sessionid);
    const owned = this.ownedBy(sessionid);
    const left = owned.filter((ixn) => !this.#handedOver.has(ixn));
    for (const [key] of dialling) this.#dials.delete(key);
    for (const ixn of owned) this.#forget(ixn);
    void this.options.write(owned.map(gone));
    return [...left, ...dialling.flatMap(([, { ixn }]) => ixn ?? [])];
  }

  #agentAnswers(ixn: InteractionId): void {
    for (const dial of this.#dials.values())
      if (dial.ixn === ixn && !dial.agentAnswered) {
        dial.agentAnswered = true;
        dial.agentAnswers();
      }
  }

  #tell(event: TelephonyEvent): void {
    const heard = heardIn(event);
    const legs = this.#heard.get(event.ixn) ?? new Map<LegId, Heard>();
    if (heard && 'leg' in event) this.#heard.set(event.ixn, legs.set(event.leg, heard));
    const told = toldOf(event, (leg) => legs.get(leg));
    if (!told) return;
    const interactions = event.type === 'merged' ? [event.ixn, event.into] : [event.ixn];
    const sessions = new Set(interactions.map((ixn) => this.#owners.get(ixn)));
    for (const sessionid of sessions)
      if (sessionid !== undefined) this.options.tell(sessionid, platform(told.name, told.data), []);
  }

  async #mark(ixn: InteractionId, sessionid: string): Promise<void> {
    const { voice, log } = this.options;
    try {
      await voice.updateUserData(ixn, markOf(sessionid));
    } catch (err) {
      log.error({ interaction: ixn, sessionid, err }, 'the id of its session could not be written on this call');
    }
  }

  async #resume(ixn: InteractionId, sessionid: string): Promise<void> {
    const { voice, write, isActive, log } = this.options;
    try {
      const holder = await voice.holder(ixn);
      if (this.#owners.get(ixn) === sessionid && isActive(sessionid)) {
        if (holder === undefined) this.#deleted(ixn, true);
        else if (!isMarked(voice.getUserData(ixn), sessionid) && (await this.#isNew(sessionid)))
          this.#arrivedBefore(ixn, sessionid);
        else this.handOver(ixn, holder === 'other');
        return;
      }
      // Its session ended, and the process with it, before the call was let go. (3)
      if (holder === 'us') await voice.release(ixn);
      await write([gone(ixn)]);
    } catch (err) {
      log.error({ interaction: ixn, sessionid, err }, 'the network does not say whether this call is still there');
    }
  }

  /** It was started for a call, and has heard of none. */
  async #isNew(sessionid: string): Promise<boolean> {
    return (await this.options.store.session(sessionid))?.version === 1;
  }

  #arrivedBefore(ixn: InteractionId, sessionid: string): void {
    const routePoint = this.options.voice.call(ixn)?.parties.findLast(({ devicetype }) => devicetype === 'routepoint');
    this.#owners.delete(ixn);
    this.arrived(ixn, routePoint?.device ?? '', sessionid);
  }

  /** `lost`: it ended while no process heard of it. */
  #deleted(interactionid: InteractionId, lost = false): void {
    const sessionid = this.#owners.get(interactionid);
    this.#forget(interactionid);
    if (sessionid === undefined) return;
    const event = platform('interaction.deleted', { interactionid, resultof: 'deletion', ...(lost && { lost }) });
    const writes = [gone(interactionid)];
    if (!this.options.tell(sessionid, event, writes)) void this.options.write(writes);
  }

  #forget(ixn: InteractionId): void {
    this.#owners.delete(ixn);
    this.#handedOver.delete(ixn);
  }
}

const gone = (interactionid: InteractionId): Write => ({ kind: 'interaction.gone', interactionid });

const held = (interactionid: InteractionId, sessionid: string): Write => ({
  kind: 'interaction',
  interactionid,
  sessionid,
});

const platform = (name: string, data: Data): ScxmlEvent => ({
  name,
  type: 'platform',
  data,
});
