/**
 * What a session did since its last save, as calls that it can repeat in another sandbox; `scope.ts` keeps one for each session.
 *
 * 1. The moment (time, event and view) stands in it before the first call that came in it; one in which nothing was called does not.
 * 2. What is forgotten is in a save, which holds everything but the moment.
 */
import type { ScxmlEvent } from '../../../event.js';
import type { View } from '../../../platform.js';
import { ExpressionError } from '../../datamodel.js';
import type { GuestSession } from './session.js';

export type Call = (session: GuestSession) => unknown;

/** A number is the time that a step began with. */
type Entry = Call | number;

export class Journal {
  #entries: Entry[] = [];
  #now: number | undefined;
  #event: ScxmlEvent | undefined;
  #view: View | undefined;
  #hasTime = true;
  #hasEvent = true;
  #hasView = true;

  get length(): number {
    return this.#entries.length;
  }

  begin(now: number): void {
    this.#now = now;
    this.#hasTime = false;
  }

  setEvent(event: ScxmlEvent | undefined): void {
    this.#event = event;
    this.#hasEvent = false;
  }

  setView(view: View | undefined): void {
    this.#view = view;
    this.#hasView = false;
  }

  note(call: Call): void {
    if (!this.#hasTime) this.#noteTime();
    if (!this.#hasEvent) this.#noteEvent(this.#event);
    if (!this.#hasView) this.#noteView(this.#view);
    this.#entries.push(call);
  }

  /** Takes back the last call. */
  undo(): void {
    this.#entries.pop();
  }

  /** 2 */
  forget(): void {
    this.#entries = [];
    this.#hasTime = this.#now === undefined;
    this.#hasEvent = this.#event === undefined;
    this.#hasView = this.#view === undefined;
  }

  repeat(session: GuestSession): void {
    for (const entry of this.#entries) repeat(entry, session);
    if (!this.#hasTime && this.#now !== undefined) session.begin(this.#now);
    if (!this.#hasEvent) session.setEvent(this.#event);
    if (!this.#hasView) session.setView(this.#view);
  }

  #noteTime(): void {
    this.#hasTime = true;
    if (this.#now !== undefined) this.#entries.push(this.#now);
  }

  #noteEvent(event: ScxmlEvent | undefined): void {
    this.#hasEvent = true;
    this.#entries.push((session) => session.setEvent(event));
  }

  #noteView(view: View | undefined): void {
    this.#hasView = true;
    this.#entries.push((session) => session.setView(view));
  }
}

/** What failed the first time fails again, and is the session's past. */
const repeat = (entry: Entry, session: GuestSession): void => {
  try {
    if (typeof entry === 'number') session.begin(entry);
    else entry(session);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
};
