/** The service urs-stat, the EWT API, and the sources of a callback's waiting time (`immediate.test.ts` has what comes of it): caching on the virtual clock, errors, order. */
import { expect } from 'chai';
import { join } from 'node:path';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { ewt } from '../../../server/gms/ewt.js';
import { ewtService, type EwtService } from '../../../server/gms/ewt-service.js';
import { ewtRoutes } from '../../../server/gms/routes-ewt.js';
import { servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';
import { problem } from '../../../server/problems.js';
import { rateLimit } from '../../../server/rate-limit.js';
import { serve, type Served } from '../served.js';

const templates = readTemplates(join(import.meta.dirname, '../../../templates'));
const stat = (options: object) => ({ template: 'urs-stat', options });
const callback = (queue: string) => ({ template: 'callback', options: { _urs_virtual_queue: queue } });
const services = servicesOf(
  {
    own: stat({ _urs_stat_url_parameters: 'scale=true&tenant=Environment&aqt=urs', _caching_policy: 5 }),
    same: stat({ _urs_url: 'http://here:8080/urs/call/max/lvq?tenant=T' }),
    other: stat({ _urs_url: 'http://urs:2828/urs/call/max/lvq', _urs_stat_url_parameters: 'name=VQ&aqt=urs2' }),
    fresh: stat({ _caching_policy: 0 }),
    broken: stat({ _urs_url: 'urs' }),
    astray: stat({ _urs_url: 'http://here:8080/urs/call/00700/lvq' }),
    wrong: stat({ _caching_policy: 'often' }),
    billing: callback('VQ_Billing'),
    sales: callback('VQ_Sales'),
    sales2: callback('VQ_Sales'),
    each: callback('$queue$'),
  },
  templates,
  'the test',
);

describe('waiting times of GMS', () => {
  let clock: VirtualClock;
  let asked: string[];
  let fetched: string[];
  let remote: () => Promise<string>;
  let service: EwtService;
  let warned: unknown[];
  let broken: Error | undefined;
  let served: Served;
  let times: ReturnType<typeof ewt>;
  beforeEach(async () => {
    clock = virtualClock();
    [asked, fetched, warned] = [[], [], []];
    broken = undefined;
    remote = () => Promise.resolve('{"ewt":300.5}');
    const lvq = (call: string, parameters: URLSearchParams): object => {
      asked.push(`${call}?${parameters.toString()}`);
      if (broken) throw broken;
      const name = parameters.get('name');
      if (name === null) throw problem('PARAMETER_MISSING', 'name', 'the name of a virtual queue');
      return name.startsWith('VQ') ? { ewt: asked.length } : {};
    };
    const fetch = (url: string): Promise<string> => {
      fetched.push(url);
      return remote();
    };
    service = ewtService({ services, clock, lvq, fetch, url: () => 'http://here:8080' });
    const statistic = (named: string) => (named.startsWith('ExpectedWaitTime') ? 77 : undefined);
    const tell = (...line: unknown[]): void => void warned.push(line);
    times = ewt({ services, service, lvq, statistic, log: { warn: tell } });
    served = await serve(ewtRoutes({ service, ewt: times, admit: rateLimit(clock, 40), log: { error: tell } }));
  });
  afterEach(() => served.close());
  const get = async (path: string): Promise<[number, Record<string, unknown>]> => {
    const { status, data } = await served.http.get<Record<string, unknown>>(`/genesys/${path}`);
    return [status, data];
  };

  it('asks our own router with what is configured, then what is requested', async () => {
    expect(await get('1/service/own?name=VQ_A')).to.deep.equal([200, { ewt: 1 }]);
    expect(asked).to.deep.equal(['max?scale=true&tenant=Environment&aqt=urs&name=VQ_A']);
    await get('1/service/same?name=VQ_B');
    expect(asked[1]).to.equal('max?tenant=T&name=VQ_B');
    expect(fetched).to.deep.equal([]);
  });

  it('asks another URS over HTTP, both sets of parameters appended', async () => {
    expect(await get('1/service/other?name=VQ_A&tenant=T')).to.deep.equal([200, { ewt: 300.5 }]);
    expect(fetched).to.deep.equal(['http://urs:2828/urs/call/max/lvq?name=VQ&aqt=urs2&name=VQ_A&tenant=T']);
    expect(asked).to.deep.equal([]);
  });

  it('keeps an answer for as long as is configured, each queue its own', async () => {
    for (const wanted of [1, 1]) expect(await get('1/service/own?name=VQ_A')).to.deep.equal([200, { ewt: wanted }]);
    await get('1/service/own?name=VQ_B');
    await clock.advance(4_999);
    expect(await get('1/service/own?name=VQ_A')).to.deep.equal([200, { ewt: 1 }]);
    await clock.advance(1);
    expect(await get('1/service/own?name=VQ_A')).to.deep.equal([200, { ewt: 3 }]);
  });

  it('keeps nothing with a policy of 0', async () => {
    await get('1/service/fresh?name=VQ');
    expect(await get('1/service/fresh?name=VQ')).to.deep.equal([200, { ewt: 2 }]);
  });

  it('asks once for all who ask meanwhile, whatever the policy, and the time begins with the answer', async () => {
    let answer: (text: string) => void = () => undefined;
    remote = () => new Promise((resolve) => (answer = resolve));
    const ask = (): Promise<unknown> => service('other', new URLSearchParams());
    const both = [ask()];
    await clock.advance(31_000);
    both.push(ask());
    answer('{"ewt":1}');
    expect(await Promise.all(both)).to.deep.equal([{ ewt: 1 }, { ewt: 1 }]);
    await clock.advance(29_999);
    expect(await ask()).to.deep.equal({ ewt: 1 });
    expect(fetched).to.have.length(1);
    await clock.advance(1);
    remote = () => Promise.resolve('{"ewt":2}');
    expect(await ask()).to.deep.equal({ ewt: 2 });
  });

  it('tells all who ask meanwhile of an error, and asks again after it', async () => {
    let fail: (error: Error) => void = () => undefined;
    remote = () => new Promise((_, reject) => (fail = reject));
    const both = [1, 2].map(() => service('other', new URLSearchParams()).catch(String));
    fail(new Error('no route'));
    for (const told of await Promise.all(both)) expect(told).to.include('URS cannot be asked: no route');
    expect(fetched).to.have.length(1);
    remote = () => Promise.reject(new Error('no route'));
    expect(await get('1/service/other')).to.deep.include(502);
    remote = () => Promise.resolve('{}');
    expect(await get('1/service/other')).to.deep.equal([200, {}]);
    expect(fetched).to.have.length(3);
  });

  it('holds no more than a thousand answers', async () => {
    for (let n = 0; n <= 1000; n++) await service('own', new URLSearchParams({ name: `VQ${n}` }));
    await service('own', new URLSearchParams({ name: 'VQ1000' }));
    expect(asked).to.have.length(1001);
    await service('own', new URLSearchParams({ name: 'VQ0' }));
    expect(asked).to.have.length(1002);
  });

  it('asks anew for an answer that is old without forgetting another', async () => {
    for (let n = 1; n <= 1000; n++) await service('own', new URLSearchParams({ name: `VQ${n}` }));
    await clock.advance(5_000);
    await service('own', new URLSearchParams({ name: 'VQ1000' }));
    await service('own', new URLSearchParams({ name: 'VQ999' }));
    await service('own', new URLSearchParams({ name: 'VQ1000' }));
    expect(asked).to.have.length(1002);
  });

  const wrong: [path: string, status: number, phrase: string, says: RegExp][] = [
    ['1/service/none', 500, 'BAD_CONFIGURATION', /Service undefined: none/],
    ['1/service/billing', 500, 'BAD_CONFIGURATION', /billing/],
    ['1/service/broken', 500, 'BAD_CONFIGURATION', /_urs_url.*"urs"/],
    ['1/service/astray', 500, 'BAD_CONFIGURATION', /_urs_url.*\/urs\/call\/max\/lvq on this server/],
    ['1/service/wrong', 500, 'BAD_CONFIGURATION', /_caching_policy.*often/],
    ['1/service/own', 400, 'BAD_PARAMETER', /"name" is missing/],
    [`1/service/own?name=VQ${'&a=1'.repeat(20)}`, 400, 'BAD_PARAMETER', /At most 20 parameters/],
    [`1/service/own?name=${'n'.repeat(2000)}`, 400, 'BAD_PARAMETER', /2000 characters/],
    ['2/ewt/ewt9', 400, 'BAD_PARAMETER', /ewt9, allowed: ewt1, ewt2, ewt3/],
    [`2/ewt/ewt1?vq=${Array.from({ length: 101 }, (_, n) => n).join(',')}`, 400, 'BAD_PARAMETER', /At most 100/],
  ];
  for (const [path, status, phrase, says] of wrong)
    it(`answers ${status} to ${path.slice(0, 30)}`, async () => {
      const [got, body] = await get(path);
      expect([got, body['phrase']]).to.deep.equal([status, phrase]);
      expect(body['message']).to.match(says);
    });

  it('answers 429 to who asks too often, in the form of the guide, until time has passed', async () => {
    for (let n = 0; n < 20; n++) expect((await get('1/service/own?name=VQ'))[0]).to.equal(200);
    for (let n = 0; n < 20; n++) expect((await get('2/ewt/ewt1?vq=VQ'))[0]).to.equal(200);
    for (const path of ['1/service/own?name=VQ', '2/ewt/ewt1?vq=VQ']) {
      const { status, headers, data } = await served.http.get<Record<string, unknown>>(`/genesys/${path}`);
      expect([status, headers['retry-after']]).to.deep.equal([429, '2']);
      expect(data).to.deep.include({
        ...{ code: 42990, phrase: 'THROTTLE_REQUEST_LIMIT', properties: {} },
        exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionThrottled',
      });
    }
    await clock.advance(2_000);
    expect((await get('1/service/own?name=VQ'))[0]).to.equal(200);
  });

  it('says what another URS did not answer as it should', async () => {
    for (const text of ['<html>', '[]', '5']) {
      remote = () => Promise.resolve(text);
      expect((await get('1/service/other'))[1]['message']).to.match(/urs:2828 answered what is no JSON object/);
    }
    remote = () => Promise.resolve(`{"ewt":"${'5'.repeat(10_000)}"}`);
    expect((await get('1/service/other'))[1]['message']).to.match(/urs:2828 answered more than 10000 characters/);
  });

  it('answers what nobody thought of as UNKNOWN_ERROR, and the log says what it was', async () => {
    broken = new TypeError('a mistake');
    expect((await get('1/service/own?name=VQ'))[1]['phrase']).to.equal('UNKNOWN_ERROR');
    expect(JSON.stringify(warned)).to.include('a waiting time or statistic could not be told');
  });

  it('version 2: answers by queue, empty for one without activity', async () => {
    expect(await get('2/ewt/ewt2?vq=VQ_A,X&vq=VQ_B')).to.deep.equal([
      200,
      { VQ_A: { ewt: 1 }, X: {}, VQ_B: { ewt: 3 } },
    ]);
    expect(asked[0]).to.equal('max?name=VQ_A&aqt=urs2');
    await get('2/ewt/ewt1?vq=VQ_A');
    await get('2/ewt/ewt3?vq=VQ_A');
    expect(asked.slice(3)).to.deep.equal(['max?name=VQ_A&aqt=urs', 'max?name=VQ_A&aqt=stat']);
  });

  it('version 2: without names, the queues of the services', async () => {
    expect(Object.keys((await get('2/ewt/ewt2'))[1])).to.deep.equal(['VQ_Billing', 'VQ_Sales']);
  });

  const sources: [title: string, options: object, wants: object | undefined][] = [
    [
      '_request_ewt_service first',
      { _request_ewt_service: 'other', _request_queue_time_stat: 'ExpectedWaitTime;Queue;Q@S' },
      { source: '_request_ewt_service', ewtMs: 300_500 },
    ],
    [
      'then _request_queue_time_stat',
      { _request_queue_time_stat: 'ExpectedWaitTime;Queue;Q@S', _urs_ewt_vq: 'VQ' },
      { source: '_request_queue_time_stat', ewtMs: 77_000 },
    ],
    [
      'then _urs_ewt_vq',
      { _vq: 'VQ', _urs_virtual_queue: 'VQ', _urs_ewt_vq: 'VQ' },
      { source: '_urs_ewt_vq', ewtMs: 1_000 },
    ],
    [
      'then _urs_virtual_queue',
      { _vq: 'VQ', _urs_virtual_queue: 'VQ' },
      { source: '_urs_virtual_queue', ewtMs: 1_000 },
    ],
    ['then _vq', { _vq: 'VQ' }, { source: '_vq', ewtMs: 1_000 }],
    [
      'passing over a statistic that is not known',
      { _request_queue_time_stat: 'Other;Queue;Q', _urs_ewt_vq: 'VQ' },
      { source: '_urs_ewt_vq', ewtMs: 1_000 },
    ],
    ['not from a second queue', { _urs_ewt_vq: 'X', _urs_virtual_queue: 'VQ' }, undefined],
    ['passing over an empty option', { _urs_ewt_vq: '', _vq: 'VQ' }, { source: '_vq', ewtMs: 1_000 }],
    [
      'by the later name of _urs_ewt_vq before it',
      { _urs_ewt_vq: 'X', _urs_ewt_virtual_queue: 'VQ' },
      { source: '_urs_ewt_virtual_queue', ewtMs: 1_000 },
    ],
    ['none at all', {}, undefined],
    ['none that knows', { _vq: 'X' }, undefined],
  ];
  for (const [title, options, wants] of sources)
    it(`a callback’s wait is of ${title}`, async () => {
      expect(await times.ofStart(new Map(Object.entries(options)))).to.deep.equal(wants);
    });

  for (const answer of ['{"ewt":-1}', '{"ewt":1e999}', '{"ewt":"5"}', '{}'])
    it(`a callback’s wait is none of ${answer}`, async () => {
      remote = () => Promise.resolve(answer);
      const options = new Map(Object.entries({ _request_ewt_service: 'other' }));
      expect(await times.ofStart(options)).to.equal(undefined);
    });

  it('a source that cannot be asked is passed over, and the log says which', async () => {
    const options = new Map(Object.entries({ _request_ewt_service: 'none', _vq: 'VQ' }));
    expect(await times.ofStart(options)).to.deep.equal({ source: '_vq', ewtMs: 1_000 });
    expect(JSON.stringify(warned)).to.include('_request_ewt_service');
    await times.ofStart(new Map([['_request_ewt_service', 'n'.repeat(100_000)]]));
    expect(JSON.stringify(warned)).to.have.length.below(1000);
  });
});
