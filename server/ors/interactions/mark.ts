/** What stands on a call of whose it is: ORS interface, the session's id among its properties. `../interactions.ts` writes it. */
import type { TelephonyEvent, UserData } from '../../voice/port.js';

const KEY = 'OP-Session-ID';

export const markOf = (sessionid: string): UserData => ({ [KEY]: sessionid });

/** What a strategy has put there itself. */
export const withoutMark = (userData: UserData): UserData =>
  Object.fromEntries(Object.entries(userData).filter(([key]) => key !== KEY));

/** Nothing but the mark has changed: strategies are not told. */
export const isMarking = (event: TelephonyEvent): boolean =>
  event.type === 'userDataChanged' && Object.keys(event.set).join() === KEY && event.removed.length === 0;

/** The session has heard of it, or would have: it is marked when it is added. */
export const isMarked = (data: UserData | undefined, sessionid: string): boolean => data?.[KEY] === sessionid;
