/**
 * What a step wants done outside: plain data, in order. The step never performs any of it. Who does: `actor/` for a bare
 * `createActor`, the server's host (after the step's record is saved) for sessions.
 */
import type { Data, ScxmlEvent } from './event.js';
import type { Position } from './position.js';

export type Effect =
  LogEffect | SendEffect | CancelEffect | InvokeEffect | UninvokeEffect | ForwardEffect | ModuleEffect | DoneEffect;

export interface LogEffect {
  readonly type: 'log';
  readonly label: string | undefined;
  /** Of ORS: 1 reporting, 2 error, 3 warning, 4 debug. */
  readonly level?: string | undefined;
  readonly value: Data | undefined;
  readonly at: Position;
}

/** `<send>` to anything but #_internal. SCXML 6.2 */
export interface SendEffect {
  readonly type: 'send';
  readonly sendid: string;
  /** Type URI of the I/O processor. */
  readonly processor: string;
  /** undefined = this session's own external queue; `#_parent`, `#_<invokeid>`, `#_scxml_<sessionid>`, or a URL. */
  readonly target: string | undefined;
  /** Milliseconds, 0 for at once. */
  readonly delay: number;
  /** `name` is '' when the document gave none (BasicHTTP content). */
  readonly event: ScxmlEvent;
  /** Set when `<content>` and not parameters made the data: BasicHTTP sends it as the body. SCXML C.2 */
  readonly body: boolean;
  /** All parameters in their order, set when a name occurs more than once: `event.data` has only the last of these. */
  readonly repeated?: readonly (readonly [name: string, value: Data])[];
}

interface CancelEffect {
  readonly type: 'cancel';
  readonly sendid: string;
}

/** `<invoke>` whose arguments have been evaluated. SCXML 6.4 */
export interface InvokeEffect {
  readonly type: 'invoke';
  readonly invokeid: string;
  readonly kind: string;
  readonly src: string | undefined;
  /** The document itself, from `<content>`: XML text. */
  readonly content: Data | undefined;
  readonly params: Readonly<Record<string, Data | undefined>>;
}

interface UninvokeEffect {
  readonly type: 'uninvoke';
  readonly invokeid: string;
}

/** autoforward: the same event, unchanged, to an invoked session. SCXML 6.4.1 */
interface ForwardEffect {
  readonly type: 'forward';
  readonly invokeid: string;
  readonly event: ScxmlEvent;
}

/** An action of a module (`session:fetch`, `ixn:createcall`, ...), attributes evaluated. */
export interface ModuleEffect {
  readonly type: 'module';
  readonly namespace: string;
  readonly name: string;
  /** Already assigned to the location in the action's `requestid`; events of the action carry it. */
  readonly requestid: string;
  readonly attributes: Readonly<Record<string, Data | undefined>>;
  readonly params: Readonly<Record<string, Data | undefined>>;
  readonly content: Data | undefined;
  /** Nested elements of the action that the module's table names, evaluated in the same way. */
  readonly children: readonly ModuleChild[];
  readonly at: Position;
}

export interface ModuleChild {
  readonly name: string;
  readonly attributes: Readonly<Record<string, Data | undefined>>;
  readonly children: readonly ModuleChild[];
}

/** The session reached a top-level final state or was cancelled; `output` is its donedata. Always the last effect. */
interface DoneEffect {
  readonly type: 'done';
  readonly output: Data | undefined;
  readonly cancelled: boolean;
}
