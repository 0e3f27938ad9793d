/**
 * The ways in which a chart and a sequence of moves can be played; each answers with everything that an observer can tell apart:
 * enter, exit and log in exact order, and after each move the configuration and the output.
 */
import { createActor, SimulatedClock, type Snapshot } from 'xstate';
import type { Chart, TraceEntry } from '../../../engine/chart.js';
import { ScxmlLogic } from '../../../engine/actor/logic.js';
import type { Effect, SendEffect } from '../../../engine/effect.js';
import type { ScxmlEvent } from '../../../engine/event.js';
import { deliver, interpret } from '../../../engine/step/algorithm.js';
import { Memo } from '../../../engine/step/configuration.js';
import { restoreSession, saveSession, type SavedSession } from '../../../engine/step/save.js';
import type { Session } from '../../../engine/step/session.js';
import type { Move } from './sketch.js';

export type Way = (chart: Chart, moves: readonly Move[]) => string[];

const input = { sessionid: 'fuzz', seed: 7 };
const tick = 10;

const show = (entry: TraceEntry): string => {
  if ('enter' in entry) return `enter ${entry.enter.id}`;
  if ('exit' in entry) return `exit ${entry.exit.id}`;
  if ('error' in entry) return `error ${JSON.stringify(entry.error)}`;
  return `log ${entry.label ?? ''} ${JSON.stringify(entry.value)}`;
};

const rest = (configuration: readonly string[], running: boolean, output: unknown): string =>
  `= ${configuration.join(' ')} ${running ? 'running' : `done ${JSON.stringify(output)}`}`;

const atRest = ({ configuration, running, output }: Session): string =>
  rest(
    configuration.atomic.map(({ id }) => id),
    running,
    output,
  );

/** What a host must log to run a session again. */
type Logged = { readonly event: ScxmlEvent; readonly now: number } | 'rest';

/** One session on virtual time, stepped by hand. */
class Player {
  readonly trace: string[] = [];
  readonly log: Logged[] = [];
  readonly #hooks = { trace: (entry: TraceEntry) => this.trace.push(show(entry)) };
  readonly #queue: ScxmlEvent[] = [];
  #timers: { readonly due: number; readonly effect: SendEffect }[] = [];
  #now = 0;
  #session: Session;

  constructor(
    chart: Chart,
    private readonly between: (session: Session, hooks: Session['hooks']) => Session = (session) => session,
  ) {
    this.#session = interpret(chart, input, 0, this.#hooks);
    this.#settle();
  }

  play(moves: readonly Move[]): this {
    for (const move of moves) {
      if ('send' in move) this.#queue.push({ name: move.send, type: 'external' });
      else this.#advance(move.advance);
      this.#settle();
    }
    return this;
  }

  #advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [first] = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!first) break;
      this.#timers = this.#timers.filter((timer) => timer !== first);
      this.#now = first.due;
      this.#queue.push(first.effect.event);
      this.#drain();
    }
    this.#now = end;
  }

  #settle(): void {
    this.#perform();
    this.#drain();
    this.trace.push(atRest(this.#session));
    this.log.push('rest');
  }

  #drain(): void {
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) {
      this.#session = this.between(this.#session, this.#hooks);
      this.log.push({ event, now: this.#now });
      deliver(this.#session, event, this.#now);
      this.#perform();
    }
  }

  #perform(): void {
    for (const effect of this.#session.takeEffects()) this.#act(effect);
  }

  #act(effect: Effect): void {
    if (effect.type === 'send' && effect.delay > 0) this.#timers.push({ due: this.#now + effect.delay, effect });
    else if (effect.type === 'send') this.#queue.push(effect.event);
    else if (effect.type === 'cancel')
      this.#timers = this.#timers.filter((each) => each.effect.sendid !== effect.sendid);
    else if (effect.type === 'done') this.#timers = [];
  }
}

const json = (session: Session): SavedSession => JSON.parse(JSON.stringify(saveSession(session))) as SavedSession;

const replay = (chart: Chart, log: readonly Logged[]): string[] => {
  const trace: string[] = [];
  const session = interpret(chart, input, 0, { trace: (entry) => trace.push(show(entry)) });
  for (const logged of log)
    if (logged === 'rest') trace.push(atRest(session));
    else deliver(session, logged.event, logged.now);
  return trace;
};

/** Every set of transitions is worked out anew: no memo answers. */
const withoutMemory: Way = (chart, moves) => {
  const prototype: { get: (key: unknown) => unknown } = Memo.prototype;
  const remembering = prototype.get;
  prototype.get = () => undefined;
  try {
    return new Player(chart).play(moves).trace;
  } finally {
    prototype.get = remembering;
  }
};

const byActor =
  (restored: boolean): Way =>
  (chart, moves) => {
    const trace: string[] = [];
    const clock = new SimulatedClock();
    const logic = new ScxmlLogic(chart, { trace: (entry) => trace.push(show(entry)) });
    let actor = createActor(logic, { clock, input }).start();
    const settle = () => {
      const { configuration, status, output, error } = actor.getSnapshot();
      if (status === 'error') throw error as Error;
      trace.push(rest(configuration, status === 'active', output));
    };
    const again = () => {
      if (!restored || actor.getSnapshot().status !== 'active') return;
      const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot())) as Snapshot<unknown>;
      actor.stop();
      actor = createActor(logic, { clock, snapshot }).start();
    };
    settle();
    for (const move of moves) {
      again();
      if ('send' in move) actor.getSnapshot().status === 'active' && actor.send({ type: move.send });
      else
        for (let left = move.advance; left > 0; left -= tick) {
          clock.increment(tick);
          again();
        }
      settle();
    }
    return trace;
  };

/** The first session of the chart: nothing is remembered yet. */
export const live: Way = (chart, moves) => new Player(chart).play(moves).trace;

export const ways: Readonly<Record<string, Way>> = {
  'by another session of the chart': live,
  'through JSON before every event': (chart, moves) =>
    new Player(chart, (session, hooks) => restoreSession(chart, json(session), hooks)).play(moves).trace,
  'replayed from the log of events': (chart, moves) => replay(chart, new Player(chart).play(moves).log),
  'without memory of plans': withoutMemory,
  'by createActor': byActor(false),
  'by createActor, restored before every event': byActor(true),
};
