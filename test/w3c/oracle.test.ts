/**
 * Who watches the oracle: the W3C's and SCION's documents, run by it on virtual time, as the engine runs them in `w3c.test.ts` and
 * `scion.test.ts`. It has no BasicHTTP and no DOM.
 */
import { expect } from 'chai';
import type { Session } from '../support/oracle/session.js';
import { sourceOf } from '../support/oracle/evaluator.js';
import { documentOrder, isAtomicState } from '../support/oracle/tree.js';
import { World } from '../support/oracle/world.js';
import { scionCases, w3cCases } from '../support/suite.js';

/** Judged by a person who reads the log; 301 must be refused when it is read, which is not the oracle's part. */
const manual = new Set(['178', '230', '250', '301', '307', '415']);

/** B.2.8.1: content and data as a DOM. */
const domCases = new Set(['557', '561']);

const minute = 60_000;

/** Named states only: others have ids that the oracle made up. */
const standing = ({ configuration }: Session): string[] =>
  [...configuration]
    .filter((state) => isAtomicState(state) && state.state?.id !== undefined)
    .sort(documentOrder)
    .map(({ id }) => id);

describe('the oracle', () => {
  const w3c = w3cCases().filter(
    ({ name, text }) => !manual.has(name) && !/basichttp/i.test(text) && !domCases.has(name),
  );
  const scion = scionCases().filter(({ folder, name }) => `${folder}/${name}` !== 'error/error');

  it('is held to 183 documents of the W3C and 126 of SCION', () => {
    expect([w3c.length, scion.length]).to.deep.equal([183, 126]);
  });

  for (const { name, text, resources } of w3c)
    it(`passes ${name} of the W3C`, () => {
      const world = new World({ resource: resources });
      const session = world.start(text, { sessionid: 'root' });
      world.advance(minute);
      expect(session.final?.id).to.equal('pass');
    });

  for (const { folder, name, text, resources, script } of scion)
    it(`goes through ${folder}/${name} of SCION`, () => {
      const world = new World({ resource: resources });
      const session = world.start(text, { sessionid: 'root' });
      const ids = () => (session.running ? standing(session) : [session.final?.id]);
      world.drain();
      expect(ids(), 'at the start').to.have.members(script.initialConfiguration);
      for (const [index, { after = 0, event, nextConfiguration }] of script.events.entries()) {
        world.advance(after);
        world.deliver('root', { name: event.name, type: 'external', data: sourceOf(event.data) });
        world.drain();
        expect(ids(), `after event ${index}, ${event.name}`).to.have.members(nextConfiguration);
      }
    });
});
