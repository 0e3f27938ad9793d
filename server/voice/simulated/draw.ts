/** Makes a behaviour without chance of one with: each time is drawn by its own name. `behaviour.ts` says what the spans are. */
import type { Behaviour, Party, Span } from './behaviour.js';

type Draw = (...parts: readonly (string | number)[]) => number;

/** `draw`: in [0, 1), the same for the same parts. */
export function partyOf(behaviour: Exclude<Behaviour, { kind: 'random' }>, draw: Draw): Party {
  const drawn = Object.entries(behaviour).map(([key, value]: [string, unknown]) => [
    key,
    key.endsWith('Ms') ? spanOf(value as Span, (part) => draw(key, part)) : value,
  ]);
  const party = Object.fromEntries(drawn) as Party & { readonly impatient?: number };
  if (party.kind !== 'human' || party.impatient === undefined || draw('impatient') * 100 < party.impatient)
    return party;
  const { patienceMs: _never, ...patient } = party;
  return patient;
}

/** Whole milliseconds. */
export function spanOf(span: Span, draw: (part: string) => number): number {
  if (typeof span === 'number') return span;
  return Math.round(
    'between' in span ? evenly(span.between, draw('at')) : Math.min(span.most ?? Infinity, open(span, draw)),
  );
}

const evenly = ([from, to]: readonly [number, number], at: number): number => from + at * (to - from);

function open(span: Exclude<Span, number | { between: unknown }>, draw: (part: string) => number): number {
  // 1 - x is never 0
  const exponential = -Math.log(1 - draw('at'));
  if ('mean' in span) return span.mean * exponential;
  const normal = Math.sqrt(2 * exponential) * Math.cos(2 * Math.PI * draw('turn'));
  return span.median * span.spread ** normal;
}
