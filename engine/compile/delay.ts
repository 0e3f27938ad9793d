/** Delays as SCXML 6.2.2 writes them (CSS2 times): `1s`, `1.5s`, `.5s`, `200ms`. A bare number is taken as milliseconds. */
export const parseDelay = (text: string): number | undefined => {
  const match = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|)\s*$/.exec(text);
  if (!match) return undefined;
  const amount = Number(match[1]);
  return match[2] === 's' ? amount * 1000 : amount;
};
