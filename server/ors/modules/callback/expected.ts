/**
 * Customers whose calls are expected: a callback that the customer is to originate says by which number, and whoever takes inbound calls
 * asks whose a call is (the guide's request-access and match-interaction).
 *
 * 1. No two expect what one call could be: by the same number, the same code, or from the same phone where there is no code.
 * 2. A call is matched once: who was matched is not expected any more.
 * 3. What is expected lasts as its action does: the next process expects it again before any call arrives.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { ActionContext } from '../../../host/module.js';
import { asText } from '../../arguments.js';

interface Expectation {
  readonly requestid: string;
  /** Digits, as all numbers here. */
  readonly number: string;
  readonly phone: string | undefined;
  readonly code: string | undefined;
  readonly context: ActionContext;
}

/** `+1 (650) 466-1230` and `16504661230` are one number. */
const digits = (text: string | undefined): string | undefined => text?.replace(/\D/g, '');

const described = ({ attributes }: ModuleEffect) => ({
  number: digits(asText(attributes['number'])) ?? '',
  phone: digits(asText(attributes['phone'])),
  code: asText(attributes['code']),
});

export class Expected {
  /** By `session requestid`. */
  readonly #all = new Map<string, Expectation>();

  expect(effect: ModuleEffect, context: ActionContext): void {
    const { requestid } = effect;
    const one = { requestid, ...described(effect), context };
    const refuse = (error: string, description: string) =>
      context.finish('error.callback.expect', { requestid, error, description });
    if (one.number === '' || (one.phone === undefined && one.code === undefined))
      refuse('invalidattribute', 'a call is expected by its number, and by a phone or a code');
    else if ([...this.#all.values()].some((other) => isLike(other, one)))
      refuse(
        'taken',
        `somebody else is expected by ${one.code === undefined ? 'this phone' : 'this code'} at this number`,
      );
    else {
      this.#all.set(`${context.sessionid} ${requestid}`, one);
      if (!context.again) context.raise('callback.expected', { requestid });
    }
  }

  unexpect(effect: ModuleEffect, { sessionid }: ActionContext): void {
    const key = `${sessionid} ${asText(effect.attributes['requestid']) ?? ''}`;
    this.#all.get(key)?.context.end();
    this.#all.delete(key);
  }

  match(effect: ModuleEffect, context: ActionContext): void {
    const { requestid } = effect;
    const asked = described(effect);
    const found = [...this.#all].find(([, one]) => isMatched(one, asked));
    if (!found) {
      const description = 'nobody whose call this could be is expected';
      context.finish('error.callback.match', { requestid, error: 'nomatch', description });
      return;
    }
    const [key, one] = found;
    this.#all.delete(key);
    one.context.finish('callback.matched', { requestid: one.requestid });
    context.finish('callback.match.done', { requestid, sessionid: one.context.sessionid });
  }

  /** The session is over. */
  forget(sessionid: string): void {
    for (const [key, one] of this.#all) {
      if (one.context.sessionid !== sessionid) continue;
      one.context.end();
      this.#all.delete(key);
    }
  }
}

type Described = Pick<Expectation, 'number' | 'phone' | 'code'>;

/** 1 */
const isLike = (one: Described, other: Described): boolean =>
  one.number === other.number && one.code === other.code && (one.code !== undefined || one.phone === other.phone);

/** By the code where one is asked for, by the phone else; a phone that is known of both has to be the same. */
const isMatched = ({ number, phone, code }: Described, asked: Described): boolean => {
  if (number !== asked.number) return false;
  const isSamePhone = asked.phone === phone;
  if (asked.code === undefined) return asked.phone !== undefined && isSamePhone;
  return asked.code === code && (asked.phone === undefined || phone === undefined || isSamePhone);
};
