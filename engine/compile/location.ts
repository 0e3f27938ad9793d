/** Locations that the platform itself writes: `requestid` of actions, `idlocation` of send and invoke, what an empty finalize copies. */
import type { Running } from '../chart.js';
import type { Chunk } from '../datamodel/datamodel.js';
import type { Data } from '../event.js';
import { located, type Place } from '../failure.js';

/** ORS: error.illegalloc; in SCXML it is error.execution as everything is. */
export const writeTo = (
  location: Chunk,
  value: Data | undefined,
  session: Running,
  place: Place,
  sendid?: string,
): void => {
  try {
    session.scope.assignData(location, value);
  } catch (error) {
    throw located(error, place, sendid, 'illegalloc');
  }
};
