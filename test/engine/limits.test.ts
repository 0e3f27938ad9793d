/** Macrosteps that would never end, stopped by name and place. */
import { expect } from 'chai';
import { compileText } from '../../engine/index.js';
import { LimitError } from '../../engine/limits.js';
import { interpret } from '../../engine/step/algorithm.js';

const limitOf = (body: string): string => {
  const text = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">\n${body}\n</scxml>`;
  const chart = compileText(text, { trusted: true, uri: 'loop.scxml', limits: { microsteps: 100 } });
  try {
    interpret(chart, { sessionid: 's' }, 0);
  } catch (error) {
    expect(error).to.be.instanceOf(LimitError);
    return (error as LimitError).message;
  }
  throw new Error('the macrostep ended');
};

describe('a macrostep without end', () => {
  it('of eventless transitions tells the transition', () => {
    expect(
      limitOf('<state id="a"><transition target="b"/></state>\n<state id="b"><transition target="a"/></state>'),
    ).to.equal(
      'loop.scxml:2:15: a macrostep took more than 100 microsteps; ' +
        'this transition of state "a" is still enabled: give it a condition that ends',
    );
  });

  it('of events raised in answer to themselves tells the transition', () => {
    const again = '<onentry><raise event="e"/></onentry><transition event="e" target="a"/>';
    expect(limitOf(`<state id="a">${again}</state>`)).to.match(/^loop\.scxml:2:\d+: .* state "a" is still enabled/);
  });

  // SCXML 5.9.1 with Appendix D: each error.execution makes the eventless condition fail once more.
  it('of a condition that fails each time it is asked tells the condition and why', () => {
    expect(limitOf('<state id="a"><transition cond="nowhere" target="b"/></state>\n<state id="b"/>')).to.match(
      /^loop\.scxml:2:15: .* 100 microsteps; "error\.execution" \(.*nowhere.*\) is raised again and again$/,
    );
  });
});
