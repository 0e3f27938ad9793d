/**
 * `$token$` in a configured value stands for what the request brings under that name: the guide, "Passing Configuration
 * Tokens in Queries". `resolve.ts` fills a value in before its type is looked at. Pure.
 *
 * 1. What a request brings stays inside the text where the token stands: in a text that is JSON it cannot end its string.
 */

/** Answers what the request has for the token, or throws. */
export type TokenLookup = (token: string) => string;

const TOKEN = /\$([A-Za-z_]\w*)\$/g;

/** Whether the value is known with its request only. */
export const hasToken = (value: unknown): boolean => JSON.stringify(value).search(TOKEN) >= 0;

/** The value with every token in it replaced, also those inside objects, arrays and texts that are JSON. */
export function filled(value: unknown, lookup: TokenLookup): unknown {
  if (typeof value === 'string') return filledText(value, lookup);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => filled(item, lookup));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, lookup)]));
}

function filledText(text: string, lookup: TokenLookup): string {
  if (!text.includes('$')) return text;
  const inside = jsonIn(text);
  if (inside !== undefined) return JSON.stringify(filled(inside, lookup));
  return text.replace(TOKEN, (_, token: string) => lookup(token));
}

function jsonIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
