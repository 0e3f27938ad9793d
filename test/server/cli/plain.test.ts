import { expect } from 'chai';
import fc from 'fast-check';
import { cut, plain, plainJson, widthOf } from '../../../server/cli/centre/plain.js';
import { table } from '../../../server/cli/centre/table.js';

const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '\x1b', '\x9b', '你', '́', '😀') }),
);

describe('texts of others on a terminal', () => {
  it('have nothing that a terminal obeys', () => {
    fc.assert(fc.property(texts, (text) => !OBEYED.test(plain(text))));
  });

  it('say the same in JSON, with nothing that a terminal obeys but ends of lines', () => {
    fc.assert(
      fc.property(texts, texts, (key, value) => {
        const shown = plainJson({ [key]: value });
        expect(shown.replaceAll('\n', '')).not.to.match(OBEYED);
        expect(JSON.parse(shown)).to.deep.equal(JSON.parse(JSON.stringify({ [key]: value })));
      }),
    );
  });

  it('are never wider than there is room', () => {
    fc.assert(
      fc.property(texts, fc.nat(20), (text, width) => {
        const shown = cut(plain(text), width);
        expect(widthOf(shown)).to.be.at.most(width);
      }),
    );
  });

  const widths: [text: string, width: number][] = [
    ['', 0],
    ['alice', 5],
    ['你好', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['😀', 2],
  ];
  for (const [text, width] of widths)
    it(`take ${width} columns: ${JSON.stringify(text)}`, () => {
      expect(widthOf(text)).to.equal(width);
    });

  const cuts: [text: string, width: number, shown: string][] = [
    ['alice', 5, 'alice'],
    ['alice', 4, 'ali…'],
    ['你好吗', 4, '你…'],
    ['alice', 1, '…'],
    ['alice', 0, ''],
  ];
  for (const [text, width, shown] of cuts)
    it(`are cut to ${width} columns: ${text}`, () => {
      expect(cut(text, width)).to.equal(shown);
    });
});

describe('a table on a terminal', () => {
  const columns = [
    { title: 'NAME', of: ([name = '']: string[]) => name, rank: 9 },
    { title: 'COUNT', of: ([, count = '']: string[]) => count, rank: 2, toTheRight: true },
    { title: 'NOTE', of: ([, , note = '']: string[]) => note, rank: 1 },
  ] as const;
  const rows = [
    ['alice', '7', 'here'],
    ['你好', '12', ''],
  ];
  const shown: [width: number, lines: string[]][] = [
    [80, ['NAME   COUNT  NOTE', 'alice      7  here', '你好      12']],
    [18, ['NAME   COUNT  NOTE', 'alice      7  here', '你好      12']],
    [17, ['NAME   COUNT', 'alice      7', '你好      12']],
    [11, ['NAME', 'alice', '你好']],
    [3, ['NA…', 'al…', '你…']],
  ];
  for (const [width, lines] of shown)
    it(`has the columns that there is room for in ${width}`, () => {
      expect(table(columns, rows, width)).to.deep.equal(lines);
    });

  it('has lines of the width at most, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(texts, { maxLength: 3 }), { maxLength: 5 }), fc.nat(60), (any, width) => {
        const lines = table(columns, any, width);
        expect(lines).to.have.length(any.length + 1);
        for (const line of lines) expect(widthOf(line)).to.be.at.most(width);
      }),
    );
  });
});
