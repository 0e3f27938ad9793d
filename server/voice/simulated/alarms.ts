/** Timers with names, of one thing that can end: setting a name again moves it, and all of them end together. */
import type { Clock } from '../../clock.js';

export interface Alarms {
  set(name: string, ms: number, ring: () => void): void;
  clear(name: string): void;
  clearAll(): void;
}

export function alarmsOn(clock: Clock): Alarms {
  const ids = new Map<string, unknown>();
  function clear(name: string): void {
    clock.clearTimeout(ids.get(name));
    ids.delete(name);
  }
  return {
    set(name, ms, ring) {
      clear(name);
      const id = clock.setTimeout(() => {
        ids.delete(name);
        ring();
      }, ms);
      ids.set(name, id);
    },
    clear,
    clearAll: () => [...ids.keys()].forEach(clear),
  };
}
