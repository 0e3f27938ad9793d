import { expect } from 'chai';
import { csv } from '../../../../server/gms/queries/csv.js';

describe('csv', () => {
  const cells: readonly (readonly [value: string, written: string])[] = [
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['@SUM(1)', "'@SUM(1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['+49 911 4711-0815', '+49 911 4711-0815'],
    ['', ''],
  ];
  for (const [value, written] of cells)
    it(`writes ${JSON.stringify(value)} so that a table reads it and evaluates nothing`, () => {
      expect(csv([[value, 'x']])).to.equal(`${written},x\r\n`);
    });
});
