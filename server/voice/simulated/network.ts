/**
 * The simulated telephone network: the telephony port over customers who behave as a table says, on any clock. Given the
 * same seed, clock and requests it does the same. `call.ts` is a call in it, `desktop.ts` an agent's phone.
 *
 * 1. Its calls end with its process. The next network has the journal of this one, and dials nothing that stands there.
 * 2. What happens to a call stands in the journal before it happens. A network that stops leaves its calls as lost.
 */
import type { Clock } from '../../clock.js';
import {
  CallState,
  type ApplicationResult,
  type CollectResult,
  type CreateCallRequest,
  type CreateCallResult,
  type InteractionId,
  type PlayResult,
  type Refusal,
  type RouteResult,
  type TelephonyEvent,
  type TelephonyPort,
} from '../port.js';
import type { CustomerRule } from './behaviour.js';
import { SimulatedCall } from './call.js';
import { devices, type Equipment } from './devices.js';
import { behaviourOf } from './customers.js';
import { afterwards, callJournal, type CallJournal, type Entry } from './journal.js';
import type { Exchange } from './exchange.js';
import { once } from './once.js';
import { Reservations } from './reservations.js';
import type { InboundCall, Origin } from './origin.js';
import { consultingIn, join } from './transfer.js';
import { Treatments, type Application } from './treatment.js';
import { gone, refusal } from './refusal.js';

export interface NetworkConfig extends Equipment {
  readonly clock: Clock;
  readonly seed: string;
  readonly customers: readonly CustomerRule[];
  /** Length of the sound files in milliseconds; any other lasts 5 s. */
  readonly prompts?: Readonly<Record<string, number>>;
  /** What the media server can run, by URI; what it does not know is unreachable. */
  readonly applications?: Readonly<Record<string, Application>>;
  /** Calls at a time; default no limit. */
  readonly trunks?: number;
  /** What networks before this one have done; default: there were none. */
  readonly journal?: CallJournal;
}

/** What people outside do, who ask nobody. */
export interface Callers {
  /** Somebody calls: as the rules of the customers say for this number. */
  arrive(call: InboundCall): InteractionId;
  /** An agent completes a transfer: what was a consultation becomes part of the other call. */
  merge(from: InteractionId, into: InteractionId): void;
}

const PROMPT_MS = 5_000;

export function simulatedTelephony(config: NetworkConfig): TelephonyPort & Callers {
  const { clock, seed, customers, phones, prompts = {}, applications = {}, trunks = Infinity } = config;
  const { journal = callJournal() } = config;
  const known = devices(config);
  const earlier = journal.entries();
  const calls = new Map<InteractionId, SimulatedCall>();
  const attempts = new Map<string, number>();
  const dialOnce = once<CreateCallResult>();
  const playOnce = once<PlayResult>();
  const collectOnce = once<CollectResult>();
  const runOnce = once<ApplicationResult>();
  const routeOnce = once<RouteResult>();
  // A session may outlive the process: ids of a later start must not name calls of an earlier one.
  const start = clock.now().toString(36).toUpperCase();
  let sink: ((event: TelephonyEvent) => void) | undefined;
  let made = 0;
  let stopping = false;

  /** 2 */
  function note(requestId: string, what: Pick<Entry, 'is' | 'state' | 'text'>): void {
    if (!stopping) journal.note({ requestId, at: clock.now(), ...what });
  }

  const dialledBy = (ixn: InteractionId): string => {
    const origin = calls.get(ixn)?.origin;
    return origin?.kind === 'dialled' ? origin.requestId : '';
  };

  const exchange: Exchange = {
    clock,
    tell(event) {
      if (event.type === 'ringing' && event.to.kind === 'number') note(dialledBy(event.ixn), { is: 'ringing' });
      sink?.(event);
    },
    phone: (dn) => phones.get(dn),
    ...known,
    reservations: new Reservations(clock),
    promptMs: (file) => prompts[file] ?? PROMPT_MS,
    application: (uri) => (Object.hasOwn(applications, uri) ? applications[uri] : undefined),
    over(ixn) {
      calls.delete(ixn);
      for (const call of [...calls.values()]) {
        if (consultingIn(call) !== undefined && call.origin.parent === ixn) call.release();
      }
    },
  };

  function make(origin: Origin, number: string): SimulatedCall {
    const attempt = (attempts.get(number) ?? 0) + 1;
    attempts.set(number, attempt);
    const ixn = `SIM${start}-${++made}` as InteractionId;
    const isOutside = origin.kind === 'arrived' || origin.to.kind === 'number';
    const party = isOutside ? behaviourOf(customers, number, attempt, seed) : undefined;
    const call = new SimulatedCall(ixn, exchange, origin, party);
    calls.set(ixn, call);
    return call;
  }

  const callsOf = (trunkGroup: string): number =>
    [...calls.values()].filter(({ from }) => from?.kind === 'trunkGroup' && from.value === trunkGroup).length;

  /** The DN of an agent who is not in the call that this one is about. */
  function ringsFirst({ from, parent }: CreateCallRequest): string | undefined {
    const isThere = parent !== undefined && calls.get(parent)?.parties.agentAt(from.value) !== undefined;
    return from.kind === 'dn' && !isThere ? from.value : undefined;
  }

  async function together(held: InteractionId, active: InteractionId, as: 'transfer' | 'conference') {
    const [one, other] = [calls.get(held), calls.get(active)];
    if (!one || !other) return gone(one ? active : held);
    return join(one, other, as);
  }

  async function dial(request: CreateCallRequest): Promise<CreateCallResult> {
    if (!sink) throw new Error('The simulated network was asked to dial while it was not started');
    const { requestId, parent, to } = request;
    const before = earlier.get(requestId);
    if (before) return afterwards(before);
    if (calls.size >= trunks) return failed(CallState.AllTrunksBusy, `All ${trunks} trunks are busy`);
    const trouble = known.troubleWith(request, callsOf);
    if (trouble) return failed(trouble.state, trouble.text);
    if (parent !== undefined && !calls.has(parent)) return failed(CallState.GeneralError, gone(parent).text);
    const call = make({ kind: 'dialled', ...request }, to.value);
    note(requestId, { is: 'dialling' });
    const result = await call.dial(request, ringsFirst(request));
    if (result.connected) note(requestId, { is: 'connected' });
    else note(requestId, { is: 'over', state: result.state, text: result.cause.text });
    return result;
  }

  async function treat<T>(ixn: InteractionId, how: (customer: Treatments) => Promise<T>): Promise<T | Refusal> {
    const customer = calls.get(ixn)?.treatments ?? gone(ixn);
    return customer instanceof Treatments ? how(customer) : customer;
  }

  return {
    name: 'simulated',
    async start(to) {
      sink = to;
    },
    async stop() {
      stopping = true;
      for (const call of [...calls.values()]) call.release();
      sink = undefined;
    },
    createCall: (request) => dialOnce(request.requestId, () => dial(request)),
    async status(requestId) {
      const before = earlier.get(requestId);
      if (before) return { state: 'over', result: afterwards(before) };
      return { state: journal.knows(requestId) ? 'live' : 'unknown' };
    },
    async holder(ixn) {
      const call = calls.get(ixn);
      return call && (call.taken ? 'other' : 'us');
    },
    play: ({ requestId, ixn, prompt }) => playOnce(requestId, () => treat(ixn, (customer) => customer.play(prompt))),
    collect: ({ requestId, ixn, prompts: heard, input }) =>
      collectOnce(requestId, () => treat(ixn, (customer) => customer.collect(heard, input))),
    run: ({ requestId, ixn, uri }) => runOnce(requestId, () => treat(ixn, (customer) => customer.run(uri))),
    async stopPlay(ixn) {
      const call = calls.get(ixn);
      call?.stopPlay();
      return call ? { ok: true } : gone(ixn);
    },
    route: (request) =>
      routeOnce(request.requestId, async () => calls.get(request.ixn)?.route(request) ?? gone(request.ixn)),
    async release(ixn) {
      const call = calls.get(ixn);
      call?.release();
      return call ? { ok: true } : gone(ixn);
    },
    async hold(ixn) {
      return calls.get(ixn)?.hold(true) ?? gone(ixn);
    },
    async retrieve(ixn) {
      return calls.get(ixn)?.hold(false) ?? gone(ixn);
    },
    transfer: (held, active) => together(held, active, 'transfer'),
    conference: (held, active) => together(held, active, 'conference'),
    deviceAt: known.deviceAt,
    calls: () => [...calls.keys()],
    call: (ixn) => calls.get(ixn)?.view,
    arrive(inbound) {
      const call = make({ kind: 'arrived', ...inbound }, inbound.ani);
      call.arrive();
      return call.ixn;
    },
    merge(from, into) {
      const call = calls.get(from);
      call?.tell({ type: 'merged', into });
      call?.transferred(into);
    },
    getUserData: (ixn) => calls.get(ixn)?.userData,
    async updateUserData(ixn, set, remove = []) {
      const call = calls.get(ixn);
      call?.updateUserData(set, remove);
      return call ? { ok: true } : gone(ixn);
    },
    async userEvent({ kind, value }, name, userData, extensions = {}) {
      if (kind !== 'dn') return refusal('bad-argument', `A user event goes to a DN, not to a ${kind}`);
      const told = phones.get(value)?.tell({ name, userData, extensions }) ?? false;
      return told ? { ok: true } : refusal('unreachable', `Nobody is logged in at DN ${value}`);
    },
    async notReady({ kind, value }, { reasons, extensions } = {}) {
      if (kind !== 'dn') return refusal('bad-argument', `A DN becomes NotReady, not a ${kind}`);
      const [why] = Object.values({ ...extensions, ...reasons });
      const set = phones.get(value)?.setAside(typeof why === 'string' ? why : undefined) ?? false;
      return set ? { ok: true } : refusal('unreachable', `Nobody is logged in at DN ${value}`);
    },
  };
}

function failed(state: CallState, text: string): CreateCallResult {
  return { connected: false, state, cause: { text } };
}
