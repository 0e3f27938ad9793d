/**
 * The log: one JSON line an entry, on standard output. Customers' numbers do not get into it.
 *
 * 1. Every text that is logged (message, field, error) goes through `mask`, which hides numbers and credentials (`secrets.ts`).
 * 2. Bodies are never logged, by anyone.
 */
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import { withoutSecrets } from './secrets.js';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Ids of callbacks and IPv4 addresses are kept; they look like numbers to the last alternative. */
const idOrAddress = String.raw`(?:\d+-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{1,3}(?:\.\d{1,3}){3}\b(?!\.)`;
/** What people and URLs put between the digits of a number. */
const between = '(?:[ ().+-]|%20|%2[89BDEbde])';
/** 6 to 25 digits that are no part of a longer word. */
const number = String.raw`(?:(?<![0-9A-Za-z%])|(?<=%[0-9A-Fa-f]{2}))\d(?:${between}{0,3}\d){5,24}(?![0-9A-Za-z])(?!${between}{1,3}\d)`;
const pattern = new RegExp(`${idOrAddress}|(?<number>${number})`, 'g');

const maskDigits = (text: string): string => {
  let left = text.replace(/%[0-9A-Fa-f]{2}|\D/g, '').length;
  return text.replace(/%[0-9A-Fa-f]{2}|\d/g, (part) => (part.length > 1 || left-- <= 2 ? part : '*'));
};

/** Masks the digits of whatever looks like a telephone number, except the last two, and all of a credential. */
export const mask = (text: string): string =>
  withoutSecrets(text).replace(pattern, (match: string, number: string | undefined) =>
    number === undefined ? match : maskDigits(match),
  );

const maskField = (value: unknown): unknown => {
  if (typeof value === 'string') return mask(value);
  if (!(value instanceof Error)) return value;
  const { type, message, stack } = stdSerializers.err(value);
  return { type, message: mask(message), stack: mask(stack) };
};

export const createLog = (level: LogLevel, destination?: DestinationStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // maskField has made it plain already
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, maskField(value)])),
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: Logger['info']) {
        const masked = (args as unknown[]).map((part) => (typeof part === 'string' ? mask(part) : part));
        method.apply(this, masked as typeof args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
};
