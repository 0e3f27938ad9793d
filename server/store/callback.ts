/** A callback as it is kept, how it changes (`merge.ts`), and how it is asked for. `port.ts` has the rest of what is kept. */
import type { Data } from '../../engine/event.js';

/** The guide, "Understanding Callback States". */
export const callbackStates = ['SCHEDULED', 'QUEUED', 'ROUTING', 'PROCESSING', 'PAUSED', 'COMPLETED'] as const;
export type CallbackState = (typeof callbackStates)[number];

/** States in which a callback has a session, or is about to. */
export const executedStates = ['QUEUED', 'ROUTING', 'PROCESSING', 'PAUSED'] as const satisfies readonly CallbackState[];
/** All but COMPLETED. SCHEDULED may have a session, too: by its agent, who has talked with the customer. */
export const liveStates = [...executedStates, 'SCHEDULED'] as const satisfies readonly CallbackState[];

export interface CallbackRecord {
  readonly id: string;
  readonly service: string;
  readonly state: CallbackState;
  readonly reason: string | undefined;
  readonly customerNumber: string | undefined;
  /** Milliseconds since the epoch, as all times here. */
  readonly desiredTime: number;
  readonly createdAt: number;
  readonly expirationTime: number;
  readonly sessionid: string | undefined;
  /** Everything else that the request brought: options (with `_`) and user data. */
  readonly properties: Readonly<Record<string, Data>>;
  /** Each change of state, oldest first. */
  readonly history: readonly { readonly at: number; readonly state: CallbackState; readonly reason?: string }[];
}

/** What a record has, or once had: a property of one value, as text; `_customer_number` is among them. */
export type PropertyValue = Readonly<Record<'name' | 'value', string>>;

/** Longer values are not found by them. */
export const FINDABLE = 200;

/** Records that are as all of these say. */
export interface CallbackFilter {
  readonly services?: readonly string[];
  readonly states?: readonly CallbackState[];
  readonly properties?: readonly PropertyValue[];
  /** Of the desired time, both included. */
  readonly from?: number;
  readonly to?: number;
}

export interface CallbackQuery extends CallbackFilter {
  /** One of the properties is enough. */
  readonly any?: boolean;
  /** Those behind this one, for the next page. */
  readonly after?: Pick<CallbackRecord, 'desiredTime' | 'id'>;
  readonly limit: number;
}

/** A change to a record. A COMPLETED record does not change any more: such an update is dropped. */
export interface CallbackUpdate {
  readonly at: number;
  readonly state?: CallbackState;
  readonly reason?: string;
  readonly sessionid?: string;
  readonly properties?: Readonly<Record<string, Data>>;
  /** It has a new time, and expires as much later. */
  readonly desiredTime?: number;
  readonly customerNumber?: string;
}

/** Callback records that have all of these. */
export interface CallbackCount {
  readonly service?: string;
  /** Not COMPLETED. */
  readonly live?: true;
  readonly createdAfter?: number;
  /** It is wanted then, or later. */
  readonly desiredFrom?: number;
  readonly desiredBefore?: number;
  readonly property?: PropertyValue;
}

/** `from` and `to` are where buckets begin, `bucketMs` is a multiple of five minutes, which begin with the hour in UTC. */
export interface BookedQuery {
  readonly service: string;
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}
