/** The W3C's Implementation Report Plan documents, run to their `pass` or `fail` on virtual time. */
import { expect } from 'chai';
import express from 'express';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { HTTP_PROCESSOR } from '../../engine/event.js';
import { wallClock } from '../../server/clock.js';
import { BasicHttp } from '../../server/ors/basic-http.js';
import { outgoing } from '../../server/ors/outgoing.js';
import { ways, type Run } from '../support/run-document.js';
import { w3cCases, type Case } from '../support/suite.js';

/** Judged by a person who reads the log (IRP: manual), and not by reaching `pass`. */
const manual = new Set(['178', '230', '250', '301', '307', '415']);

/** Automatic documents that do not reach `pass` here, with the clause and the reason. An unexpected pass is a failure. */
const exceptions: Readonly<Record<string, string>> = {
  '201':
    'C.2 (optional): this copy sends `timeout` to its own queue without a delay right after a message over HTTP, so it passes only where HTTP is not real',
};

const minute = 60_000;

describe('the W3C suite', () => {
  const cases = w3cCases().filter(({ name }) => !manual.has(name));
  const runs = new Map<string, Run>();
  let server: Server;
  let url = '';

  const http = new BasicHttp({
    url: () => url,
    deliver: (sessionid, event) => Promise.resolve(runs.get(sessionid)?.receive(event)),
    ask: outgoing({ url: () => url, hosts: [], clock: wallClock }),
    timeout: 10_000,
    limit: 1024 * 1024,
  });

  before((done) => {
    server = express().use(http.router).listen(0, '127.0.0.1', done);
  });

  before(() => {
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('has all 197 automatic documents', () => {
    expect(cases).to.have.lengthOf(197);
  });

  for (const [way, start] of Object.entries(ways))
    describe(way, () => {
      for (const each of cases) {
        const why = exceptions[each.name];
        it(`${each.name} ${why === undefined ? 'passes' : `does not pass: ${why}`}`, async () => {
          const run = start({
            text: each.text,
            options: {
              trusted: true,
              uri: `test${each.name}`,
              resources: each.resources,
              processors: [HTTP_PROCESSOR],
              send: (effect, _sessionid, tell) => {
                http.send(effect).catch(() => {
                  tell({ name: 'error.communication', type: 'platform', sendid: effect.event.sendid });
                });
              },
            },
            ioprocessors: (sessionid) => Object.fromEntries(http.entries(sessionid)),
          });
          runs.set('root', run);
          await rest(run, each);
          run.advance(minute);
          expect(run.running(), 'still running').to.equal(false);
          if (why === undefined) expect(run.configuration()).to.deep.equal(['pass']);
          else expect(run.configuration()).not.to.deep.equal(['pass']);
        });
      }
    });
});

/** Messages over a real socket need turns of the event loop, and no time: the virtual clock waits for them. */
const rest = async (run: Run, { text }: Case): Promise<void> => {
  if (!text.includes('basichttp')) return;
  for (let turn = 0; run.running() && turn < 10_000; turn += 1) await new Promise(setImmediate);
};
