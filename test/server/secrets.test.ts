import { expect } from 'chai';
import { mask } from '../../server/log.js';
import { withoutSecrets } from '../../server/secrets.js';

describe('withoutSecrets', () => {
  const hidden: [text: string, left: string][] = [
    ['http://user:pass@host/x', 'http://***@host/x'],
    ['https://token@host', 'https://***@host'],
    ['/x?token=abc&a=b', '/x?token=***&a=b'],
    ['/x?a=b&access_token=abc#c', '/x?a=b&access_token=***#c'],
    ['?API-KEY=k&sig=s&password=p', '?API-KEY=***&sig=***&password=***'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
    ['{"authorization":"Basic dTpw","a":1}', '{"authorization":"Basic ***","a":1}'],
    ['Cookie: ORSSESSIONID=a.1; b=c', 'Cookie: ***'],
    ['set-cookie: a=b', 'set-cookie: ***'],
    ['sent Bearer abcdefghij', 'sent Bearer ***'],
  ];
  for (const [text, left] of hidden)
    it(`makes ${left} of ${text}`, () => {
      expect(withoutSecrets(text)).to.equal(left);
      expect(mask(text)).to.equal(left);
    });

  const kept = [
    'http://host:80/x@y?a=b',
    '/x?monkey=1&tokens',
    'the authorization failed',
    'cookies are fine',
    'a@b.c',
    '',
  ];
  for (const text of kept)
    it(`leaves ${text || 'nothing'} alone`, () => {
      expect(withoutSecrets(text)).to.equal(text);
    });

  it('takes linear time for texts made to slow it down', () => {
    const time = (size: number): number => {
      const texts = ['://', '?token', '&a.token', 'authorization', 'cookie:', '://a'].map((one) => one.repeat(size));
      const before = performance.now();
      for (const text of texts) withoutSecrets(text);
      return performance.now() - before;
    };
    time(1_000);
    expect(time(40_000)).to.be.below(50 * Math.max(1, time(4_000)));
  });
});
