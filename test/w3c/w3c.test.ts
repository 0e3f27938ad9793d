/** The W3C's Implementation Report Plan documents, run to their `pass` or `fail` on virtual time. */
import { expect } from 'chai';
import { ways } from '../support/run-document.js';
import { Exchange } from './exchange.js';
import { exceptions, judgeDocument } from './judge.js';
import { assertions } from './sections.js';

describe('the W3C suite', () => {
  const automatic = assertions().filter(({ manual }) => !manual);
  const documents = automatic.flatMap(({ id, cases }) => cases.map((document) => ({ id, document })));
  let exchange: Exchange;

  before(async () => {
    exchange = await Exchange.open();
  });

  after(() => {
    exchange.close();
  });

  it('has 195 documents for its 191 automatic assertions', () => {
    expect(automatic).to.have.lengthOf(191);
    expect(documents).to.have.lengthOf(195);
  });

  for (const [name, way] of Object.entries(ways))
    describe(name, () => {
      for (const { id, document } of documents) {
        const why = exceptions[id];
        if (why === undefined)
          it(`${document.name} passes`, async () => {
            await judgeDocument(exchange, way, document);
          });
        else
          it(`${document.name} does not pass: ${why}`, async () => {
            const { run } = await exchange.play(way, document);
            expect(run.configuration()).to.deep.equal(['fail']);
          });
      }

      it('201 passes when the event that makes it fail has a delay', async () => {
        const document = documents.find(({ id }) => id === '201')?.document;
        expect(document?.text).to.include('<send event="timeout"/>');
        const text = document?.text.replace('<send event="timeout"/>', '<send event="timeout" delay="30s"/>') ?? '';
        await judgeDocument(exchange, way, { ...document!, text });
      });
    });
});
