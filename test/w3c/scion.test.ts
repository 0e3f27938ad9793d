/** SCION's own cases: the configuration after every event of the script. Where SCION and the W3C differ, the W3C counts. */
import { expect } from 'chai';
import { ways } from '../support/run-document.js';
import { scionCases } from '../support/suite.js';

describe("SCION's own cases", () => {
  const cases = scionCases();

  it('are 127', () => {
    expect(cases).to.have.lengthOf(127);
  });

  for (const [way, start] of Object.entries(ways))
    describe(way, () => {
      for (const { folder, name, text, resources, script } of cases)
        it(`${folder}/${name}`, () => {
          const run = start({ text, options: { trusted: true, uri: name, resources } });
          expect(run.configuration(), 'at the start').to.have.members(script.initialConfiguration);
          for (const [index, { after = 0, event, nextConfiguration }] of script.events.entries()) {
            run.advance(after);
            run.send(event);
            expect(run.configuration(), `after event ${index}, ${event.name}`).to.have.members(nextConfiguration);
          }
        });
    });
});
