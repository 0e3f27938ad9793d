/**
 * Where documents of the ORS dialect are stepped: in each kernel, and there as sessions that are saved and restored between any two
 * steps. Neighbours: `../step/stepping.ts` steps them.
 */
import { sandbox } from '../datamodel/kernels.js';
import type { ScxmlEvent } from '../../../engine/event.js';
import { Stepping, type Setting } from '../step/stepping.js';

const ORS = 'profile="ecmascript"';

class Restored extends Stepping {
  override send(...events: (string | ScxmlEvent)[]): unknown[] {
    const told: unknown[] = [];
    const effects: typeof this.effects = [];
    for (const event of events) {
      told.push(...super.again().take(event));
      effects.push(...this.effects);
    }
    this.trace.splice(0, Infinity, ...told);
    this.effects.splice(0, Infinity, ...effects);
    return this.trace;
  }

  take(event: string | ScxmlEvent): unknown[] {
    return [...super.send(event)];
  }
}

export type Start = (body: string, setting?: Setting) => Stepping;

/** `start` begins a session of an ORS document with this body. */
export const inEveryWorld = (what: string, suite: (start: Start) => void): void => {
  const kernels = { trusted: {}, isolated: { trusted: false, kernel: sandbox } };
  for (const [name, kernel] of Object.entries(kernels)) {
    for (const Session of [Stepping, Restored]) {
      describe(`${what} (${name}${Session === Restored ? ', restored after every step' : ''})`, () => {
        suite((body, setting) => {
          const options = { ...kernel, ...setting?.options };
          return new Session(body, { dialect: ORS, ...setting, options });
        });
      });
    }
  }
};
