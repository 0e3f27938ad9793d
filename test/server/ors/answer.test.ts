import { expect } from 'chai';
import type { Data } from '../../../engine/event.js';
import type { Reply } from '../../../server/host/port.js';
import { orsRoutes } from '../../../server/ors/routes.js';
import { serve, type Served } from '../served.js';
import { ID, rememberedSessions, view, type Remembered } from './remembered.js';

describe('ORS routes answer what the strategy answers', () => {
  let served: Served;
  let sessions: Remembered;
  const begin = async (reply?: Reply): Promise<void> => {
    sessions = rememberedSessions(view, reply);
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700 }));
  };
  afterEach(() => served.close());

  describe('request', () => {
    const ask = () => served.http.get<unknown>(`/scxml/session/${ID}/request/ask`);

    const replies: [Reply, number][] = [
      [{ type: 'positive', resultcode: undefined, params: {} }, 200],
      [{ type: 'positive', resultcode: '404', params: {} }, 200],
      [{ type: 'positive', resultcode: '201', params: {} }, 201],
      [{ type: 'positive', resultcode: '2010', params: {} }, 200],
      [{ type: 'negative', resultcode: undefined, params: {} }, 400],
      [{ type: 'negative', resultcode: '404', params: {} }, 404],
      [{ type: 'negative', resultcode: '599', params: {} }, 599],
      [{ type: 'negative', resultcode: '600', params: {} }, 400],
      [{ type: 'negative', resultcode: '200', params: {} }, 400],
      [{ type: 'negative', resultcode: '404.5', params: {} }, 400],
      [{ type: 'negative', resultcode: 'busy', params: {} }, 400],
    ];
    for (const [reply, status] of replies) {
      it(`answers ${status} for a ${reply.type} response with result code ${reply.resultcode ?? 'left out'}`, async () => {
        await begin(reply);
        expect((await ask()).status).to.equal(status);
      });
    }

    it('answers the parameters as plain JSON', async () => {
      const params = { a: 1, at: { $date: 0 }, none: undefined, empty: null, deep: { $$x: [{ $number: 'NaN' }] } };
      await begin({ type: 'positive', resultcode: undefined, params });
      const { data } = await served.http.post<unknown>(`/scxml/session/${ID}/request/ask?b=2`, { c: 3 });
      expect(data).to.deep.equal({ a: 1, at: '1970-01-01T00:00:00.000Z', empty: null, deep: { $x: [null] } });
      const sent = { b: '2', c: 3, paramtype: 'application/json', param: '{"c":3}' };
      expect(sessions.delivered).to.deep.equal([{ name: 'ask', data: sent }]);
    });

    it('answers the result code, whatever the status is', async () => {
      await begin({ type: 'negative', resultcode: 'busy as a bee\r\n', params: {} });
      expect((await ask()).headers['ringback-result-code']).to.equal('busy%20as%20a%20bee%0D%0A');
    });

    const bodies: [content: Data, contenttype: string | undefined, type: string, body: string][] = [
      ['plain', undefined, 'text/plain; charset=utf-8', 'plain'],
      ['ä,b', 'text/csv', 'text/csv; charset=utf-8', 'ä,b'],
      [
        { a: [1], at: { $date: 0 } },
        undefined,
        'application/json; charset=utf-8',
        '{"a":[1],"at":"1970-01-01T00:00:00.000Z"}',
      ],
      [[1], 'application/vnd.x+json', 'application/vnd.x+json; charset=utf-8', '[1]'],
      ['', undefined, 'text/plain; charset=utf-8', ''],
    ];
    for (const [content, contenttype, type, body] of bodies)
      it(`answers content of type ${contenttype ?? 'left out'} as it is: ${body}`, async () => {
        const more = contenttype === undefined ? {} : { contenttype };
        await begin({ type: 'negative', resultcode: '418', params: { a: 1 }, content, ...more });
        const answer = await fetch(`${served.url}/scxml/session/${ID}/request/ask`);
        expect([answer.status, answer.headers.get('content-type'), await answer.text()]).to.deep.equal([
          418,
          type,
          body,
        ]);
        expect(answer.headers.get('content-security-policy')).to.equal("sandbox; default-src 'none'");
      });

    it('that the strategy does not answer in time is 504, and names the time', async () => {
      await begin();
      const { status, data } = await ask();
      expect(status).to.equal(504);
      expect(data).to.include({ code: 'REQUEST_TIMEOUT' }).and.have.property('message').that.includes('700 ms');
    });
  });
});
