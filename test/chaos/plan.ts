/** What happens on a day of chaos: data, from its seed. `chaos.ts` lets it happen; `mix.ts` has the kinds of callbacks. */
import { agent } from '../support/centre.js';
import type { Death } from '../server/mortal.js';
import type { People } from '../support/worlds.js';
import { drawsOf, type Draw } from './draw.js';
import { applications, kindOf, kinds, optionsFor, partyFor, type KindName } from './mix.js';

/** Milliseconds from the beginning of the day; `againMs`: when it is taken back. */
interface Meddling {
  readonly atMs: number;
  readonly againMs: number;
}

export interface PlannedCallback {
  readonly index: number;
  readonly kind: KindName;
  readonly atMs: number;
  readonly service: string;
  readonly number: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** After the start, in milliseconds: when the customer or the operator cancels it, when its session is terminated. */
  readonly cancelMs: number | undefined;
  readonly terminateMs: number | undefined;
  /** When the device asks for the call. */
  readonly connectMs: readonly number[];
}

export interface Plan {
  readonly callbacks: readonly PlannedCallback[];
  readonly people: People;
  readonly deaths: readonly Death[];
  readonly networkStays: boolean;
  readonly pauses: readonly (Meddling & { readonly key: string })[];
  readonly leaves: readonly (Meddling & { readonly agent: string })[];
}

const MINUTE = 60_000;
/** Callbacks begin so long, and faults happen. */
export const BUSY_MS = 40 * MINUTE;
export const FAULTY_MS = 100 * MINUTE;
export const SERVICES = ['Billing', 'Sales'] as const;
/** Where customers call. */
export const ENTRIES = ['8001', '8002'] as const;

const kindFor = (draw: Draw): KindName => {
  const names = (Object.keys(kinds) as KindName[]).flatMap((name) => Array<KindName>(kinds[name].weight).fill(name));
  return draw.of(...names);
};

function callbackOf(seed: string, index: number, start: number): PlannedCallback {
  const draw = drawsOf(seed, 'callback', index);
  const kind = kindFor(draw);
  const { options, drawn, connects } = kindOf(kind);
  const atMs = Math.round(draw.below(BUSY_MS));
  const desired = draw.chance(0.2) && { _desired_time: new Date(start + atMs + draw.below(20 * MINUTE)).toISOString() };
  const number = `1650555${String(index).padStart(4, '0')}`;
  const given: Readonly<Record<string, unknown>> = {
    ...optionsFor(draw),
    ...options,
    ...drawn?.(draw),
    ...desired,
    _customer_number: number,
  };
  return {
    ...{ index, kind, atMs, number, service: draw.of(...SERVICES) },
    body: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    cancelMs: draw.chance(0.08) ? draw.below(2 * MINUTE) : undefined,
    terminateMs: draw.chance(0.04) ? draw.below(2 * MINUTE) : undefined,
    connectMs: connects && draw.chance(0.85) ? Array.from({ length: 30 }, (_, i) => (i + draw.below(1)) * 15_000) : [],
  };
}

/** Agents who answer mostly, and now and then hang up at once, reject or do not react. */
const staffOf = (seed: string) =>
  Array.from({ length: 6 }, (_, i) => {
    const draw = drawsOf(seed, 'agent', i);
    const ring = () =>
      draw.of(
        ...([{ kind: 'answer' }, { kind: 'answer', afterMs: 8_000 }, { kind: 'answer', afterMs: 0 }] as const),
        ...([{ kind: 'answer', talkMs: 0 }, { kind: 'reject' }, { kind: 'ignore' }] as const),
      );
    return agent(`agent${i}`, `${7001 + i}`, {
      groups: [i % 2 === 0 ? 'Billing' : 'Sales'],
      readyAfterMs: draw.below(MINUTE),
      rings: Array.from({ length: 100 }, ring),
      wrapUpMs: 2_000,
      capacity: { chat: 2 },
    });
  });

const meddling = (draw: Draw, most: number): Meddling => {
  const atMs = draw.below(BUSY_MS);
  return { atMs, againMs: atMs + draw.below(most) };
};

export function planOf(seed: string, callbacks: number, start: number): Plan {
  const draw = drawsOf(seed, 'day');
  const planned = Array.from({ length: callbacks }, (_, index) => callbackOf(seed, index, start));
  const agents = staffOf(seed);
  const customerOf = ({ index, number }: PlannedCallback) => {
    const party = drawsOf(seed, 'customer', index);
    return { number, does: [partyFor(party), partyFor(party), partyFor(party)] };
  };
  return {
    callbacks: planned,
    people: {
      ...{ seed, agents, applications, routePoints: ['5000'], entryPoints: [...ENTRIES] },
      trunkGroups: { Trunks: {} },
      customers: planned.map(customerOf),
    },
    deaths: Array.from({ length: 6 }, () => ({
      at: 20 + Math.floor(draw.below(callbacks * 6)),
      written: draw.chance(0.5),
    })),
    networkStays: draw.chance(0.5),
    pauses: Array.from({ length: 3 }, () => ({ ...meddling(draw, 5 * MINUTE), key: draw.of('all', ...SERVICES) })),
    leaves: Array.from({ length: 8 }, () => ({
      ...meddling(draw, 5 * MINUTE),
      agent: draw.of(...agents.map(({ id }) => id)),
    })),
  };
}
