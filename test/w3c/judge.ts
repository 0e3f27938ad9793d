/** Whether an assertion holds, in one of the ways to run documents: its documents reach `pass`, or its log reads as asked. */
import { expect } from 'chai';
import type { Way } from '../support/run-document.js';
import type { Case } from '../support/suite.js';
import type { Exchange } from './exchange.js';
import { readings } from './manual.js';
import type { Assertion } from './sections.js';

/** Assertions that do not hold here, by id, with the reason. One that holds all the same is a failure. */
export const exceptions: Readonly<Record<string, string>> = {
  '201':
    'its document sends a message to itself over HTTP and right behind it, without a delay, the event that makes it fail: ' +
    'the message loses that race wherever it travels over a real socket. With a delay, as 509 to 534 have it, it passes.',
};

/** Throws what is wrong. */
export const judgeDocument = async (exchange: Exchange, way: Way, document: Case): Promise<void> => {
  const { run } = await exchange.play(way, document);
  expect(run.running(), 'still running').to.equal(false);
  expect(run.configuration()).to.deep.equal(['pass']);
};

/** Throws what is wrong. */
export const judge = async (exchange: Exchange, way: Way, { id, manual, cases }: Assertion): Promise<void> => {
  if (!manual) {
    for (const document of cases) await judgeDocument(exchange, way, document);
    return;
  }
  const reading = readings[id];
  if (!reading) throw new Error(`nothing reads the log of ${id}`);
  const document = cases[0] ?? reading.document;
  if (!document) throw new Error(`there is no document for ${id}`);
  await reading.judge(exchange, way, document);
};
