/** What the tests of the telephone network share: a started network on a virtual clock, and its events as short lines. */
import type { Clock } from '../../../server/clock.js';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import type {
  CreateCallRequest,
  CreateCallResult,
  InteractionId,
  TelephonyEvent,
  TelephonyPort,
} from '../../../server/voice/port.js';
import type { Behaviour } from '../../../server/voice/simulated/behaviour.js';
import { Desktop, type AgentScript } from '../../../server/voice/simulated/desktop.js';
import { simulatedTelephony, type NetworkConfig } from '../../../server/voice/simulated/network.js';

export interface Scene {
  readonly clock: VirtualClock;
  readonly telephony: TelephonyPort;
  readonly events: TelephonyEvent[];
  /** The agent's phone, DN 7001, logged in and ready. */
  readonly desktop: Desktop;
  /** `at type leg-number ...` */
  readonly lines: () => string[];
  /** The timers that the network and the phone have set and that neither fired nor were cleared. */
  readonly timers: ReadonlySet<unknown>;
  /** Reactions of the listener, for tests that act within an event. */
  onEvent: (event: TelephonyEvent) => void;
}

export async function scene(
  does: Behaviour | readonly Behaviour[],
  script: AgentScript = {},
  more: Partial<NetworkConfig> = {},
): Promise<Scene> {
  const clock = virtualClock();
  const timers = new Set<unknown>();
  const counted: Clock = {
    ...clock,
    setTimeout(fn, ms) {
      const id = clock.setTimeout(() => {
        timers.delete(id);
        fn();
      }, ms);
      timers.add(id);
      return id;
    },
    clearTimeout(id) {
      timers.delete(id);
      clock.clearTimeout(id);
    },
  };
  const events: TelephonyEvent[] = [];
  const desktop = new Desktop(counted, script, () => undefined);
  desktop.set('Ready');
  const telephony = simulatedTelephony({
    clock: counted,
    seed: 'scene',
    customers: [{ does }],
    phones: new Map([['7001', desktop]]),
    routePoints: ['8999'],
    prompts: { 'long.wav': 20_000 },
    applications: { 'http://vxml/menu': { lastsMs: 8_000, result: { chosen: '2' } } },
    trunks: 3,
    ...more,
  });
  const lines = () => events.map(line);
  const made: Scene = { clock, telephony, events, desktop, timers, lines, onEvent: () => undefined };
  await telephony.start((event) => {
    events.push(event);
    made.onEvent(event);
  });
  return made;
}

export function request(more: Partial<CreateCallRequest> = {}): CreateCallRequest {
  return {
    requestId: 's/1/0',
    from: { kind: 'routePoint', value: '8999' },
    to: { kind: 'number', value: '5551000' },
    ringTimeoutMs: 32_000,
    cpd: { timeGuardMs: 15_000, keepOnMachine: false },
    ...more,
  };
}

/** The answer of a promise once the clock has moved so far; 'pending' when there is none yet. */
export async function after<T>(clock: VirtualClock, ms: number, work: Promise<T>): Promise<T | 'pending'> {
  let answer: T | 'pending' = 'pending';
  void work.then((value) => (answer = value));
  await clock.advance(ms);
  return answer;
}

/** Dials and waits until the call is up. */
export async function connect(
  { clock, telephony }: Scene,
  more: Partial<CreateCallRequest> = {},
): Promise<InteractionId> {
  const result: CreateCallResult | 'pending' = await after(clock, 10_000, telephony.createCall(request(more)));
  if (result === 'pending' || !result.connected) throw new Error(`The call is not up: ${JSON.stringify(result)}`);
  return result.ixn;
}

function line(event: TelephonyEvent): string {
  const parts: (string | number)[] = [event.at, event.type];
  if ('leg' in event) parts.push(event.leg.split('-')[2] ?? event.leg);
  if ('by' in event) parts.push(event.by);
  if ('state' in event) parts.push(event.state);
  if ('cause' in event) parts.push(event.cause);
  return parts.join(' ');
}
