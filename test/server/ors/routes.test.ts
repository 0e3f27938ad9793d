import { expect } from 'chai';
import { fromData } from '../../../engine/datamodel/data.js';
import type { Reply } from '../../../server/host/port.js';
import { orsRoutes } from '../../../server/ors/routes.js';
import { problem } from '../../../server/problems.js';
import { serve, type Served } from '../served.js';
import { ID, rememberedSessions, view, type Remembered } from './remembered.js';

describe('ORS routes', () => {
  let served: Served;
  let sessions: Remembered;
  const begin = async (reply?: Reply): Promise<void> => {
    sessions = rememberedSessions(view, reply);
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700 }));
  };
  afterEach(async () => {
    await served.close();
  });

  const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
  const json = { headers: { 'Content-Type': 'application/json' } };

  it('say so when what a session holds contains itself', async () => {
    sessions = rememberedSessions(
      { ...view, data: fromData({ a: { b: { $ref: 1 } } }) as Record<string, unknown> },
      { type: 'positive', resultcode: undefined, params: { a: { b: { $ref: 0 } } } },
    );
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700 }));
    for (const path of ['query', 'request/ask']) {
      const { status, data } = await served.http.get<unknown>(`/scxml/session/${ID}/${path}`);
      const message = 'data that contains itself cannot be written as JSON';
      expect([status, data]).to.deep.equal([422, { ...problem('SESSION_NOT_SHOWN', ID, message).toJSON() }]);
    }
  });

  describe('start', () => {
    beforeEach(() => begin());

    it('answers the session id, in the body and in the cookie', async () => {
      const { status, data, headers } = await served.http.post<unknown>('/scxml/session/start', { src: 'callback' });
      expect([status, data]).to.deep.equal([200, { sessionid: ID }]);
      expect(headers['set-cookie']?.[0]).to.match(new RegExp(`^ORSSESSIONID=${ID}\\.node1; Path=/`));
      expect(headers['cache-control']).to.equal('no-store');
    });

    it('takes a form, and leaves its values strings', async () => {
      await served.http.post(
        '/scxml/session/start?a=1&src=no',
        'src=callback&n=007&list=a&list=b&x%5By%5D=%C3%A4',
        form,
      );
      const params = { a: '1', n: '007', list: ['a', 'b'], 'x[y]': 'ä' };
      expect(sessions.started).to.deep.equal([{ src: 'callback', params }]);
    });

    it('takes JSON, and keeps its values', async () => {
      await served.http.post('/scxml/session/start', { src: 'callback', n: 7, deep: { a: [null, true], $x: 1 } });
      const params = { n: 7, deep: { a: [null, true], $$x: 1 } };
      expect(sessions.started).to.deep.equal([{ src: 'callback', params }]);
    });

    it('takes the fields of a multipart form', async () => {
      const body = new FormData();
      body.append('src', 'callback');
      body.append('n', '007');
      const response = await fetch(`${served.url}/scxml/session/start`, { method: 'POST', body });
      expect(response.status).to.equal(200);
      expect(sessions.started).to.deep.equal([{ src: 'callback', params: { n: '007' } }]);
    });

    it('takes names that JavaScript uses itself as plain names', async () => {
      const text = '{"src":"callback","__proto__":{"x":1},"constructor":"c","toString":"t"}';
      await served.http.post('/scxml/session/start', text, json);
      await served.http.post('/scxml/session/start', 'src=callback&__proto__=1&constructor=c&toString=t', form);
      expect(sessions.started.map(({ params }) => Object.keys(params))).to.deep.equal([
        ['__proto__', 'constructor', 'toString'],
        ['__proto__', 'constructor', 'toString'],
      ]);
      expect(({} as Record<string, unknown>)['x']).to.equal(undefined);
    });

    it('at a time of its own takes it from the query, a form or JSON, and not as a parameter', async () => {
      await served.http.post('/scxml/session/start?idealtime=7000', 'src=callback', form);
      await served.http.post('/scxml/session/start', 'src=callback&idealtime=8000', form);
      await served.http.post('/scxml/session/start', { src: 'callback', idealtime: 9_000, a: 1 });
      const plain = { src: 'callback', params: {} };
      expect(sessions.started).to.deep.equal([
        { ...plain, idealtime: 7_000 },
        { ...plain, idealtime: 8_000 },
        { ...plain, idealtime: 9_000, params: { a: 1 } },
      ]);
    });

    for (const idealtime of ['soon', -1, 1.5, '1e3', [1, 2], {}])
      it(`refuses a time that is none: ${JSON.stringify(idealtime)}`, async () => {
        const { status, data } = await served.http.post<unknown>('/scxml/session/start', {
          src: 'callback',
          idealtime,
        });
        expect(status).to.equal(400);
        expect(data).to.include({ code: 'PARAMETER_INVALID' });
        expect(sessions.started).to.be.empty;
      });

    it('refuses a body that is no object, or has no src', async () => {
      const answers = await Promise.all([
        served.http.post('/scxml/session/start', '[1]', json),
        served.http.post('/scxml/session/start', 'a=1', form),
        served.http.post('/scxml/session/start', { src: 7 }),
        served.http.post('/scxml/session/start'),
      ]);
      expect(answers.map(({ status, data }) => [status, (data as { code: string }).code])).to.deep.equal([
        [400, 'BODY_MALFORMED'],
        [400, 'PARAMETER_MISSING'],
        [400, 'PARAMETER_MISSING'],
        [400, 'PARAMETER_MISSING'],
      ]);
      expect(sessions.started).to.be.empty;
    });
  });

  describe('event', () => {
    beforeEach(() => begin());

    it('is delivered with the query as its data', async () => {
      const { status, data } = await served.http.get<unknown>(`/scxml/session/${ID}/event/resume_session?a=1&b=&a=2`);
      expect([status, data]).to.deep.equal([200, {}]);
      expect(sessions.delivered).to.deep.equal([{ name: 'resume_session', data: { a: ['1', '2'], b: '' } }]);
    });

    it('without query and body has no data', async () => {
      await served.http.get(`/scxml/session/${ID}/event/a.b`);
      await served.http.post(`/scxml/session/${ID}/event/a.b`);
      expect(sessions.delivered).to.deep.equal([{ name: 'a.b' }, { name: 'a.b' }]);
    });

    it('has the fields of the body, its type and its text; the body counts before the query', async () => {
      await served.http.post(`/scxml/session/${ID}/event/e?a=query&b=2`, '{"a": 1}', json);
      const data = { paramtype: 'application/json', param: '{"a": 1}', a: 1, b: '2' };
      expect(sessions.delivered).to.deep.equal([{ name: 'e', data }]);
    });

    it('keeps fields of the client called param and paramtype', async () => {
      await served.http.post(`/scxml/session/${ID}/event/e?paramtype=mine`, 'param=7', form);
      expect(sessions.delivered).to.deep.equal([{ name: 'e', data: { paramtype: 'mine', param: '7' } }]);
    });

    it('gives a JSON body that is no object as text only', async () => {
      await served.http.post(`/scxml/session/${ID}/event/e`, '[1,2]', json);
      expect(sessions.delivered).to.deep.equal([
        { name: 'e', data: { paramtype: 'application/json', param: '[1,2]' } },
      ]);
    });

    const names: [path: string, code: string, status: number][] = [
      [`${ID}/event/a%20b`, 'EVENT_NAME_INVALID', 400],
      [`${ID}/event/a..b`, 'EVENT_NAME_INVALID', 400],
      [`${ID}/event/*`, 'EVENT_NAME_INVALID', 400],
      [`${ID}/event/${'x'.repeat(257)}`, 'EVENT_NAME_INVALID', 400],
      [`${ID}/event/a%2Fb`, 'EVENT_NAME_INVALID', 400],
      [`${ID.toLowerCase()}/event/a`, 'SESSION_ID_INVALID', 400],
      [`${ID.slice(1)}/event/a`, 'SESSION_ID_INVALID', 400],
      [`${ID.replace('0', '9')}/event/a`, 'SESSION_NOT_FOUND', 404],
      [`${ID}/event/%zz`, 'PATH_MALFORMED', 400],
      [`${ID}/event`, 'NOT_FOUND', 404],
    ];
    for (const [path, code, status] of names) {
      it(`to ${path.slice(0, 60)} is refused: ${code}`, async () => {
        const answer = await served.http.get<{ code: string }>(`/scxml/session/${path}`);
        expect([answer.status, answer.data.code]).to.deep.equal([status, code]);
        expect(sessions.delivered).to.be.empty;
      });
    }

    it('takes letters of any alphabet, digits and signs in its name', async () => {
      const name = `zurück.${'x'.repeat(200)}:a-b_1`;
      await served.http.get(`/scxml/session/${ID}/event/${encodeURIComponent(name)}`);
      expect(sessions.delivered).to.deep.equal([{ name }]);
    });

    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      it(`is not raised by ${method}`, async () => {
        const { status, headers } = await served.http.request({ method, url: `/scxml/session/${ID}/event/a` });
        expect([status, headers['allow']]).to.deep.equal([405, 'GET, POST']);
        expect(sessions.delivered).to.be.empty;
      });
    }
  });

  describe('query', () => {
    beforeEach(() => begin());
    for (const method of ['GET', 'POST']) {
      it(`answers ${method} with the session as plain JSON`, async () => {
        const { status, data } = await served.http.request<unknown>({ method, url: `/scxml/session/${ID}/query` });
        expect(status).to.equal(200);
        const variables = { count: 2, at: '1970-01-01T00:00:00.000Z', list: [1, 'a'] };
        expect(data).to.deep.equal({ ...view, data: variables });
      });
    }
  });

  describe('terminate', () => {
    beforeEach(() => begin());

    it('ends the session, with an empty JSON body as clients send it; afterwards the session is over', async () => {
      const url = `/scxml/session/${ID}/terminate`;
      const { status, data } = await served.http.post<unknown>(url, '', json);
      expect([status, data, sessions.terminated]).to.deep.equal([200, {}, [ID]]);
      const again = await served.http.get<{ code: string }>(`/scxml/session/${ID}/event/a`);
      expect([again.status, again.data.code]).to.deep.equal([409, 'SESSION_OVER']);
    });

    it('is not done by GET', async () => {
      expect((await served.http.get(`/scxml/session/${ID}/terminate`)).status).to.equal(405);
      expect(sessions.terminated).to.be.empty;
    });
  });

  describe('paths', () => {
    beforeEach(() => begin());
    const paths = [
      `/genesys/1/ors/scxml/session/${ID}/event/e`,
      `/genesys/1/ors//scxml/session/${ID}/event/e`,
      `//genesys/1//ors/scxml//session///${ID}/event//e/`,
      `//scxml/session/${ID}/event/e//?`,
    ];
    for (const path of paths) {
      it(`${path} raises the event`, async () => {
        const { status } = await fetch(`${served.url}${path}`);
        expect(status).to.equal(200);
        expect(sessions.delivered).to.deep.equal([{ name: 'e' }]);
      });
    }
  });
});
