/**
 * What a test of a telephony adapter has to set up for `voice.ts` and the other `voice-*.ts`: people who behave as
 * named, an agent, an entry point, a trunk group. How they do it, and how time passes, is the adapter's own.
 */
import type {
  CreateCallRequest,
  InteractionId,
  TelephonyEvent,
  TelephonyPort,
  UserData,
} from '../../server/voice/port.js';

export interface World {
  readonly telephony: TelephonyPort;
  /** All events since start. */
  readonly events: readonly TelephonyEvent[];
  /**
   * All of them within ten seconds, after the phone has rung: `human` answers and waits, `hasty` answers and hangs up soon after,
   * `machine` is one with a greeting of some seconds, and a beep; `fax` and `vacant` answer with such a tone; `keys` is a human who
   * presses 1, 2 and # whenever keys are asked for.
   */
  readonly numbers: Readonly<
    Record<'human' | 'hasty' | 'busy' | 'silentPhone' | 'machine' | 'fax' | 'vacant' | 'keys', string>
  >;
  /** An application that lasts some seconds at least. */
  readonly application: string;
  /** An agent's phone that answers, and who is there. */
  readonly dn: string;
  readonly agent: string;
  /** The user events that this phone was told. */
  readonly told: readonly { readonly name: string; readonly userData: UserData; readonly extensions: UserData }[];
  /** Where calls from outside wait for a strategy. */
  readonly entryPoint: string;
  readonly trunkGroup: string;
  /** Somebody who waits calls the number `dnis`, which leads to the entry point. */
  arrive(ani: string, dnis: string): Promise<void>;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
}

export type OpenWorld = () => Promise<World>;

/** Predictive: with progress detection. */
export const toDial = (more: Partial<CreateCallRequest> = {}): CreateCallRequest => ({
  requestId: 's/1/0',
  from: { kind: 'routePoint', value: '8999' },
  to: { kind: 'number', value: '5551000' },
  ringTimeoutMs: 20_000,
  cpd: { timeGuardMs: 15_000, keepOnMachine: false },
  ...more,
});

/** Dials, and waits until that is over. */
export const dial = async (world: World, who: keyof World['numbers'], more: Partial<CreateCallRequest> = {}) => {
  const to = { kind: 'number', value: world.numbers[who] } as const;
  const work = world.telephony.createCall(toDial({ requestId: `dial ${who}`, to, ...more }));
  await world.pass(25_000);
  return work;
};

export const up = async (
  world: World,
  who: keyof World['numbers'] = 'human',
  more: Partial<CreateCallRequest> = {},
): Promise<InteractionId> => {
  const result = await dial(world, who, more);
  if (!result.connected) throw new Error(`The ${who} is not connected: ${result.cause.text}`);
  return result.ixn;
};

/** Routes to the agent, and waits for the answer. */
export const toAgent = async (world: World, ixn: InteractionId) => {
  const to = { kind: 'dn', value: world.dn } as const;
  const work = world.telephony.route({ requestId: `route ${ixn}`, ixn, to, ringTimeoutMs: 10_000, confirm: true });
  await world.pass(10_000);
  return work;
};
