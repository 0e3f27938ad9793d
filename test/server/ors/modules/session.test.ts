import { expect } from 'chai';
import type { ModuleEffect } from '../../../../engine/effect.js';
import { virtualClock, type VirtualClock } from '../../../../server/clock/virtual.js';
import type { Sessions, StartRequest } from '../../../../server/host/port.js';
import type { FetchRequest } from '../../../../server/ors/fetch.js';
import { sessionModel } from '../../../../server/ors/model/session.js';
import { defaultTenants } from '../../../../server/ors/tenants.js';
import { sessionModule, sessionTable } from '../../../../server/ors/modules/session.js';
import { OutgoingError } from '../../../../server/ors/outgoing.js';
import { problem } from '../../../../server/problems.js';
import { perform, sessionOf, type Attributes, type Session } from './bench.js';
import { holdToTable } from './fields.js';

const ID = '0'.repeat(32);

describe('the session module', () => {
  let session: Session;
  let started: StartRequest[];
  let fetched: FetchRequest[];
  let keys: (string | undefined)[];
  let fails: Error | undefined;
  let clock: VirtualClock;
  beforeEach(() => {
    clock = virtualClock();
    session = sessionOf();
    started = [];
    fetched = [];
    keys = [];
    fails = undefined;
  });
  const answer = async <T>(value: T): Promise<T> => {
    if (fails) throw fails;
    return value;
  };
  const sessions = {
    start: (request: StartRequest, id?: string) => {
      started.push(request);
      keys.push(id);
      return answer(ID);
    },
    terminate: () => answer(undefined),
  } as unknown as Sessions;
  const fetch = (request: FetchRequest, key: string) => {
    fetched.push(request);
    keys.push(key);
    return answer({ content: 'text', hints: { a: 'b' } });
  };
  const model = sessionModel({
    tenants: defaultTenants,
    now: () => clock.now(),
    server: () => ({ url: '', name: '', cluster: '' }),
  });
  const act = async (name: string, attributes: Attributes, more: Partial<ModuleEffect> = {}) => {
    await perform(sessionModule({ sessions: () => sessions, fetch, model, clock }), name, session, attributes, more);
    expect(session.isOver()).to.equal(true);
    holdToTable(sessionTable, session.heard);
    return session.heard;
  };
  const plain = { src: '', params: {}, starter: 'S', idealtime: undefined };

  it('start passes src and the parameters, and answers the id', async () => {
    const heard = await act('start', { src: 'plugin' }, { params: { a: 1 } });
    expect(started).to.deep.equal([{ ...plain, src: 'plugin', params: { a: 1 } }]);
    expect(heard).to.deep.equal([['session.start.done', { requestid: 'r', sessionid: ID }]]);
  });

  it('start takes srcexpr before src', async () => {
    await act('start', { src: 'one', srcexpr: 'two' });
    expect(started[0]?.src).to.equal('two');
  });

  for (const [title, idealtime] of [
    ['a number', 5_000],
    ['text', '5000'],
    ['a Date', { $date: 5_000 }],
  ] as const)
    it(`start at a time of its own takes it as ${title}`, async () => {
      await act('start', { src: 'plugin', idealtime });
      expect(started).to.deep.equal([{ ...plain, src: 'plugin', idealtime: 5_000 }]);
    });

  it('start at a time that is none is an error, and starts nothing', async () => {
    const [[name, data] = []] = await act('start', { src: 'plugin', idealtime: 'soon' });
    expect([name, started]).to.deep.equal(['error.session.start', []]);
    expect(data).to.include({ error: 'PARAMETER_INVALID' });
  });

  it('start of a document that is not there is an error with its code', async () => {
    fails = problem('DOCUMENT_NOT_FOUND', 'plugin');
    const data = { requestid: 'r', error: 'DOCUMENT_NOT_FOUND', description: fails.message };
    expect(await act('start', { src: 'plugin' })).to.deep.equal([['error.session.start', data]]);
  });

  it('fetch asks with everything that it was given', async () => {
    const type = 'application/json';
    const how = { enctype: type, timeout: 5, maxage: 6, maxstale: 7, headers: { h: 1 } };
    const given = { srcexpr: 'http://x/', method: 'POST', type, ...how };
    const heard = await act('fetch', given, { params: { a: 1 }, content: 'body' });
    const asked = { url: 'http://x/', method: 'post', accept: type, ...how };
    expect(fetched).to.deep.equal([{ ...asked, params: { a: 1 }, content: 'body' }]);
    expect(heard).to.deep.equal([['session.fetch.done', { requestid: 'r', content: 'text', hints: { a: 'b' } }]]);
  });

  it('fetch is a get unless it says otherwise', async () => {
    await act('fetch', { srcexpr: 'http://x/' });
    expect(fetched[0]?.method).to.equal('get');
  });

  it('fetch takes srcexpr before src, and src as it stands', async () => {
    await act('fetch', { src: 'http://a/', srcexpr: 'http://b/' });
    await act('fetch', { src: 'http://a/' });
    expect(fetched.map(({ url }) => url)).to.deep.equal(['http://b/', 'http://a/']);
  });

  describe('guaranteed delivery', () => {
    const given = { srcexpr: 'http://x/', gdelivery: 'true', gd_retries: '2', gd_retry_interval: 5 };
    const fetching = (attributes: Attributes) =>
      perform(sessionModule({ sessions: () => sessions, fetch, model, clock }), 'fetch', session, attributes);
    beforeEach(() => {
      fails = new OutgoingError('503', 'HTTP 503: full', true);
    });

    it('asks again, by the same key, as often as it was told, and then it is an error', async () => {
      for (const retries of [[5_000], [5_000, 5_000]]) {
        await fetching(given);
        expect([session.retries, session.heard]).to.deep.equal([retries, []]);
      }
      expect((await act('fetch', given))[0]?.[0]).to.equal('error.session.fetch');
      expect(keys).to.deep.equal(['S/1/0', 'S/1/0', 'S/1/0']);
    });

    it('is done when it was taken', async () => {
      await fetching(given);
      fails = undefined;
      expect((await act('fetch', given))[0]?.[0]).to.equal('session.fetch.done');
    });

    it('asks once more and at once when it was told no more', async () => {
      await fetching({ srcexpr: 'http://x/', gdelivery: true });
      expect(session.retries).to.deep.equal([0]);
    });

    it('goes on when the session is over', async () => {
      session.end();
      await fetching(given);
      expect(session.retries).to.deep.equal([5_000]);
    });

    it('does not ask again what was refused, nor without being told', async () => {
      expect((await act('fetch', { ...given, gdelivery: false }))[0]?.[0]).to.equal('error.session.fetch');
      fails = new OutgoingError('404', 'HTTP 404: nothing');
      await act('fetch', given);
      expect(session.retries).to.deep.equal([]);
    });
  });

  it('fetch that is done again asks no more for a session that is over', async () => {
    session = session.again();
    session.end();
    fails = new OutgoingError('unreachable', 'refused', true);
    await act('fetch', { srcexpr: 'http://x/' });
    expect([fetched.length, session.heard]).to.deep.equal([1, []]);
  });

  it('fetch that fails is an error with the status', async () => {
    fails = new OutgoingError('404', 'HTTP 404: nothing');
    const data = { requestid: 'r', error: '404', description: 'HTTP 404: nothing' };
    expect(await act('fetch', { srcexpr: 'http://x/' })).to.deep.equal([['error.session.fetch', data]]);
  });

  it('fetch that is done again has patience with whom it asks, and not for ever', async () => {
    session = session.again();
    fails = new OutgoingError('unreachable', 'refused', true);
    const asking = act('fetch', { srcexpr: 'http://x/' });
    for (const [ms, times] of [
      [0, 1],
      [500, 2],
      [2_000, 3],
    ] as const) {
      await clock.advance(ms);
      expect(fetched).to.have.lengthOf(times);
    }
    await clock.advance(8_000);
    expect([fetched.length, (await asking)[0]?.[0]]).to.deep.equal([4, 'error.session.fetch']);
  });

  it('fetch that is done again takes what goes wrong every time as it is', async () => {
    session = session.again();
    fails = new OutgoingError('404', 'HTTP 404: nothing');
    await act('fetch', { srcexpr: 'http://x/' });
    expect(fetched).to.have.lengthOf(1);
  });

  it('terminate ends the session that it names', async () => {
    const heard = await act('terminate', { sessionid: ID });
    expect(heard).to.deep.equal([['session.terminate.done', { requestid: 'r', sessionid: ID }]]);
  });

  const known = { start: {}, fetch: {}, terminate: { sessionid: ID } };
  const given = { start: { src: 'plugin' }, fetch: { srcexpr: 'http://x/' }, terminate: { sessionid: ID } };
  for (const name of ['start', 'fetch', 'terminate'] as const) {
    for (const word of [...sessionTable.errors[`error.session.${name}`], 'unknown'])
      it(`${name} tells what went wrong in a word and a sentence: ${word}`, async () => {
        const error = word === '<HTTP status>' ? '418' : word;
        fails = Object.assign(new Error('this went wrong'), word !== 'unknown' && { code: error });
        const data = { requestid: 'r', ...known[name], error, description: 'this went wrong' };
        expect(await act(name, given[name])).to.deep.equal([[`error.session.${name}`, data]]);
      });

    for (const [how, error] of [
      ['goes well', undefined],
      ['fails', new Error('this went wrong')],
    ] as const)
      it(`${name} that ${how} when its session is over comes to its end, and nobody hears of it`, async () => {
        fails = error;
        session.end();
        expect(await act(name, given[name])).to.deep.equal([]);
      });
  }

  for (const isOver of [false, true])
    it(`setTenant to a tenant that is not there is an error${isOver ? ', and unheard when the session is over' : ''}`, async () => {
      if (isOver) session.end();
      const at = { line: 1, column: 1 };
      const effect = {
        type: 'module',
        namespace: '',
        name: 'setTenant',
        requestid: 'r',
        params: {},
        children: [],
        at,
      } as const;
      const attributes = { args: ['Moon'] };
      await model.functions?.['setTenant']?.perform({ ...effect, attributes, content: undefined }, session.context);
      holdToTable(sessionTable, session.heard);
      const heard = session.heard.map(([name, data]) => [name, (data as { error: string }).error]);
      expect(heard).to.deep.equal(isOver ? [] : [['error.session.settenant', 'unknown']]);
      expect(session.isOver()).to.equal(true);
    });

  it('start and fetch say by which key they may come again', async () => {
    await act('start', { src: 'plugin' });
    await act('fetch', { srcexpr: 'http://x/' });
    expect(keys).to.deep.equal(['S/1/0', 'S/1/0']);
  });

  for (const code of ['SESSION_OVER', 'SESSION_NOT_FOUND'] as const)
    it(`terminate that is done again finds the session gone, and is done: ${code}`, async () => {
      session = session.again();
      fails = problem(code, ID);
      const heard = await act('terminate', { sessionid: ID });
      expect(heard).to.deep.equal([['session.terminate.done', { requestid: 'r', sessionid: ID }]]);
    });

  it('terminate of a session that is over is an error with its code', async () => {
    fails = problem('SESSION_OVER', ID);
    const data = { requestid: 'r', sessionid: ID, error: 'SESSION_OVER', description: fails.message };
    expect(await act('terminate', { sessionid: ID })).to.deep.equal([['error.session.terminate', data]]);
  });
});
