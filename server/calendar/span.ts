/**
 * Half-open spans of numbers, which are minutes, days or milliseconds: `rules.ts` and `hours.ts` work with lists of them. Pure.
 *
 * 1. A list that this file answers is sorted, its spans are not empty and do not touch.
 */
export interface Span {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

export function merged(spans: readonly Span[]): readonly Span[] {
  const answer: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = answer.at(-1);
    if (span.to <= span.from) continue;
    if (last === undefined || last.to < span.from) answer.push(span);
    else if (last.to < span.to) answer[answer.length - 1] = { from: last.from, to: span.to };
  }
  return answer;
}

/** What of the spans lies within one of them all; moved by `by` before. */
export const within = (spans: readonly Span[], { from, to }: Span, by = 0): readonly Span[] =>
  spans
    .map((span) => ({ from: Math.max(span.from + by, from), to: Math.min(span.to + by, to) }))
    .filter((span) => span.from < span.to);
