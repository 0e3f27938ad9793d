/**
 * A document and a sequence of moves, played by the engine (stepped by `step-host.ts`) and by the oracle: what each session tells,
 * and after each move where the first one stands.
 */
import { createActor, SimulatedClock } from 'xstate';
import type { SessionInput, TraceEntry } from '../../../engine/chart.js';
import { fromData } from '../../../engine/datamodel/data.js';
import { scxml, type ScxmlOptions } from '../../../engine/index.js';
import type { Session } from '../../../engine/step/session.js';
import { sourceOf } from '../../support/oracle/evaluator.js';
import { documentOrder, isAtomicState } from '../../support/oracle/tree.js';
import { World } from '../../support/oracle/world.js';
import { StepHost } from '../../support/step-host.js';
import type { Move } from './sketch.js';

/** By session id. */
export type Told = Readonly<Record<string, readonly string[] | undefined>>;

const root = 'root';
/** All delays are multiples of it: SimulatedClock shows every timer that fires the time it has been moved to. */
const tick = 10;

/** The ids that `<send idlocation>` makes are the platform's business. SCXML 6.2.1 */
const generatedId = /\bsend\.\d+/g;

class Notes {
  readonly told: Record<string, string[] | undefined> = { [root]: [] };

  add(sessionid: string, entry: string): void {
    (this.told[sessionid] ??= []).push(entry.replace(generatedId, 'send.#'));
  }

  rest(ids: readonly string[], running: boolean, output: string): void {
    this.add(root, running ? `= ${ids.join(' ')}` : `= done ${output}`);
  }
}

const show = (entry: TraceEntry): string => {
  if ('enter' in entry) return `enter ${entry.enter.id}`;
  if ('exit' in entry) return `exit ${entry.exit.id}`;
  return `log ${entry.label ?? ''} ${sourceOf(fromData(entry.value))}`;
};

const restOf = ({ configuration, running, output }: Session, notes: Notes): void => {
  notes.rest(
    configuration.atomic.map(({ id }) => id),
    running,
    sourceOf(fromData(output)),
  );
};

/** Children are watched like the first session. */
class WatchedHost extends StepHost {
  constructor(private readonly notes: Notes) {
    super();
  }

  override start(text: string, options: ScxmlOptions, input: SessionInput, parent?: string): Session {
    const trace = (entry: TraceEntry) => {
      this.notes.add(input.sessionid, show(entry));
    };
    return super.start(text, { ...options, trace }, input, parent);
  }
}

export const engine = (text: string, moves: readonly Move[]): Told => {
  const notes = new Notes();
  const host = new WatchedHost(notes);
  host.start(text, { trusted: true, uri: 'fuzz' }, { sessionid: root });
  const settle = () => {
    host.drain();
    const session = host.session(root);
    if (!session) throw new Error('the first session is gone');
    restOf(session, notes);
  };
  settle();
  for (const move of moves) {
    if ('send' in move) host.send(root, { name: move.send, type: 'external' });
    else host.advance(move.advance);
    settle();
  }
  return notes.told;
};

/** By createActor: of a chart that invokes nothing. */
export const actor = (text: string, moves: readonly Move[]): Told => {
  const notes = new Notes();
  const clock = new SimulatedClock();
  const trace = (entry: TraceEntry) => {
    notes.add(root, show(entry));
  };
  const created = createActor(scxml(text, { trusted: true, uri: 'fuzz', trace }), {
    clock,
    input: { sessionid: root },
  });
  created.subscribe({ error: () => undefined });
  created.start();
  const settle = () => {
    const { session, status, error } = created.getSnapshot();
    if (status === 'error') throw error;
    restOf(session, notes);
  };
  settle();
  for (const move of moves) {
    if ('send' in move) created.send({ type: move.send });
    else for (let left = move.advance; left > 0; left -= tick) clock.increment(tick);
    settle();
  }
  return notes.told;
};

export const oracle = (text: string, moves: readonly Move[]): Told => {
  const notes = new Notes();
  const world = new World({
    trace: (sessionid, entry) => {
      notes.add(sessionid, entry);
    },
  });
  const session = world.start(text, { sessionid: root });
  const settle = () => {
    world.drain();
    const states = [...session.configuration].filter(isAtomicState).sort(documentOrder);
    notes.rest(
      states.map(({ id }) => id),
      session.running,
      session.output,
    );
  };
  settle();
  for (const move of moves) {
    if ('send' in move) world.deliver(root, { name: move.send, type: 'external', data: 'undefined' });
    else world.advance(move.advance);
    settle();
  }
  return notes.told;
};
