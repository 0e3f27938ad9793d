/** A store and a telephone network that fail now and then, as a seed says; never any more when it is calm. */
import { StoreUnavailable, type Store, type Write } from '../../server/store/port.js';
import type { TelephonyPort } from '../../server/voice/port.js';
import { drawsOf, type Draw } from './draw.js';

export interface Faults {
  readonly store: (inner: Store) => Store;
  readonly network: (inner: TelephonyPort) => TelephonyPort;
  calm: boolean;
  /** How many there were, by their kind. */
  readonly counts: Record<'unavailable' | 'refused' | 'broken', number>;
}

/** Of all commits; of all requests to the network. */
const UNAVAILABLE = 0.01;
const REFUSED = 0.01;
const BROKEN = 0.03;

export function faultsOf(seed: string): Faults {
  const [writing, calling] = [drawsOf(seed, 'store'), drawsOf(seed, 'network')];
  const counts: Faults['counts'] = { unavailable: 0, refused: 0, broken: 0 };
  const happens = (draw: Draw, often: number, kind: keyof typeof counts): boolean => {
    if (!draw.chance(often) || faults.calm) return false;
    counts[kind] += 1;
    return true;
  };
  /** The adapter breaks before it has done anything. It always hangs up: nobody else could end a call that it leaves. */
  const breaking =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (happens(calling, BROKEN, 'broken')) throw new Error('the adapter is broken');
      return ask(...args);
    };
  const isStep = (write: Write): boolean => write.kind === 'session';
  const faults: Faults = {
    calm: false,
    counts,
    store: (inner) => ({
      ...inner,
      async commit(writes) {
        if (happens(writing, UNAVAILABLE, 'unavailable')) throw new StoreUnavailable('the disk is full');
        // as one would that has another owner: the session is lost
        if (writes.some(isStep) && happens(writing, REFUSED, 'refused')) throw new Error('the step is refused');
        return inner.commit(writes);
      },
    }),
    network: (inner) => ({
      ...inner,
      createCall: breaking((request: Parameters<TelephonyPort['createCall']>[0]) => inner.createCall(request)),
      play: breaking((request: Parameters<TelephonyPort['play']>[0]) => inner.play(request)),
      run: breaking((request: Parameters<TelephonyPort['run']>[0]) => inner.run(request)),
      collect: breaking((request: Parameters<TelephonyPort['collect']>[0]) => inner.collect(request)),
      route: breaking((request: Parameters<TelephonyPort['route']>[0]) => inner.route(request)),
      updateUserData: breaking((...args: Parameters<TelephonyPort['updateUserData']>) => inner.updateUserData(...args)),
    }),
  };
  return faults;
}
