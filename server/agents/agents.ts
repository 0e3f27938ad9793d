/**
 * The agents of a centre as their desktops and supervisors see them: states, calls, offers and user events. `desk.ts` of voice is what
 * an agent can do; `routes.ts` and `sockets.ts` put this on the network.
 *
 * 1. The state is routing's, so that a desktop never sees another one than that by which calls are given.
 * 2. Each change is told once, in order, to all who listen for this agent.
 */
import type { Clock } from '../clock.js';
import { mask } from '../log.js';
import { problem } from '../problems.js';
import type { Agent, QueueView, RouterPort, RoutingEvent } from '../routing/port.js';
import type { ChatPort } from '../voice/chat.js';
import type { Desk } from '../voice/desk.js';
import type { InteractionId, OpResult, TelephonyEvent, TelephonyPort, UserData } from '../voice/port.js';
import { operateChat, textsOf, write } from './chats.js';
import { bodyOf, Calls, stageOf, type LiveCall } from './calls.js';
import { Consultations, type Joining } from './consultations.js';
import type { AgentMessage, AgentView, CallOfAgent, CallOperation, CentreView, TextOfChat } from './message.js';

export interface AgentsOptions {
  readonly router: RouterPort;
  readonly voice: TelephonyPort;
  /** Where there are chats. */
  readonly chat?: Pick<ChatPort, 'texts'> | undefined;
  /** By agent id; an agent without one cannot be worked with by hand. */
  readonly desks: ReadonlyMap<string, Desk>;
  /** Queues that are shown before anybody has used them. */
  readonly queues: () => readonly string[];
  readonly clock: Clock;
}

type Told = AgentMessage extends infer M ? (M extends AgentMessage ? Omit<M, 'at'> : never) : never;
type Ear = (message: AgentMessage) => void;

export class Agents {
  readonly #since = new Map<string, number>();
  readonly #begunMs: number;
  readonly #reasons = new Map<string, string | undefined>();
  readonly #ears = new Map<string, Set<Ear>>();
  readonly #byId: ReadonlyMap<string, Agent>;
  readonly #calls: Calls;
  readonly #consultations: Consultations;

  constructor(readonly world: AgentsOptions) {
    const { router, voice, desks, clock } = world;
    this.#begunMs = clock.now();
    this.#byId = new Map(router.agents.map((agent) => [agent.id, agent]));
    const byDn = new Map(router.agents.map(({ id, dn }) => [dn, id]));
    this.#calls = new Calls(voice, (dn) => byDn.get(dn));
    this.#consultations = new Consultations(voice, (agent, ixn) => this.#consulting(agent, ixn));
    router.watch((agent) => this.#turned(agent));
    for (const [id, desk] of desks) desk.onUserEvent = (event) => this.#tell(id, { type: 'userevent', ...event });
  }

  /** From here on everything about this agent goes to the ear; answers what ends it. */
  listen(id: string, ear: Ear): () => void {
    const ears = this.#ears.get(id) ?? new Set();
    this.#ears.set(id, ears.add(ear));
    return () => {
      ears.delete(ear);
      if (ears.size === 0 && this.#ears.get(id) === ears) this.#ears.delete(id);
    };
  }

  /** What a listener hears first. */
  greeting(id: string): AgentMessage {
    return { at: this.#now(), type: 'agent.state', agent: this.view(id) };
  }

  /** Rejects with AGENT_NOT_FOUND, as all below do. */
  view(id: string): AgentView {
    return { ...this.#bearing(id), calls: this.#callsOf(id) };
  }

  #bearing(id: string): Omit<AgentView, 'calls'> {
    const { dn, place, switch: on, groups, skills = {}, capacity = {} } = this.#agent(id);
    const { reason } = this.world.desks.get(id) ?? {};
    return {
      id,
      ...{ dn, place, switch: on, groups, skills, capacity },
      state: this.world.router.agentState(id) ?? 'LoggedOut',
      since: iso(this.#since.get(id) ?? this.#begunMs),
      ...(reason !== undefined && { reason }),
    };
  }

  login(id: string, { place, dn }: { readonly place?: string | undefined; readonly dn?: string | undefined }): void {
    const agent = this.#agent(id);
    heldToPlace(agent, place);
    if (dn !== undefined && dn !== agent.dn) throw problem('PARAMETER_INVALID', 'dn', agent.dn);
    this.#desk(id).login();
  }

  /** A supervisor has the agent log in, who then works as before: by the script, where nobody sits at the desk. */
  summon(id: string, place: string | undefined): void {
    heldToPlace(this.#agent(id), place);
    const desk = this.#desk(id);
    if (desk.state === 'LoggedOut') desk.set('NotReady');
  }

  state(id: string, wish: 'Ready' | 'NotReady', reason: string | undefined): void {
    this.#loggedIn(id).set(wish, reason);
    if (this.#reasons.get(id) !== this.#desk(id).reason) this.#turned(id);
  }

  logout(id: string): void {
    this.#desk(id).logout();
  }

  /** Rejects with AGENT_CALL_NOT_FOUND or AGENT_CALL_REFUSED. */
  async operate(id: string, call: string, what: CallOperation): Promise<void> {
    const desk = this.#loggedIn(id);
    const { media, ixn } = this.#callOf(id, call);
    const { voice } = this.world;
    if (media === 'chat') {
      operateChat(desk.chats, ixn, what);
      return;
    }
    if (what === 'hold' || what === 'retrieve') {
      const back = what === 'retrieve' ? this.#consultations.back(id, ixn) : undefined;
      this.#refusedIf(what, await (back ?? voice[what](ixn)));
      return;
    }
    const done =
      desk.call === ixn &&
      { answer: () => desk.answer(), reject: () => desk.reject(), release: () => desk.hangUp() }[what]();
    if (!done)
      throw problem('AGENT_CALL_REFUSED', what, what === 'release' ? 'it is not answered' : 'it does not ring');
  }

  /** Asks somebody about a call, who is brought into it at once (`as`) or later (`join`); rejects as `operate` does. */
  async consult(id: string, call: string, to: string, as?: Joining): Promise<void> {
    const desk = this.#loggedIn(id);
    const { ixn } = this.#callOf(id, call);
    const what = as ?? 'consult';
    if (desk.call !== ixn || desk.state !== 'Busy') throw problem('AGENT_CALL_REFUSED', what, 'it is not answered');
    const { dn } = this.#agent(id);
    this.#refusedIf(what, await this.#consultations.begin({ agent: id, dn, ixn, to, as }));
  }

  /** Who was asked about the call comes into it; rejects as `operate` does. */
  async join(id: string, call: string, as: Joining): Promise<void> {
    this.#loggedIn(id);
    this.#refusedIf(as, await this.#consultations.complete(id, this.#callOf(id, call).ixn, as));
  }

  async attach(id: string, call: string, set: UserData, remove: readonly string[]): Promise<void> {
    const { ixn } = this.#callOf(id, call);
    this.#refusedIf('userdata', await this.world.voice.updateUserData(ixn, set, remove));
  }

  /** Writes in a chat; throws as `operate` rejects. */
  write(id: string, call: string, text: string): void {
    write(this.#loggedIn(id).chats, this.#callOf(id, call).ixn, text);
  }

  texts(id: string, call: string): readonly TextOfChat[] {
    return textsOf(this.world.chat, this.#callOf(id, call).ixn);
  }

  /** What the network tells. */
  hear(event: TelephonyEvent): void {
    const call = this.#calls.see(event);
    this.#consultations.hear(event);
    if (event.type === 'text') this.#heardText(call, event);
    else this.#heard(call, event);
  }

  #heardText(call: LiveCall, { ixn, from, text }: TelephonyEvent & { readonly type: 'text' }): void {
    for (const { agent } of call.agents.values()) this.#tell(agent, { type: 'chat.text', id: ixn, from, text });
  }

  #heard(call: LiveCall, event: TelephonyEvent): void {
    const tellAll = (type: 'call.held' | 'call.retrieved' | 'call.userdata'): void => {
      for (const each of call.agents.values()) this.#tell(each.agent, { type, call: bodyOf(call, each) });
    };
    if (event.type === 'held' || event.type === 'retrieved') tellAll(`call.${event.type}`);
    else if (event.type === 'userDataChanged') tellAll('call.userdata');
    else if (event.type === 'ringing' || event.type === 'established' || event.type === 'joined') {
      const met = this.#calls.meet(call, event);
      if (met) this.#tell(met.agent, { type: `call.${met.state}`, call: bodyOf(call, met) });
    } else if (event.type === 'released') {
      const gone = call.agents.get(event.leg);
      call.agents.delete(event.leg);
      if (gone) this.#tell(gone.agent, { type: 'call.released', call: bodyOf(call, gone) });
    }
  }

  #callsOf(id: string): CallOfAgent[] {
    return this.#calls.of(id).map((call) => {
      const consultation = this.#consultations.of(id, call.id);
      return { ...call, ...(consultation && { consultation }) };
    });
  }

  #consulting(id: string, ixn: InteractionId): void {
    for (const call of this.#callsOf(id)) if (call.id === ixn) this.#tell(id, { type: 'call.consulting', call });
  }

  /** What routing decides. */
  offer(event: RoutingEvent): void {
    if (event.type !== 'selected' || event.selected.agent === undefined) return;
    const { agent, vq: queue, target, media, untilMs } = event.selected;
    this.#tell(agent, { type: 'offer', offer: { request: event.id, queue, target, media, until: iso(untilMs) } });
  }

  centre(): CentreView {
    const { router } = this.world;
    const callOf = this.#calls.byAgent();
    return {
      at: this.#now(),
      agents: [...this.#byId.keys()].map((id) => {
        const call = callOf.get(id);
        return { ...this.#bearing(id), ...(call !== undefined && { call }) };
      }),
      queues: this.#queues().map((queue) => {
        const wait = router.expectedWait(queue.name, 'urs');
        const served = router.activity(queue.name)?.distributed ?? 0;
        return { ...queue, served, ...(wait.known && { ewt: wait.waitMs / 1000 }) };
      }),
      calls: [...this.#calls.live].map(shown),
    };
  }

  #queues(): QueueView[] {
    const used = new Map(this.world.router.queues().map((queue) => [queue.name, queue]));
    const names = new Set([...this.world.queues(), ...used.keys()]);
    return [...names].map((name) => used.get(name) ?? { name, waiting: 0, longestMs: 0 });
  }

  /** 1 */
  #turned(id: string): void {
    this.#since.set(id, this.world.clock.now());
    this.#reasons.set(id, this.world.desks.get(id)?.reason);
    if (this.#ears.has(id)) this.#tell(id, { type: 'agent.state', agent: this.view(id) });
  }

  #tell(id: string, message: Told): void {
    for (const ear of this.#ears.get(id) ?? []) ear({ at: this.#now(), ...message });
  }

  #now(): string {
    return iso(this.world.clock.now());
  }

  #agent(id: string): Agent {
    const agent = this.#byId.get(id);
    if (!agent) throw problem('AGENT_NOT_FOUND', id);
    return agent;
  }

  #desk(id: string): Desk {
    const desk = this.world.desks.get(this.#agent(id).id);
    if (!desk) throw problem('AGENT_NOT_FOUND', id);
    return desk;
  }

  #loggedIn(id: string): Desk {
    const desk = this.#desk(id);
    if (desk.state === 'LoggedOut') throw problem('AGENT_LOGGED_OUT', id);
    return desk;
  }

  #callOf(id: string, call: string): { readonly ixn: InteractionId; readonly media: CallOfAgent['media'] } {
    const found = this.#calls.of(id).find((each) => each.id === call);
    if (!found) throw problem('AGENT_CALL_NOT_FOUND', id, call);
    return { ixn: found.id as InteractionId, media: found.media };
  }

  #refusedIf(what: string, result: OpResult): void {
    if (!result.ok) throw problem('AGENT_CALL_REFUSED', what, result.text);
  }
}

const heldToPlace = (agent: Agent, place: string | undefined): void => {
  if (place !== undefined && place !== agent.place) throw problem('PARAMETER_INVALID', 'place', agent.place);
};

const shown = (call: LiveCall): CentreView['calls'][number] => {
  const { view } = call.seen;
  return {
    id: call.ixn,
    media: view.media ?? 'voice',
    type: view.type,
    state: stageOf(call),
    ani: mask(view.ani),
    dnis: mask(view.dnis),
    since: iso(call.sinceMs),
    held: view.held,
    agents: [...new Set([...call.agents.values()].map(({ agent }) => agent))],
  };
};

const iso = (ms: number): string => new Date(ms).toISOString();
