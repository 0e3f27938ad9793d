/** How processes of the server end: at a place where they kill themselves, or at a moment of ours. */
import { failPoints, type FailPoint } from '../../server/host/fail-point.js';
import { random, type Random } from './random.js';
import type { Environment, ServerProcess } from './process.js';
import { pause } from './wait.js';

/** `at an answer`: as soon as a client has got it. */
export type Kind = FailPoint | 'under load' | 'at an answer' | 'while starting';

export interface Death {
  readonly kind: Kind;
  readonly environment: Environment;
  /** Milliseconds: of one that starts, from its start; of others, from when it is ready. */
  readonly after: number;
  /** Of one that answers: how many answers. */
  readonly answers: number;
}

/** Milliseconds that a process is given to reach its point. */
const PATIENCE = 5_000;

const isPoint = (kind: Kind): kind is FailPoint => failPoints.some((point) => point === kind);

const death = (kind: Kind, draw: Random): Death => {
  const answers = draw.between(10, 60);
  if (!isPoint(kind)) return { kind, environment: {}, after: draw.between(30, 600), answers };
  const nth = kind === 'before load' ? draw.between(1, 6) : draw.between(1, 60);
  return { kind, environment: { RINGBACK_FAIL_AT: `${kind}:${nth}` }, after: PATIENCE, answers };
};

export const allKinds: readonly Kind[] = ['at an answer', ...failPoints, 'under load'];

/** Each kind in turn; one in twenty of many dies while it starts. */
export const deaths = (count: number, seed: number, kinds: readonly Kind[]): Death[] => {
  const draw = random(seed, 'deaths');
  return Array.from({ length: count }, (_, index) =>
    death(index % 20 === 19 ? 'while starting' : (kinds[index % kinds.length] ?? 'under load'), draw),
  );
};

export interface Died {
  readonly kind: Kind;
  /** Milliseconds until it was ready; undefined: it ended before. */
  readonly ready: number | undefined;
  /** It did not come to its point in time, and was killed. */
  readonly missed: boolean;
  /** It ended in another way than by being killed. */
  readonly failure: string | undefined;
}

/** `answered` resolves when clients have got so many answers. Resolves when the process has ended. */
export const die = async (
  server: ServerProcess,
  { kind, after, answers }: Death,
  answered: (count: number) => Promise<void>,
): Promise<Died> => {
  const ready = kind === 'while starting' ? undefined : await server.ready();
  await Promise.race([server.ended, kind === 'at an answer' ? answered(answers) : pause(after)]);
  const missed = isPoint(kind) && !server.isOver;
  const { code, signal } = await server.end('SIGKILL');
  const failure = signal === 'SIGKILL' ? undefined : `ended with code ${String(code)}: ${server.output}`;
  return { kind, ready, missed, failure };
};
