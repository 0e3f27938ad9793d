/** selectTransitions and selectEventlessTransitions of Appendix D; candidates are worked out once for a configuration. */
import { properAncestors, type ChartTransition } from '../chart.js';
import type { ScxmlEvent } from '../event.js';
import type { Candidates, Configuration } from './configuration.js';
import type { Session } from './session.js';

/** Names come from outside, and a memo keeps its keys: longer ones are worked out each time. */
const longestName = 128;

/** The optimal enabled set before conflicts are removed, in document order of the atomic states; empty if there is none. */
export const selectTransitions = (session: Session, event: ScxmlEvent): readonly ChartTransition[] => {
  const { configuration } = session;
  const { name, alias } = event;
  // A blank, which no descriptor has, keeps two names apart.
  const key = alias === undefined ? name : `${name} ${alias}`;
  let candidates = configuration.byEvent.get(key);
  if (!candidates) {
    const isMatch = (transition: ChartTransition): boolean =>
      matches(transition, name) || (alias !== undefined && matches(transition, alias));
    candidates = candidatesOf(configuration, isMatch);
    if (key.length <= longestName) configuration.byEvent.set(key, candidates);
  }
  return enabledTransitions(session, candidates);
};

export const selectEventlessTransitions = (session: Session): readonly ChartTransition[] => {
  const { configuration } = session;
  configuration.eventless ??= candidatesOf(configuration, (transition) => transition.eventless);
  return enabledTransitions(session, configuration.eventless);
};

const none: readonly never[] = [];

const enabledTransitions = (session: Session, candidates: Candidates): readonly ChartTransition[] => {
  if (candidates.length === 0) return none;
  const enabled: ChartTransition[] = [];
  for (const list of candidates) {
    const transition = firstEnabled(session, list);
    if (transition && !enabled.includes(transition)) enabled.push(transition);
  }
  return enabled;
};

const firstEnabled = (session: Session, list: readonly ChartTransition[]): ChartTransition | undefined => {
  for (const transition of list) if (!transition.cond || transition.cond(session)) return transition;
  return undefined;
};

const candidatesOf = (configuration: Configuration, wanted: (transition: ChartTransition) => boolean): Candidates => {
  const candidates = configuration.atomic
    .map((atomic) =>
      [atomic, ...properAncestors(atomic)].flatMap((state) =>
        state.transitions.filter((transition) => wanted(transition)),
      ),
    )
    .filter((list) => list.length > 0);
  return candidates.length === 0 ? none : candidates;
};

/** A descriptor matches a name that it is, or that goes on after it with a dot. SCXML 3.12.1 */
const matches = ({ events }: ChartTransition, name: string): boolean =>
  events.some((descriptor) => descriptor === '*' || descriptor === name || name.startsWith(`${descriptor}.`));
