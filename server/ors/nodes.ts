/**
 * Whose session it is, where several servers stand behind one address. ORS's cookie says it: `ORSSESSIONID=<session id>.node<n>`.
 * A server that does not have a session sends who shows the cookie of another node there; it knows the others by a setting.
 *
 * 1. A session that is here is served here, whatever a cookie says; and nobody is sent to where he was not sent by the operator.
 */
import type { Request } from 'express';

export interface Nodes {
  /** This one. */
  readonly own: number;
  /** Where the others are reached, without a `/` at the end. */
  readonly others: ReadonlyMap<number, string>;
}

export const alone: Nodes = { own: 1, others: new Map() };

export const COOKIE = 'ORSSESSIONID';

export const cookieOf = (sessionid: string, { own }: Nodes): string => `${sessionid}.node${own}`;

/** Where the request belongs, if its cookie says that another node has this session. */
export const elsewhere = ({ headers, originalUrl }: Request, sessionid: string, nodes: Nodes): string | undefined => {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [, named, node] = /^\s*ORSSESSIONID="?([0-9A-Z]{32})\.node(\d{1,10})"?\s*$/.exec(pair) ?? [];
    const url = named === sessionid && Number(node) !== nodes.own ? nodes.others.get(Number(node)) : undefined;
    if (url !== undefined) return url + originalUrl;
  }
  return undefined;
};
