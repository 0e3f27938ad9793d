/** Why an action of the queue module is not done. */

/** An action that cannot be done, and what its error event says. */
export class Refusal extends Error {
  constructor(
    readonly error:
      'invalidattribute' | 'unsupported' | 'threshold' | 'invalidstate.null' | 'invalidstate' | 'bad-target',
    message: string,
  ) {
    super(message);
  }
}
