/**
 * One run of the suite: clients at work while one process of the server after the other is killed; then quiet, a process that
 * ends in order, and what became of everything.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { judgeCalls } from './calls.js';
import { allKinds, deaths, die, type Died, type Kind } from './deaths.js';
import { judge } from './judge.js';
import { journalIn, keptIn, pending } from './kept.js';
import type { Ledger } from './ledger.js';
import { Load } from './load.js';
import { viewOf, workersOf } from './observe.js';
import type { Environment } from './process.js';
import { openScene, type Scene } from './scene.js';
import type { Tally } from './tally.js';
import { until } from './wait.js';

export interface RunOptions {
  readonly seed: number;
  readonly kills: number;
  readonly clients: number;
  readonly patient?: boolean;
  readonly environment?: Environment;
  /** In which ways processes end, in turn. */
  readonly kinds?: readonly Kind[];
  /** Told what each process came to. */
  readonly progress?: (line: string) => void;
}

export interface Report {
  readonly died: readonly Died[];
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Whatever is wrong besides. */
  readonly complaints: readonly string[];
  readonly acked: number;
  readonly retries: number;
  /** Of which the server said that it knew the request. */
  readonly answeredAgain: number;
  readonly repeats: number;
  readonly dials: number;
}

/** Milliseconds until nothing is left to be done. */
const QUIET = 60_000;

export const crashRun = async (options: RunOptions): Promise<Report> => {
  const { seed, kills, clients, patient = false, environment = {}, kinds = allKinds } = options;
  const scene = await openScene({ RINGBACK_SEED: String(seed), ...environment });
  const { client, sink, worker, data } = scene;
  try {
    const load = new Load({ client, seed, clients, patient, sink: sink.url, worker });
    const died: Died[] = [];
    for (const death of deaths(kills, seed, kinds)) {
      died.push(await die(scene.start(death.environment), death, (count) => client.answers(count)));
      options.progress?.(lineOf(died, load.ledger));
    }
    const server = await scene.started();
    await load.end();
    const left = await quiet(data);
    const { tallies, complaints, repeats } = judge(load.ledger, await workersOf(client, load.ledger), sink);
    const unended = await finish(scene, load.ledger);
    const { code, signal } = await server.end('SIGTERM');
    const verified = await verify(scene);
    const { active, due, dead, callbacks } = await keptIn(data);
    const calls = judgeCalls(load.ledger.callbacks, callbacks, journalIn(data));
    return {
      died,
      tallies: { ...tallies, ...calls.tallies },
      complaints: [
        ...died.flatMap(({ failure }) => failure ?? []),
        ...left.map((entry) => `still to be done: ${entry}`),
        ...complaints,
        ...unended,
        ...(code === 0 ? [] : [`asked to stop, the server ended with ${String(code ?? signal)}: ${server.output}`]),
        ...verified,
        ...(active === 0 ? [] : [`${active} sessions are active after the end`]),
        ...(due === 0 ? [] : [`${due} entries are in the outbox after the end`]),
        ...dead.map((letter) => `dead letter ${letter}`),
        ...calls.complaints,
      ],
      acked: load.ledger.acked,
      retries: client.retries,
      answeredAgain: client.repeats,
      repeats,
      dials: calls.dials,
    };
  } finally {
    await scene.close();
  }
};

const lineOf = (died: readonly Died[], { acked }: Ledger): string => {
  const { kind, missed, ready } = died.at(-1)!;
  const when = ready === undefined ? 'never ready' : `ready after ${ready.toFixed(0)} ms`;
  const number = String(died.length).padStart(4);
  return `${number}  ${kind.padEnd(14)}  ${when}${missed ? ', point not reached' : ''}, ${acked} acknowledged`;
};

/** Waits until the outbox is empty; answers what is still in it when that takes too long. */
const quiet = async (data: string): Promise<readonly string[]> => {
  const isEmpty = (): true | undefined => (pending(data).length === 0 ? true : undefined);
  return until('the outbox is empty', isEmpty, { within: QUIET, every: 100 }).then(
    () => [],
    () => pending(data),
  );
};

/** Ends all sessions; answers which of them did not. */
const finish = async ({ client }: Scene, { sessions }: Ledger): Promise<string[]> => {
  const unended: string[] = [];
  for (const [who, id] of sessions) {
    await client.ask({ path: `/scxml/session/${id}/event/finish`, body: {}, key: 'finish' });
    const { status } = (await viewOf(client, id)) ?? { status: 'not there' };
    if (status !== 'done') unended.push(`session ${who} is ${status} after its end`);
  }
  return unended;
};

/** What `ringback verify` says of the folder. */
const verify = async ({ build, data }: Scene): Promise<string[]> => {
  const env = { ...process.env, RINGBACK_DATA: data };
  const asked = promisify(execFile)(process.execPath, [build.cli, 'verify'], { env });
  return asked.then(
    () => [],
    (error: unknown) => {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      return [`verify: ${stdout}${stderr}`];
    },
  );
};
