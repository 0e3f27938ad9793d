/** What a server that executes a callback of another knows of it, and tells that one. JSON. Pure. */
import { toData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import { callbackStates, type CallbackRecord, type CallbackState } from '../store/port.js';

export interface Told {
  readonly sessionid: string;
  /** Which of the callback's sessions this is, counted from 1. */
  readonly attempt: number;
  readonly state: CallbackState;
  readonly reason?: string;
  /** Milliseconds since the epoch. */
  readonly desiredTime: number;
  readonly customerNumber?: string;
  /** What the strategy has said of the callback. */
  readonly properties: Readonly<Record<string, Data>>;
  /** The session has ended without saying what becomes of the callback. */
  readonly isLost: boolean;
}

/** What a record has that is no other server's to hear. */
const own = ['_home', '_lost', '_ors_attempt'];

/** undefined: there is no session yet. */
export const toldOf = (record: CallbackRecord): Told | undefined => {
  const { sessionid, state, reason, desiredTime, customerNumber, properties } = record;
  if (sessionid === undefined) return undefined;
  return {
    ...{ sessionid, state, desiredTime },
    attempt: Number(properties['_ors_attempt']),
    ...(reason !== undefined && { reason }),
    ...(customerNumber !== undefined && { customerNumber }),
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !own.includes(name))),
    isLost: properties['_lost'] === true,
  };
};

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 256;

const checks: Readonly<Record<keyof Told, (value: unknown) => boolean>> = {
  sessionid: (value) => typeof value === 'string' && /^[0-9A-Z]{32}$/.test(value),
  attempt: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  state: (value) => (callbackStates as readonly unknown[]).includes(value),
  reason: (value) => value === undefined || isText(value),
  desiredTime: (value) => Number.isSafeInteger(value),
  customerNumber: (value) => value === undefined || isText(value),
  properties: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  isLost: (value) => typeof value === 'boolean',
};

export const isTold = (value: unknown): value is Told =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(checks).every(([name, check]) => check((value as Fields)[name])) &&
  toData(value) !== undefined;
