/** What a `<send>` whose parameters repeat a name carries (SCXML 6.2): all of them, in order. */
import { expect } from 'chai';
import { HTTP_PROCESSOR, SCXML_PROCESSOR } from '../../../engine/event.js';
import { compileText, interpret } from '../../../engine/index.js';

const effectOf = (send: string) => {
  const text = `<scxml version="1.0" datamodel="ecmascript">
    <datamodel><data id="a" expr="1"/><data id="b"/></datamodel>
    <state><onentry>${send}</onentry></state>
  </scxml>`;
  const chart = compileText(text, { trusted: true, processors: [HTTP_PROCESSOR] });
  const [effect] = interpret(chart, { sessionid: 's' }, 0).takeEffects();
  if (effect?.type !== 'send') throw new Error('nothing was sent');
  return effect;
};

const params = (...pairs: [string, string][]) =>
  pairs.map(([name, expr]) => `<param name="${name}" expr="${expr}"/>`).join('');

describe('<send> with a name given more than once', () => {
  const cases: Record<string, { send: string; repeated: unknown; data: unknown }> = {
    'two parameters': {
      send: `<send event="e">${params(['x', '2'], ['y', '0'], ['x', '3'])}</send>`,
      repeated: [
        ['x', 2],
        ['y', 0],
        ['x', 3],
      ],
      data: { x: 3, y: 0 },
    },
    'a parameter and a name of the namelist': {
      send: `<send event="e" namelist="a b">${params(['a', "'other'"])}</send>`,
      repeated: [
        ['a', 1],
        ['b', { $undefined: 1 }],
        ['a', 'other'],
      ],
      data: { a: 'other', b: { $undefined: 1 } },
    },
  };

  for (const [what, { send, repeated, data }] of Object.entries(cases))
    it(`keeps all values of ${what}, and data has the last`, () => {
      const effect = effectOf(send);
      expect(effect.processor).to.equal(SCXML_PROCESSOR);
      expect(effect.repeated).to.deep.equal(repeated);
      expect(effect.event.data).to.deep.equal(data);
      expect(JSON.parse(effect.event.raw ?? '')).to.deep.equal(repeated);
    });

  it('leaves an event whose names differ as it was', () => {
    const effect = effectOf(`<send event="e" namelist="a">${params(['x', '2'])}</send>`);
    expect(effect.event.data).to.deep.equal({ a: 1, x: 2 });
    expect(effect).not.to.have.property('repeated');
    expect(effect.event).not.to.have.property('raw');
  });
});
