/**
 * Where a name may lead: what documents and strategies ask over HTTP goes to hosts that an operator lists (`places.ts`), and to no
 * address inside unless that is listed, too. `fetching.ts` and `outgoing.ts` connect by it.
 *
 * 1. The addresses that were looked at are those that are connected to: there is no second question to DNS.
 * 2. A name with one address inside leads nowhere: which of them is taken is not ours to say.
 * 3. Connections that are kept open are kept by who opened them: nobody gets one that other rules have allowed.
 * 4. An address in a URL is listed as such, and `localhost` says what it is: neither needs a network.
 */
import { lookup as ask, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { reachable } from './reach-address.js';

export type Resolve = (
  hostname: string,
  answer: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface ReachOptions {
  /** Networks and addresses (`10.0.0.0/8`, `::1`) that are not public, and that names may lead to all the same. */
  readonly networks?: readonly string[];
  readonly resolve?: Resolve;
}

/** Code of the error for a name that leads inside. */
export const INSIDE = 'ERINGBACKINSIDE';

class Inside extends Error {
  override readonly name = 'Inside';
  readonly code = INSIDE;
  constructor(hostname: string, address: string) {
    super(
      `${hostname} leads to ${address}, which is not public: an operator adds it to RINGBACK_PRIVATE_NETWORKS if it may be reached`,
    );
  }
}

const system: Resolve = (hostname, answer) => {
  ask(hostname, { all: true, verbatim: true }, answer);
};

const isLocalhost = (hostname: string): boolean => /^localhost\.?$/i.test(hostname);

interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The `lookup` of axios. */
type Lookup = (hostname: string, options: object, answer: (error: Error | null, addresses: Address[]) => void) => void;

export const lookupWithin = ({ networks = [], resolve = system }: ReachOptions): Lookup => {
  const allowed = reachable(networks);
  const local = reachable([...networks, '127.0.0.0/8', '::1']);
  return (hostname, _, answer) => {
    resolve(hostname, (error, addresses) => {
      const may = isLocalhost(hostname) ? local : allowed;
      const inside = error ? undefined : addresses.find(({ address }) => !may(address));
      if (error || inside) answer(error ?? new Inside(hostname, inside?.address ?? ''), []);
      else
        answer(
          null,
          addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 })),
        );
    });
  };
};

/** For axios, which otherwise takes those of the whole process. (3) */
export const agents = (keepAlive: boolean): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } => {
  const options = { keepAlive, timeout: KEPT_MS };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
};

/** As Node's own. */
const KEPT_MS = 5000;
