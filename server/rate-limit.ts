/**
 * How often one client may ask for what anybody may: waiting times and statistics (`urs/routes.ts`, `gms/answering.ts`).
 *
 * 1. Each address may ask `perMinute` times at once, and then as often as that in a minute. 0: there is no limit.
 * 2. An IPv6 client has a network of 64 bits, and counts by that.
 * 3. So many addresses are remembered, whoever comes; those who asked longest ago are forgotten first.
 */
import type { Request, Response } from 'express';
import { isIPv6 } from 'node:net';
import type { Clock } from './clock.js';
import { problem } from './problems.js';

/** Throws the Problem TOO_MANY_REQUESTS, and says in a header when to come again. */
export type Admit = (request: Pick<Request, 'ip'>, response: Pick<Response, 'set'>) => void;

/** 3 */
const REMEMBERED = 10_000;
const MINUTE_MS = 60_000;

export const rateLimit = (clock: Pick<Clock, 'elapsed'>, perMinute: number): Admit => {
  /** By client, when all that it asked is paid for: each request costs its part of a minute, and a minute may be owed. */
  const paid = new Map<string, number>();
  const cost = MINUTE_MS / perMinute;

  const owe = (client: string, until: number): void => {
    paid.delete(client);
    const [oldest] = paid.keys();
    if (paid.size >= REMEMBERED && oldest !== undefined) paid.delete(oldest);
    paid.set(client, until);
  };

  return ({ ip = '' }, response) => {
    if (perMinute === 0) return;
    const client = clientOf(ip);
    const now = clock.elapsed();
    const before = Math.max(now, paid.get(client) ?? now);
    const waitMs = Math.round(before + cost - now - MINUTE_MS);
    owe(client, waitMs > 0 ? before : before + cost);
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    response.set('Retry-After', String(seconds));
    throw problem('TOO_MANY_REQUESTS', perMinute, seconds);
  };
};

/** 2. An IPv4 address within IPv6 is itself. */
const clientOf = (address: string): string => {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  return [...groups, ...Array<string>(missing).fill('0'), ...tail.split(':')].slice(0, 4).join(':');
};
