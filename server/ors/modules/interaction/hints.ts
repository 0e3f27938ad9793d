/** `hints` of an action, and their `extensions`: the guide, `_ixn_redirect_hints`. */
import type { Data } from '../../../../engine/event.js';
import type { Reservation } from '../../../voice/port.js';
import { asNumber, asText } from '../../arguments.js';

type Hints = Readonly<Record<string, unknown>>;

const extensionsIn = ({ extensions }: Hints): Hints =>
  typeof extensions === 'object' && extensions !== null ? (extensions as Hints) : {};

/** `extensions.CPNDigits`: the number to show to who is called. */
export const displayNumberIn = (hints: Hints): string | undefined => {
  const { CPNDigits: number } = extensionsIn(hints);
  return typeof number === 'string' ? number : undefined;
};

/** `extensions["iscc-ar-duration"]` and those beside it: the agent who is called is reserved for the call. Milliseconds. */
export const reservationIn = (hints: Hints): Reservation | undefined => {
  const extensions = extensionsIn(hints) as Readonly<Record<string, Data | undefined>>;
  const durationMs = asNumber(extensions['iscc-ar-duration']);
  if (durationMs === undefined) return undefined;
  const [agent, place] = [asText(extensions['iscc-ar-agent-id']), asText(extensions['iscc-ar-place'])];
  const priority = asNumber(extensions['iscc-ar-priority']);
  return {
    durationMs,
    ...(agent !== undefined && { agent }),
    ...(place !== undefined && { place }),
    ...(priority !== undefined && { priority }),
  };
};
