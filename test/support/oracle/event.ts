/** What goes between the oracle's sessions, and how one of them fails. SCXML 5.10 */
export interface OracleEvent {
  readonly name: string;
  readonly type: 'internal' | 'external' | 'platform';
  readonly sendid?: string | undefined;
  readonly origin?: string | undefined;
  readonly origintype?: string | undefined;
  readonly invokeid?: string | undefined;
  /** An expression without free names. */
  readonly data: string;
}

/** An error that is not error.execution, or that names a `<send>`. SCXML 5.10.2 */
export class Failure extends Error {
  constructor(
    readonly event: string,
    readonly sendid: string | undefined,
    message: string,
  ) {
    super(message);
  }
}
