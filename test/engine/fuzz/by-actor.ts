/**
 * A document and a sequence of moves, played by createActor, also saved and restored before every move. Neighbour of
 * `against-oracle.ts`.
 *
 * 1. A session that goes on after it was restored goes on telling under its name.
 */
import { createActor, SimulatedClock, type Snapshot } from 'xstate';
import type { TraceEntry } from '../../../engine/chart.js';
import { ScxmlLogic, type PersistedSnapshot } from '../../../engine/actor/logic.js';
import { Charts } from './charts.js';
import { resource } from './family.js';
import type { Move } from './sketch.js';
import { Notes, root, type Told } from './told.js';

/** All delays are multiples of it: SimulatedClock shows every timer that fires the time it has been moved to. */
const tick = 10;

/** All sessions of one play. */
interface Play {
  readonly notes: Notes;
  readonly charts: Charts;
}

/** Of one session. */
class WatchedLogic extends ScxmlLogic {
  #name = '';

  constructor(
    text: string,
    private readonly play: Play,
    src?: string,
  ) {
    const trace = (entry: TraceEntry) => {
      play.notes.entry(this.#name, entry);
    };
    super(
      play.charts.read(text),
      { trace, child: (src, content) => new WatchedLogic(textOf(src, content), play, src) },
      text,
      src,
    );
  }

  override getInitialSnapshot(...[scope, input]: Parameters<ScxmlLogic['getInitialSnapshot']>) {
    this.#name = this.play.notes.begin(input?.sessionid ?? '');
    return super.getInitialSnapshot(scope, input);
  }

  override restoreSnapshot(...[persisted, scope]: Parameters<ScxmlLogic['restoreSnapshot']>) {
    this.#name = this.play.notes.nameOf((persisted as unknown as PersistedSnapshot).session.input.sessionid);
    return super.restoreSnapshot(persisted, scope);
  }
}

/** A restored session has both: its text, and where that came from. */
const textOf = (src: string | undefined, content: string | undefined): string => {
  const text = content ?? resource(src ?? '');
  if (text === undefined) throw new Error('nothing to invoke');
  return text;
};

export const actor = (text: string, moves: readonly Move[], restored: boolean, charts = new Charts()): Told => {
  const play: Play = { notes: new Notes(), charts };
  const clock = new SimulatedClock();
  let created = createActor(new WatchedLogic(text, play), { clock, input: { sessionid: root } });
  created.subscribe({ error: () => undefined });
  created.start();
  const settle = () => {
    const { session, status, error } = created.getSnapshot();
    if (status === 'error') throw error;
    play.notes.session(session);
  };
  const again = () => {
    if (!restored || created.getSnapshot().status !== 'active') return;
    const snapshot = JSON.parse(JSON.stringify(created.getPersistedSnapshot())) as Snapshot<unknown>;
    created.stop();
    created = createActor(new WatchedLogic(text, play), { clock, snapshot });
    created.subscribe({ error: () => undefined });
    created.start();
  };
  settle();
  for (const move of moves) {
    again();
    if ('send' in move) created.send({ type: move.send });
    else
      for (let left = move.advance; left > 0; left -= tick) {
        clock.increment(tick);
        again();
      }
    settle();
  }
  return play.notes.told;
};
