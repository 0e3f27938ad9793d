/** What the simulated network has, by name, and why it cannot dial what a request asks for. `network.ts` has one of these. */
import { CallState, type Address, type CreateCallRequest, type Reservation, type TelephonyPort } from '../port.js';
import type { Exchange, ExternalRoutePoint } from './exchange.js';
import type { Phone } from './phone.js';

export interface Equipment {
  /** By DN. */
  readonly phones: ReadonlyMap<string, Phone>;
  /** Route points and queues that a call can be handed to; somebody answers there at once. */
  readonly routePoints?: readonly string[];
  /** Route points where calls wait for a strategy. */
  readonly entryPoints?: readonly string[];
  /** What calls can be dialled from, by name, and how many at a time; default no limit. No other is known. */
  readonly trunkGroups?: Readonly<Record<string, { readonly trunks?: number }>>;
  /** By switch: calls to its DNs from anywhere else come in there. */
  readonly externalRoutePoints?: Readonly<Record<string, ExternalRoutePoint>>;
  /** Who is at which DN, for reservations that name somebody. */
  readonly staff?: readonly { readonly id: string; readonly dn: string; readonly place: string }[];
}

interface Trouble {
  readonly state: CallState;
  readonly text: string;
}

export interface Devices {
  readonly deviceAt: TelephonyPort['deviceAt'];
  readonly routePoint: Exchange['routePoint'];
  readonly wayTo: Exchange['wayTo'];
  /** Why the agent at this DN is not who is reserved. */
  mismatch(dn: string, reservation: Reservation | undefined): string | undefined;
  /** `used`: calls of a trunk group that are up. */
  troubleWith(request: CreateCallRequest, used: (trunkGroup: string) => number): Trouble | undefined;
}

export function devices(config: Equipment): Devices {
  const { phones, routePoints = [], entryPoints = [], trunkGroups = {}, externalRoutePoints = {}, staff = [] } = config;
  const ofGroup = (name: string) => (Object.hasOwn(trunkGroups, name) ? trunkGroups[name] : undefined);
  const trouble = (text: string, state: CallState = CallState.GeneralError): Trouble => ({ state, text });

  const mismatch: Devices['mismatch'] = (dn, reservation) => {
    const named = (['agent', 'place'] as const).filter((what) => reservation?.[what] !== undefined);
    const there = staff.find((one) => one.dn === dn);
    const is = { agent: there?.id, place: there?.place };
    const wrong = named.find((what) => reservation?.[what] !== is[what]);
    return wrong && `The ${wrong} ${reservation?.[wrong] ?? ''} is not at DN ${dn}`;
  };

  const troubleFrom = (name: string, used: (trunkGroup: string) => number): Trouble | undefined => {
    const group = ofGroup(name);
    const known = Object.keys(trunkGroups).join(', ') || 'none';
    if (!group) return trouble(`There is no trunk group ${name}; there are: ${known}`);
    const { trunks = Infinity } = group;
    return used(name) < trunks
      ? undefined
      : trouble(`All ${trunks} trunks of ${name} are busy`, CallState.AllTrunksBusy);
  };

  const noPhone = ({ kind, value }: Address): boolean => kind === 'dn' && !phones.has(value);

  return {
    mismatch,
    routePoint(name) {
      if (entryPoints.includes(name)) return 'us';
      return routePoints.includes(name) ? 'somebody' : undefined;
    },
    deviceAt(name) {
      if (phones.has(name)) return 'dn';
      if (ofGroup(name)) return 'trunkGroup';
      return entryPoints.includes(name) || routePoints.includes(name) ? 'routePoint' : undefined;
    },
    wayTo(to, from) {
      if (to.kind === 'number' || to.switch === undefined) return undefined;
      if (from && from.kind !== 'number' && from.switch === to.switch) return undefined;
      return Object.hasOwn(externalRoutePoints, to.switch) ? externalRoutePoints[to.switch] : undefined;
    },
    troubleWith({ from, to, reservation }, used) {
      if (to.kind !== 'number' && to.kind !== 'dn')
        return trouble(`The simulated network dials numbers and DNs, not a ${to.kind}`);
      if (to.kind === 'number' && reservation) return trouble('A reservation is of an agent: it needs a DN to call');
      const nobody = [from, to].find(noPhone);
      if (nobody) return trouble(`There is no DN ${nobody.value}`);
      const other = to.kind === 'dn' ? mismatch(to.value, reservation) : undefined;
      if (other !== undefined) return trouble(other);
      return from.kind === 'trunkGroup' ? troubleFrom(from.value, used) : undefined;
    },
  };
}
