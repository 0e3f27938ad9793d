/**
 * A document and a sequence of moves, played by the engine (stepped by `step-host.ts`) and by the oracle: what each session tells,
 * and after each move where the first one stands. `by-actor.ts` plays by createActor.
 */
import type { Chart, SessionInput, TraceEntry } from '../../../engine/chart.js';
import type { ScxmlOptions } from '../../../engine/index.js';
import type { Session } from '../../../engine/step/session.js';
import { documentOrder, isAtomicState } from '../../support/oracle/tree.js';
import { World, type Turns } from '../../support/oracle/world.js';
import { StepHost } from '../../support/step-host.js';
import { Charts } from './charts.js';
import { resource } from './family.js';
import type { Move } from './sketch.js';
import { Notes, root, type Told } from './told.js';

/** Children are watched like the first session. */
class WatchedHost extends StepHost {
  constructor(
    private readonly notes: Notes,
    private readonly charts: Charts,
  ) {
    super();
  }

  protected override compile(text: string): Chart {
    return this.charts.read(text);
  }

  override start(text: string, options: ScxmlOptions, input: SessionInput, parent?: string): Session {
    const trace = (entry: TraceEntry) => {
      this.notes.entry(this.notes.nameOf(input.sessionid), entry);
    };
    return super.start(text, { ...options, trace }, input, parent);
  }
}

export const engine = (text: string, moves: readonly Move[], charts = new Charts()): Told => {
  const notes = new Notes();
  const host = new WatchedHost(notes, charts);
  host.start(text, { trusted: true, uri: 'fuzz', resources: resource }, { sessionid: root });
  const settle = () => {
    host.drain();
    const session = host.session(root);
    if (!session) throw new Error('the first session is gone');
    notes.session(session);
  };
  settle();
  for (const move of moves) {
    if ('send' in move) host.send(root, { name: move.send, type: 'external' });
    else host.advance(move.advance);
    settle();
  }
  return notes.told;
};

export const oracle = (text: string, moves: readonly Move[], turns: Turns): Told => {
  const notes = new Notes();
  const world = new World({
    turns,
    resource,
    trace: (sessionid, entry) => {
      notes.add(notes.nameOf(sessionid), entry);
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
