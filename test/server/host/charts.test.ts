import { expect } from 'chai';
import { Charts } from '../../../server/host/charts.js';
import type { DocumentSource, LoadedDocument } from '../../../server/host/documents.js';
import { memoryStore } from '../../../server/store/memory.js';
import { scxml } from './hosted.js';

const document = (hash: string): LoadedDocument => ({
  text: scxml(`<state id="s"/>`),
  uri: `test:${hash}`,
  hash,
  author: undefined,
  resources: {},
});

const none: DocumentSource = {
  load: () => Promise.reject(new Error('none')),
  inline: () => Promise.reject(new Error('none')),
  again: () => Promise.reject(new Error('none')),
};

describe('charts', () => {
  const charts = () => new Charts([], [], {}, none, memoryStore());

  it('compile a document once: equal hashes, one chart', () => {
    const known = charts();
    expect(known.logic(document('a'))).to.equal(known.logic(document('a')));
    expect(known.logic(document('a'))).not.to.equal(known.logic(document('b')));
  });

  it('are given up when 500 others were used since, and not before', () => {
    const known = charts();
    const [first, second] = [known.logic(document('first')), known.logic(document('second'))];
    for (let n = 0; n < 498; n += 1) known.logic(document(String(n)));
    expect(known.logic(document('first'))).to.equal(first);
    known.logic(document('one more'));
    expect(known.logic(document('first'))).to.equal(first);
    expect(known.logic(document('second'))).not.to.equal(second);
  });
});
