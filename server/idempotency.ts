/**
 * The `Idempotency-Key` of a request: the client's own id for it, so that it may be repeated until it is answered. Routes hand
 * it to their services, which remember it with the answer (`host/inbox.ts`); a repeat is marked by a header of its own.
 */
import type { Request, Response } from 'express';
import { problem } from './problems.js';

const visible = /^[\x21-\x7e]{1,255}$/;

/** Undefined when there is none. Of two that are sent, Node makes one with a blank in it, which is refused. */
export const keyOf = ({ headers }: Pick<Request, 'headers'>): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && visible.test(key)) return key;
  throw problem('IDEMPOTENCY_KEY_INVALID');
};

/** To be called when the answer is that of an earlier request. */
export const markRepeat = (response: Response) => (): void => {
  response.set('Idempotent-Replayed', 'true');
};
