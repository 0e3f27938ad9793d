/**
 * The document as an XState machine configuration, for tools that read one (Stately's editor and inspector, @xstate/graph).
 * It shows states, transitions and their sources; it is not what runs: XState's own selection differs from SCXML's.
 */
import { properAncestors, type Chart, type ChartState, type ChartTransition } from '../chart.js';

export interface MachineConfig {
  readonly id?: string;
  readonly type?: 'parallel' | 'final' | 'history';
  readonly history?: 'shallow' | 'deep';
  readonly initial?: string;
  readonly target?: string;
  readonly on?: Readonly<Record<string, readonly MachineTransition[]>>;
  readonly always?: readonly MachineTransition[];
  readonly states?: Readonly<Record<string, MachineConfig>>;
}

interface MachineTransition {
  readonly target?: readonly string[];
  readonly reenter: boolean;
  readonly guard?: string;
}

/** `createMachine(machineConfig(chart))` accepts it. Ids that XState would read as paths have `.` written as `·`. */
export const machineConfig = (chart: Chart): MachineConfig => ({ ...stateConfig(chart.root), id: keyOf(chart.root) });

const stateConfig = (state: ChartState): MachineConfig => {
  const states = [...state.children, ...state.histories];
  return {
    id: keyOf(state),
    ...typeOf(state),
    ...(states.length > 0 && { states: Object.fromEntries(states.map((child) => [keyOf(child), stateConfig(child)])) }),
    ...initialOf(state),
    ...transitionsOf(state.transitions),
  };
};

const keyOf = ({ id }: ChartState): string => id.replaceAll('.', '·');

const typeOf = (state: ChartState): Pick<MachineConfig, 'type' | 'history' | 'target'> => {
  if (state.kind === 'parallel') return { type: 'parallel' };
  if (state.kind === 'final') return { type: 'final' };
  if (state.kind !== 'history') return {};
  const target = state.initial?.targets[0];
  return { type: 'history', history: state.deep ? 'deep' : 'shallow', ...(target && { target: `#${keyOf(target)}` }) };
};

/** XState has one initial child where SCXML may name several descendants: the child that holds the first. */
const initialOf = (state: ChartState): Pick<MachineConfig, 'initial'> => {
  const target = state.kind === 'history' ? undefined : state.initial?.targets[0];
  if (!target) return {};
  const child = [target, ...properAncestors(target)].find(({ parent }) => parent === state);
  return child ? { initial: keyOf(child) } : {};
};

const transitionsOf = (transitions: readonly ChartTransition[]): Pick<MachineConfig, 'on' | 'always'> => {
  const on: Record<string, MachineTransition[]> = {};
  // XState refuses '', which is what is left of the descriptor `.*`.
  for (const transition of transitions)
    for (const event of transition.events) if (event !== '') (on[event] ??= []).push(transitionConfig(transition));
  const always = transitions.filter(({ eventless }) => eventless).map(transitionConfig);
  return { ...(Object.keys(on).length > 0 && { on }), ...(always.length > 0 && { always }) };
};

const transitionConfig = ({ targets, internal, cond, at }: ChartTransition): MachineTransition => ({
  ...(targets.length > 0 && { target: targets.map((target) => `#${keyOf(target)}`) }),
  reenter: !internal,
  ...(cond && { guard: `cond at ${String(at.line)}:${String(at.column)}` }),
});
