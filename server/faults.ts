/**
 * Faults that tests of crashes want of a server: read from the environment as `config.ts` does, but of no use to an operator and refused
 * outside of tests. Neighbour: `early-store.ts`.
 */
import { ConfigError } from './config.js';
import { failPoints, type FailPoint } from './host/fail-point.js';

export interface Faults {
  /** The process kills itself when it passes this point for the nth time. */
  readonly failAt: { readonly point: FailPoint; readonly nth: number } | undefined;
  /** Commits are answered before they are written. */
  readonly acknowledgesEarly: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws ConfigError. */
export const faultsFrom = (environment: Environment): Faults => {
  const { NODE_ENV, RINGBACK_FAIL_AT: failAt = '', RINGBACK_ACK_EARLY: early = '' } = environment;
  const asked = Object.entries({ RINGBACK_FAIL_AT: failAt, RINGBACK_ACK_EARLY: early }).filter(
    ([, text]) => text !== '',
  );
  if (asked.length > 0 && NODE_ENV !== 'test')
    throw new ConfigError(
      asked.map(([name]) => `${name} is set: it is for tests that end the server, and wants NODE_ENV=test`).join('\n'),
    );
  return { failAt: failAt === '' ? undefined : pointOf(failAt), acknowledgesEarly: early === '1' };
};

const pointOf = (text: string): Faults['failAt'] => {
  const [name, nth = ''] = text.split(':');
  const point = failPoints.find((known) => known === name);
  if (!point || !/^[1-9]\d*$/.test(nth))
    throw new ConfigError(
      `RINGBACK_FAIL_AT is "${text}": it must be one of ${failPoints.join(', ')}, with :<n> behind it, the passing that counts`,
    );
  return { point, nth: Number(nth) };
};

/** Calls `die` at the nth passing of the point. */
export const passingOf = ({ failAt }: Pick<Faults, 'failAt'>, die: () => void): ((point: FailPoint) => void) => {
  let passed = 0;
  return (point) => {
    if (point !== failAt?.point) return;
    passed += 1;
    if (passed === failAt.nth) die();
  };
};
