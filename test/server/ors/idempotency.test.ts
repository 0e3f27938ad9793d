import { expect } from 'chai';
import type { SessionView } from '../../../server/host/port.js';
import { orsRoutes } from '../../../server/ors/routes.js';
import { serve, type Served } from '../served.js';
import { ID, rememberedSessions, type Remembered } from './remembered.js';

const view: SessionView = {
  sessionid: ID,
  uri: 'file:///strategies/callback.scxml',
  status: 'active',
  configuration: ['waiting'],
  data: {},
  version: 1,
  startedAt: 0,
};

describe('an Idempotency-Key', () => {
  let served: Served;
  let sessions: Remembered;
  beforeEach(async () => {
    sessions = rememberedSessions(view, { type: 'positive', resultcode: undefined, params: {} });
    served = await serve(orsRoutes({ sessions, requestTimeoutMs: 700 }));
  });
  afterEach(() => served.close());

  const paths = ['start?src=callback', `${ID}/event/e`, `${ID}/request/r`];
  const post = async (path: string, key: string) => {
    const headers = { 'Idempotency-Key': key };
    const {
      status,
      data,
      headers: back,
    } = await served.http.post<{ code?: string }>(`/scxml/session/${path}`, undefined, { headers });
    return { status, code: data.code, replayed: back['idempotent-replayed'] as unknown };
  };

  for (const path of paths) {
    it(`goes with the request ${path}, and a repeat says that it is one`, async () => {
      const longest = '~'.repeat(255);
      const answers = [await post(path, 'known'), await post(path, longest)];
      expect(answers).to.deep.equal([
        { status: 200, code: undefined, replayed: 'true' },
        { status: 200, code: undefined, replayed: undefined },
      ]);
      expect(sessions.keys).to.deep.equal(['known', longest]);
    });

    for (const [what, key] of [
      ['is empty', ''],
      ['has a blank', 'a b'],
      ['is not ASCII', 'k\u00e9y'],
      ['is too long', 'k'.repeat(256)],
    ] as const) {
      it(`is refused for ${path} when it ${what}`, async () => {
        const { status, code } = await post(path, key);
        expect([status, code, sessions.keys]).to.deep.equal([400, 'IDEMPOTENCY_KEY_INVALID', []]);
      });
    }
  }

  it('is refused when it is sent twice', async () => {
    const headers = new Headers([
      ['Idempotency-Key', 'a'],
      ['Idempotency-Key', 'b'],
    ]);
    const { status } = await fetch(`${served.url}/scxml/session/${ID}/event/e`, { method: 'POST', headers });
    expect([status, sessions.keys]).to.deep.equal([400, []]);
  });

  it('is not needed', async () => {
    await served.http.get(`/scxml/session/${ID}/event/e`);
    expect(sessions.keys).to.deep.equal([undefined]);
  });
});
