import { expect } from 'chai';
import { orsRoutes } from '../../../server/ors/routes.js';
import { problem } from '../../../server/problems.js';
import { serve, type Served } from '../served.js';
import { ID, rememberedSessions, view, type Remembered } from './remembered.js';

describe('ORS routes of several nodes', () => {
  let served: Served;
  let sessions: Remembered;
  const begin = async (): Promise<void> => {
    sessions = rememberedSessions(view);
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700 }));
  };
  afterEach(() => served.close());

  describe('the cookie', () => {
    beforeEach(() => begin());
    const own = new RegExp(`^ORSSESSIONID=${ID}\\.node1; Path=/; HttpOnly`);
    const cookieOf = async (method: string, path: string): Promise<string> => {
      const { headers } = await served.http.request({ method, url: `/scxml/session/${path}` });
      return headers['set-cookie']?.[0] ?? 'none';
    };

    for (const [method, path] of [
      ['GET', `${ID}/event/e`],
      ['GET', `${ID}/query`],
      ['POST', `${ID}/terminate`],
      ['GET', `${ID}/request/late`],
    ] as const)
      it(`is set by ${method} ${path.slice(33)}`, async () => {
        expect(await cookieOf(method, path)).to.match(own);
      });

    it('is set when the session is over, too', async () => {
      await served.http.post(`/scxml/session/${ID}/terminate`);
      expect(await cookieOf('GET', `${ID}/event/e`)).to.match(own);
    });

    it('is not set for a session that is not there, or an id that is none', async () => {
      expect(await cookieOf('GET', `${ID.replace('0', '9')}/query`)).to.equal('none');
      expect(await cookieOf('GET', 'x/query')).to.equal('none');
    });
  });

  describe('a session of another node', () => {
    const OTHER = ID.replace('0', '9');
    beforeEach(async () => {
      sessions = rememberedSessions(view);
      const nodes = { own: 3, others: new Map([[1576, 'https://ors.example:8443/b']]) };
      served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700, nodes }));
    });
    const ask = (id: string, cookie: string) =>
      served.http.post<{ code?: string }>(`/scxml/session/${id}/event/e?a=1`, { b: 2 }, { headers: { cookie } });

    it('is asked for there: 307, with the path and the query, and no cookie of ours', async () => {
      const { status, data, headers } = await ask(OTHER, `x=1; ORSSESSIONID=${OTHER}.node1576`);
      expect([status, data.code]).to.deep.equal([307, 'SESSION_ELSEWHERE']);
      expect(headers['location']).to.equal(`https://ors.example:8443/b/scxml/session/${OTHER}/event/e?a=1`);
      expect(headers['set-cookie']).to.equal(undefined);
    });

    it('that is here all the same is served here', async () => {
      const { status, headers } = await ask(ID, `ORSSESSIONID=${ID}.node1576`);
      expect([status, headers['set-cookie']?.[0]?.split(';')[0]]).to.deep.equal([200, `ORSSESSIONID=${ID}.node3`]);
    });

    for (const [title, cookie] of [
      ['without a cookie', ''],
      ['with the cookie of another session', `ORSSESSIONID=${ID}.node1576`],
      ['with our own cookie', `ORSSESSIONID=${OTHER}.node3`],
      ['with the cookie of a node that nobody knows', `ORSSESSIONID=${OTHER}.node4`],
      ['with a cookie that is none', `ORSSESSIONID=${OTHER}.node1576x`],
    ] as const)
      it(`${title} is not found`, async () => {
        expect((await ask(OTHER, cookie)).status).to.equal(404);
      });
  });

  describe('the heartbeat', () => {
    for (const [objection, status] of [
      [undefined, 200],
      [problem('NOT_READY'), 503],
    ] as const)
      it(`is ${status} while this server ${status === 200 ? 'wants work' : 'wants none'}`, async () => {
        sessions = rememberedSessions(view);
        served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700, objection: () => objection }));
        const answer = await served.http.get<unknown>('/ors//heartbeat/');
        expect([answer.status, answer.data]).to.deep.equal([status, objection ? { ...objection.toJSON() } : 'OK\n']);
      });
  });
});
