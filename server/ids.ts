/** Ids of sessions and requests, as ORS's: 32 characters 0-9 and A-Z. Whoever knows one can talk to the session: not guessable. */
import { randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const newId = (): string => Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A seed of a session's Math.random. */
export const newSeed = (): number => randomInt(2 ** 32);
