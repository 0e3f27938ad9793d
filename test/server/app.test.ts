import { expect } from 'chai';
import { Router } from 'express';
import { gzipSync } from 'node:zlib';
import type { Routes } from '../../server/app.js';
import { bodyOf } from '../../server/body.js';
import { problem } from '../../server/problems.js';
import { serve, type Served } from './served.js';

const echo = (): Routes => {
  const router = Router();
  router.post('/echo', (request, response) => {
    response.json(bodyOf(request) ?? 'no body');
  });
  router.get('/over', () => {
    throw problem('SESSION_OVER', 'X');
  });
  router.get('/broken', async () => {
    throw new Error('secret of 4155552671');
  });
  router.get('/half', (_request, response) => {
    response.write('half');
    throw new Error('in the middle');
  });
  return { router, paths: ['POST /echo'] };
};

describe('createApp', () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve(echo());
  });
  afterEach(() => served.close());

  const post = (data: unknown, type?: string, more: Record<string, string> = {}) =>
    served.http.post<{ code: string; message: string }>('/echo', data, {
      headers: { 'Content-Type': type ?? false, ...more },
      transformRequest: (body: unknown) => body,
    });

  it('sends the headers of helmet, and does not name its maker', async () => {
    const { headers } = await served.http.get('/nowhere');
    expect(headers).to.include({ 'x-content-type-options': 'nosniff' }).and.not.have.property('x-powered-by');
  });

  it('answers what nobody answers with 404 and what there is', async () => {
    const { status, data } = await served.http.get<unknown>('/nowhere?n=1');
    const message = 'nothing answers GET /nowhere; there is POST /echo';
    expect([status, data]).to.deep.equal([404, { code: 'NOT_FOUND', message }]);
  });

  it('answers a problem as the problem', async () => {
    const { status, data } = await served.http.get<unknown>('/over');
    expect([status, data]).to.deep.equal([409, { ...problem('SESSION_OVER', 'X').toJSON() }]);
  });

  it('answers anything else with INTERNAL and tells only the log what it was, masked', async () => {
    const { status, data } = await served.http.get<unknown>('/broken');
    expect([status, data]).to.deep.equal([500, { ...problem('INTERNAL').toJSON() }]);
    const line = served.log.find((entry) => entry.includes('request failed'));
    expect(line).to.include('secret of ********71');
  });

  it('breaks off an answer that fails in its middle', async () => {
    const failure = await served.http.get('/half').catch((error: unknown) => error);
    expect(failure).to.be.an.instanceOf(Error);
  });

  it('logs each request with a masked URL and no body', async () => {
    await served.http.post('/echo?n=4155552671', { secret: 'word' });
    const [line] = served.log.map((entry) => JSON.parse(entry) as object);
    expect(line).to.include({ method: 'POST', url: '/echo?n=********71', status: 200, ms: 0, msg: 'request' });
    expect(served.log.join('')).to.not.include('word');
  });

  describe('bodies', () => {
    const good: [what: string, text: string, type: string, value: unknown][] = [
      ['JSON', '{"a":[1]}', 'application/json', { a: [1] }],
      ['JSON with a charset', '"ä"', 'application/json; charset=utf-8', 'ä'],
      ['other JSON', '7', 'application/vnd.x+json', 7],
      ['a form', 'a=1&a=2&b=%26', 'application/x-www-form-urlencoded', { a: ['1', '2'], b: '&' }],
    ];
    for (const [what, text, type, value] of good) {
      it(`are read: ${what}`, async () => {
        const { status, data } = await post(text, type);
        expect([status, data]).to.deep.equal([200, { type: type.split(';')[0], text, value }]);
      });
    }

    it('are read when they are compressed', async () => {
      const { data } = await post(gzipSync('{"a":1}'), 'application/json', { 'Content-Encoding': 'gzip' });
      expect(data).to.deep.equal({ type: 'application/json', text: '{"a":1}', value: { a: 1 } });
    });

    it('may be empty, whatever their type', async () => {
      expect((await post('', 'application/json')).data).to.equal('no body');
      expect((await post(undefined, 'text/html')).data).to.equal('no body');
    });

    const boundary = 'multipart/form-data; boundary=x';
    const part = (name: string, more = '') =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\nv\r\n`;
    const bad: [what: string, data: unknown, type: string | undefined, code: string, says: RegExp, status: number][] = [
      ['broken JSON', '{"a":\n1,}', 'application/json', 'BODY_MALFORMED', /line 2, column 3/, 400],
      ['deep JSON', '['.repeat(300) + ']'.repeat(300), 'application/json', 'BODY_MALFORMED', /nested deeper/, 400],
      ['a long body', 'x'.repeat(10_001), 'application/json', 'BODY_TOO_LARGE', /10000 bytes/, 413],
      ['a body that unpacks to a long one', gzipSync('x'.repeat(10_001)), 'gzip', 'BODY_TOO_LARGE', /10000/, 413],
      ['a long multipart body', 'x'.repeat(10_001), boundary, 'BODY_TOO_LARGE', /10000/, 413],
      ['plain text', 'x', 'text/plain', 'CONTENT_TYPE_UNSUPPORTED', /"text\/plain".*application\/json/, 415],
      ['no type', 'x', undefined, 'CONTENT_TYPE_UNSUPPORTED', /""/, 415],
      ['a foreign charset', '1', 'application/json; charset=klingon', 'CONTENT_TYPE_UNSUPPORTED', /klingon/, 415],
      ['a file', `${part('f', '; filename="f"')}--x--\r\n`, boundary, 'BODY_MALFORMED', /field f/, 400],
      ['a broken multipart body', part('f'), boundary, 'BODY_MALFORMED', /Unexpected end/, 400],
      ['a multipart body without boundary', 'x', 'multipart/form-data', 'BODY_MALFORMED', /[Bb]oundary/, 400],
      ['a list with holes', `${part('a[99999999]')}--x--\r\n`, boundary, 'BODY_MALFORMED', /follow each other/, 400],
    ];
    for (const [what, data, type, code, says, expected] of bad) {
      it(`are refused: ${what}`, async () => {
        const answer =
          type === 'gzip'
            ? await post(data, 'application/json', { 'Content-Encoding': 'gzip' })
            : await post(data, type);
        expect([answer.status, answer.data.code]).to.deep.equal([expected, code]);
        expect(answer.data.message).to.match(says);
      });
    }

    it('that are broken JSON name the place as data', async () => {
      const { data } = await post('{"a":\n1,}', 'application/json');
      const message = '"}" stands where a key in double quotes should be';
      expect(data).to.deep.include({ details: [{ message, line: 2, column: 3 }] });
    });

    it('that are multipart need a length', async () => {
      const stream = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('--x--\r\n'));
          controller.close();
        },
      });
      const response = await fetch(`${served.url}/echo`, {
        method: 'POST',
        headers: { 'Content-Type': boundary },
        body: stream,
        duplex: 'half',
      });
      expect(response.status).to.equal(411);
    });
  });
});
