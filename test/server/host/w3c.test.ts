/** The W3C's documents as sessions of the host: what the bare step and the bare actor do, the server does. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { LoadedDocument } from '../../../server/host/documents.js';
import { Host } from '../../../server/host/host.js';
import { Replies } from '../../../server/host/replies.js';
import { newId } from '../../../server/ids.js';
import { createLog } from '../../../server/log.js';
import { memoryStore } from '../../../server/store/memory.js';
import { referencesOf } from '../../../server/ors/references.js';
import { w3cCases, type Case } from '../../support/suite.js';

/** Judged by a person who reads the log (IRP: manual), and not by reaching `pass`. */
const manual = new Set(['178', '230', '250', '301', '307', '415']);
const minute = 60_000;

const loaded = (uri: string, text: string, { resources }: Pick<Case, 'resources'>): LoadedDocument => ({
  text,
  uri,
  hash: text,
  author: undefined,
  resources: Object.fromEntries(
    referencesOf(text).flatMap(({ src }) => {
      const resource = resources(src);
      return resource === undefined ? [] : [[src, resource]];
    }),
  ),
});

const finalOf = async (each: Case, residents?: number): Promise<readonly string[]> => {
  const clock = virtualClock();
  const host = new Host({
    documents: {
      load: (src) => Promise.resolve(loaded(src, src === each.name ? each.text : (each.resources(src) ?? ''), each)),
      inline: (text, { uri }) => Promise.resolve(loaded(uri, text, each)),
      again: (record) => Promise.resolve(record),
    },
    store: memoryStore(),
    clock,
    modules: [],
    newId,
    newSeed: () => 1,
    replies: new Replies(clock),
    platform: () => ({}),
    log: createLog('silent'),
    ...(residents !== undefined && { residents }),
  });
  const id = await host.start({ src: each.name, params: {} });
  await clock.advance(minute);
  const { status, configuration } = await host.query(id);
  expect(status).to.equal('done');
  return configuration;
};

describe('the W3C suite in the host', () => {
  const cases = w3cCases().filter(({ name, text }) => !manual.has(name) && !/basichttp/i.test(text));

  it('has more than 150 documents', () => {
    expect(cases).to.have.lengthOf.above(150);
  });

  for (const each of cases) {
    it(`${each.name} passes`, async () => {
      expect(await finalOf(each)).to.deep.equal(['pass']);
    });

    it(`${each.name} passes when no session stays in memory`, async () => {
      expect(await finalOf(each, 0)).to.deep.equal(['pass']);
    });
  }
});
