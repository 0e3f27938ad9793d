/** The web server of a story: real HTTP on the loopback. It answers as the story says, and what it is asked is told. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { peer, type Asked, type Peer } from '../server/ors/peer.js';
import { folder, type Story, type WebAnswer } from './story.js';

const NOTHING: readonly WebAnswer[] = [{ status: 404, body: 'nothing here' }];

export const webOf = async (story: Story, tell: (what: string) => void): Promise<Peer> => {
  const answers = new Map(Object.entries(story.web ?? {}).map(([what, list]) => [what, [...list]]));
  const next = ({ method, url }: Asked): WebAnswer => {
    const left = answers.get(`${method} ${url.split('?')[0] ?? ''}`) ?? [...NOTHING];
    return (left.length > 1 ? left.shift() : left[0]) ?? {};
  };
  return peer((response, asked) => {
    const { method, url, headers, body } = asked;
    tell(`web ${method} ${url}${body === '' ? '' : ` ${headers['content-type'] ?? 'no type'} ${body}`}`);
    write(response, next(asked));
  });
};

const write = (response: ServerResponse, { status = 200, file, headers = {}, ...answer }: WebAnswer): void => {
  const body = file === undefined ? (answer.body ?? '') : readFileSync(join(folder, file), 'utf8');
  const isText = typeof body === 'string';
  response.sendDate = false;
  response.writeHead(status, { 'Content-Type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
};
