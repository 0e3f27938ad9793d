/**
 * Addresses that strategies may not reach unless an operator says so: everything that is not of the public internet.
 * IANA's registries of special-purpose addresses (RFC 6890); `reach.ts` asks.
 *
 * 1. An IPv6 address that holds an IPv4 address is as public as that one.
 */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** This network, private, shared, loopback, link-local (clouds' metadata too), protocols, documentation, multicast, reserved. */
const special4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only 2000::/3 is public, and of that not: protocols and Teredo, documentation, 6to4. */
const public6 = ['2000::/3'];
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** `10.0.0.0/8`, or an address for itself. */
const network = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i;

interface Network {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Undefined for what is none. */
export const networkOf = (text: string): Network | undefined => {
  const [, address = '', length] = network.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const most = version === 4 ? 32 : 128;
  const bits = Number(length ?? most);
  return bits <= most ? { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
};

const blockList = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const { address, bits, family } of networks.flatMap((text) => networkOf(text) ?? []))
    list.addSubnet(address, bits, family);
  return list;
};

const specials = blockList([...special4, ...special6]);
const publics = blockList(public6);

/** Hexadecimal groups of an IPv6 address behind the prefixes that hold an IPv4 address: mapped, translated. RFC 4291, 6052 */
const holder = /^(?:::ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/;

/** As URLs have it, without a zone; an IPv4 address out of the IPv6 address that holds it. (1) */
const plain = (address: string): string => {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return bare;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high = '', low = ''] = holder.exec(canonical) ?? [];
  if (high === '') return canonical;
  const number = parseInt(high, 16) * 0x10000 + parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
};

const holds = (list: BlockList, address: string): boolean => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** Whether an address is public, or in one of the operator's networks. What is no address is not. */
export const reachable = (networks: readonly string[]): ((address: string) => boolean) => {
  const own = blockList(networks);
  return (text) => {
    const address = plain(text);
    if (isIP(address) === 0) return false;
    if (holds(own, address)) return true;
    return !holds(specials, address) && (isIPv4(address) || holds(publics, address));
  };
};
