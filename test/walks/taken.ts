/**
 * Which transitions of strategies the sessions of this process have taken. Whoever imports this records from then on, all sessions of all
 * charts; `names.ts` says what is to be taken.
 *
 * 1. Nothing of a session is different but that it is heard: a transition's content says first that it runs.
 */
import { ScxmlLogic } from '../../engine/actor/logic.js';
import type { Chart, ChartTransition, Content } from '../../engine/chart.js';
import type { Position } from '../../engine/position.js';

/** In the texts of one strategy. */
export const placeOf = ({ line, column, included }: Position): string => `${included?.uri ?? ''}:${line}:${column}`;

interface Taken {
  /** Places of those that were taken. */
  readonly transitions: Set<string>;
  /** Ids of those that were entered. */
  readonly states: Set<string>;
}

const byStrategy = new Map<string, Taken>();

export const takenOf = (strategy: string): Taken => {
  const taken = byStrategy.get(strategy) ?? { transitions: new Set(), states: new Set() };
  byStrategy.set(strategy, taken);
  return taken;
};

type Heard = { -readonly [K in keyof ChartTransition]: ChartTransition[K] };

const listened = new WeakSet<Chart>();

/** Once for each chart, before a session of it begins. */
export const listenTo = (chart: Chart): void => {
  if (listened.has(chart)) return;
  listened.add(chart);
  const { transitions, states } = takenOf(chart.name);
  for (const state of chart.states) {
    for (const transition of state.transitions as readonly Heard[]) {
      const { content } = transition;
      const place = placeOf(transition.at);
      transition.content = (session) => {
        transitions.add(place);
        content?.(session);
      };
    }
    const entered = (): void => void states.add(state.id);
    (state as { onentry: readonly Content[] }).onentry = [entered, ...state.onentry];
  }
};

/** 1 */
const methods = ScxmlLogic.prototype as unknown as Record<string, (this: ScxmlLogic, ...rest: unknown[]) => unknown>;
for (const name of ['getInitialSnapshot', 'restoreSnapshot']) {
  const method = methods[name];
  if (!method) throw new Error(`ScxmlLogic has no ${name} any more: listen where sessions begin now`);
  methods[name] = function (...rest) {
    listenTo(this.chart);
    return method.apply(this, rest);
  };
}
