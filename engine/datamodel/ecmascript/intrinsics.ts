/** The names that every source may use without declaring them: what `kernel/harden.ts` leaves of the realm. */
export const intrinsicNames: ReadonlySet<string> = new Set(
  (
    'Object Array String Number Boolean Symbol BigInt Math JSON RegExp Reflect Date Function Map Set ' +
    'Error EvalError RangeError ReferenceError SyntaxError TypeError URIError ' +
    'parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape ' +
    'undefined NaN Infinity'
  ).split(' '),
);
