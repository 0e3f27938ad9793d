import { expect } from 'chai';
import fc from 'fast-check';
import { JsonError, parseJson } from '../../server/json.js';

const refusal = (text: string): JsonError | undefined => {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    return error as JsonError;
  }
};

describe('parseJson', () => {
  const cases: [text: string, message: string][] = [
    ['', 'the text ends where a value should be at line 1, column 1'],
    ['{a}', '"a" stands where a key in double quotes or "}" should be at line 1, column 2'],
    ['hello', '"h" stands where a value should be at line 1, column 1'],
    ['{"a":1,}', '"}" stands where a key in double quotes should be at line 1, column 8'],
    ['{"a" 1}', '"1" stands where ":" should be at line 1, column 6'],
    ['[1 2]', '"2" stands where "," or "]" should be at line 1, column 4'],
    ['[1,]', '"]" stands where a value should be at line 1, column 4'],
    ['[,]', '"," stands where a value or "]" should be at line 1, column 2'],
    ['{"a":\n  tru}', '"t" stands where a value should be at line 2, column 3'],
    ["{'a':1}", '"\'" stands where a key in double quotes or "}" should be at line 1, column 2'],
    ['{"a":"b\n"}', '""" stands where a value should be at line 1, column 6'],
    ['[1]]', '"]" stands where the end of the text should be at line 1, column 4'],
    ['[1}', '"}" stands where "," or "]" should be at line 1, column 3'],
    ['[[{"a":[]}', 'the text ends where "," or "]" should be at line 1, column 11'],
    ['01', '"0" stands where a value should be at line 1, column 1'],
    ['{"a":1 "b":2}', '""" stands where "," or "}" should be at line 1, column 8'],
    ['{1:2}', '"1" stands where a key in double quotes or "}" should be at line 1, column 2'],
  ];
  for (const [text, message] of cases) {
    it(`says of ${JSON.stringify(text)}: ${message}`, () => {
      expect(refusal(text)).to.be.an.instanceOf(JsonError).and.have.property('message', message);
    });
  }

  it('answers the value of any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('finds a place in whatever JSON.parse refuses, never past the end', () => {
    const broken = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', ',', '}', ']', ':', '"', 'x', '1'));
    fc.assert(
      fc.property(broken, ([text, at, put]) => {
        const place = at % (text.length + 1);
        const error = refusal(text.slice(0, place) + put + text.slice(place + 1));
        if (error) expect(error.at.column).to.be.within(1, text.length + 2);
      }),
    );
  });

  it('refuses what is nested too deep for those who walk it', () => {
    expect(parseJson('['.repeat(200) + ']'.repeat(200))).to.be.an('array');
    expect(refusal('['.repeat(201) + ']'.repeat(201))?.reason).to.equal('values are nested deeper than 200');
    expect(refusal('['.repeat(400_000) + ']'.repeat(400_000))?.reason).to.include('nested deeper');
  });
});
