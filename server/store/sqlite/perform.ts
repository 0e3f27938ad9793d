/** How one write is performed by statements: `statements.ts` has them by kind, `forgetting.ts` the one that forgets a callback. */
import type { CallbackRow } from '../rows/callback.js';
import type { Value } from './wire.js';

export type Row = Value[];

/** `changed` takes the callback records that are not as they were. */
export type Perform = (values: Row, changed: Map<string, CallbackRow>) => void;
