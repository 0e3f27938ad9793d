import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { lines, problemsOf, scxml } from './check/table.js';

describe('check', () => {
  it('judges very many targets of one transition soon', function () {
    this.timeout(10_000);
    const ids = Array.from({ length: 20_000 }, (_, index) => `a${index}`);
    const states = ids.map((id) => `<state id="${id}"/>`).join('');
    const start = `<state id="s"><transition event="e" target="${ids.join(' ')}"/></state>`;
    expect(lines(scxml(`${start}<parallel id="p">${states}</parallel>`))).to.deep.equal([]);
  });

  it('lists everything at once, in the order of the text', () => {
    const text = scxml(
      '<state id="a"><onentry><send/></onentry>\n<transition event="e" target="x"/></state>\n<state id="a"/>',
    );
    expect(lines(text).map((line) => line.split(': ', 1)[0])).to.deep.equal([
      'error 2:24',
      'error 3:1',
      'error 4:1',
      'warning 4:1',
    ]);
  });
});

describe('check of documents of the SCION and W3C suites', () => {
  const folder = new URL('../../node_modules/@scion-scxml/test-framework/test/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.scxml'));

  it('finds 335 documents', () => {
    expect(files).to.have.length(335);
  });

  it('finds no error in any of them', () => {
    // test301 is to be refused for a script that cannot be loaded, which is known only when it is.
    const errors = files.flatMap((file) =>
      problemsOf(readFileSync(new URL(file, folder), 'utf8'))
        .filter(({ severity }) => severity === 'error')
        .map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`),
    );
    expect(errors).to.deep.equal([]);
  });
});

describe('check of any document', () => {
  it('judges without throwing, and tells of every target that does not exist', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const { state } = fc.letrec<{ state: string }>((tie) => ({
      state: fc
        .tuple(
          fc.constantFrom('state', 'parallel'),
          id,
          fc.array(id, { maxLength: 3 }),
          fc.array(fc.oneof({ maxDepth: 3 }, fc.constant(''), tie('state')), { maxLength: 3 }),
        )
        .map(
          ([name, own, targets, children]) =>
            `<${name} id="${own}"><transition event="e" target="${targets.join(' ')}"/>${children.join('')}</${name}>`,
        ),
    }));
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 3 }), (states) => {
        const text = scxml(states.join(''));
        const known = new Set(Array.from(text.matchAll(/ id="(\w)"/g), ([, name]) => name));
        const aimed = Array.from(text.matchAll(/target="([^"]*)"/g), ([, names]) => names?.split(' ') ?? []).flat();
        const missing = aimed.filter((name) => name && !known.has(name));
        expect(lines(text).filter((line) => line.includes('there is no state'))).to.have.length(missing.length);
      }),
      { numRuns: 200 },
    );
  });
});
