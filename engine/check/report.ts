/** The list that every judge writes to. */
import type { Position, Problem } from '../position.js';

export interface Report {
  error(at: Position, message: string): void;
  warn(at: Position, message: string): void;
}

export const report = (problems: Problem[]): Report => ({
  error: (at, message) => problems.push({ severity: 'error', at, message }),
  warn: (at, message) => problems.push({ severity: 'warning', at, message }),
});

/** An error when more than one of these is given; `parts` is keyed by what the author wrote. */
export const exclusive = (
  to: Report,
  at: Position,
  element: string,
  parts: Readonly<Record<string, unknown>>,
): void => {
  const given = Object.keys(parts).filter((name) => parts[name] !== undefined);
  if (given.length > 1) to.error(at, `<${element}> cannot have ${given.join(' and ')} together: keep one`);
};
