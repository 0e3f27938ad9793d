/** `hints` of an action: `extensions.CPNDigits` is the number to show to who is called (the guide). */
export const displayNumberIn = (hints: Readonly<Record<string, unknown>>): string | undefined => {
  const { extensions } = hints;
  if (typeof extensions !== 'object' || extensions === null) return undefined;
  const { CPNDigits: number } = extensions as Record<string, unknown>;
  return typeof number === 'string' ? number : undefined;
};
