/** The Implementation Report Plan's manual tests, read by a machine. */
import { expect } from 'chai';
import { ways } from '../support/run-document.js';
import { Exchange } from './exchange.js';
import { judge } from './judge.js';
import { readings } from './manual.js';
import { assertions } from './sections.js';

describe("the W3C suite's manual tests", () => {
  const manual = assertions().filter((assertion) => assertion.manual);
  let exchange: Exchange;

  before(async () => {
    exchange = await Exchange.open();
  });

  after(() => {
    exchange.close();
  });

  it('are those that are read here', () => {
    expect(manual.map(({ id }) => id)).to.have.members(Object.keys(readings));
  });

  for (const [name, way] of Object.entries(ways))
    describe(name, () => {
      for (const assertion of manual)
        it(`${assertion.id}: ${readings[assertion.id]?.shows ?? 'nobody says what to look for'}`, async () => {
          await judge(exchange, way, assertion);
        });
    });
});
