/** What the bodies say that agents and their supervisors send: `routes.ts` and `routes-centre.ts` read them. */
import { bodyOf } from '../body.js';
import { problem } from '../problems.js';

const MOST = 256;
export type Asked = Parameters<typeof bodyOf>[0];

export const fieldsOf = (request: Asked): Readonly<Record<string, unknown>> => {
  const value = bodyOf(request)?.value;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
};

export const textOf = (request: Asked, name: string): string | undefined => {
  const value = fieldsOf(request)[name];
  if (value === undefined || (typeof value === 'string' && value.length <= MOST)) return value;
  throw problem('PARAMETER_INVALID', name, `a text of at most ${MOST} characters`);
};

export const wishOf = (request: Asked): 'Ready' | 'NotReady' => {
  const { state } = fieldsOf(request);
  if (state === 'Ready' || state === 'NotReady') return state;
  throw problem('PARAMETER_INVALID', 'state', 'Ready or NotReady');
};
