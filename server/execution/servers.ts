/**
 * Which servers execute a callback: those of `_ors`, in the order in which they are asked. None: this one. The guide, "Callback Service
 * Options"; URLs with commas between. Pure.
 */
import { callbackError } from '../gms/errors.js';

/** Bases of URLs, without a `/` at the end. Throws a CallbackError. */
export const serversOf = (option: unknown): readonly string[] => {
  const texts = typeof option === 'string' ? option.split(',').map((text) => text.trim()) : [];
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text).href.replace(/\/+$/, '');
      throw callbackError('badOption', { option: '_ors', message: `"${text.slice(0, 64)}" is no http: or https: URL` });
    });
};

/**
 * `circular`: each callback begins with the server after that of the one before; `linear`: each with the first.
 * `turn`: how many there were before.
 */
export const orderOf = (servers: readonly string[], strategy: unknown, turn: number): readonly string[] => {
  const first = strategy === 'linear' ? 0 : turn % Math.max(1, servers.length);
  return [...servers.slice(first), ...servers.slice(0, first)];
};
