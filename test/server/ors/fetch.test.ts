import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { fetchBy, type FetchRequest } from '../../../server/ors/fetch.js';
import { outgoing } from '../../../server/ors/outgoing.js';
import { peer, type Asked, type Peer } from './peer.js';

const own = 'http://127.0.0.1:1';

describe('fetch', () => {
  let clock: VirtualClock;
  let far: Peer;
  beforeEach(async () => {
    clock = virtualClock();
    far = await peer((response, { url }) => {
      const [, word = '', code = ''] = url.split(/[/?]/);
      if (word === 'never') return;
      if (word === 'status') response.writeHead(Number(code), { location: `${far.url}/json` }).end('why');
      else response.writeHead(200, { 'content-type': 'Application/JSON; charset=utf-8' }).end('{"a":1}');
    });
  });
  afterEach(() => far.close());

  const fetching = (more: Partial<FetchRequest> = {}, hosts = [far.host]) =>
    fetchBy(outgoing({ url: () => own, hosts, clock }))(
      {
        url: `${far.url}/json`,
        method: 'get',
        enctype: undefined,
        accept: undefined,
        timeout: undefined,
        maxage: undefined,
        maxstale: undefined,
        headers: undefined,
        params: {},
        content: undefined,
        ...more,
      },
      'S/1/0',
    );
  /** `code: message` of what it was rejected with. */
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'answered',
      (error: unknown) => {
        const { code, message } = error as { code: string; message: string };
        return `${code}: ${message}`;
      },
    );
  const sent = (): Asked => {
    const [asked] = far.asked;
    if (!asked) throw new Error('the peer was not asked');
    return asked;
  };

  it('answers the text and the headers', async () => {
    const { content, hints } = await fetching();
    expect(content).to.equal('{"a":1}');
    expect(hints).to.include({ 'content-type': 'Application/JSON; charset=utf-8' });
  });

  it('asks this server without a list', async () => {
    const ask = fetchBy(outgoing({ url: () => far.url, hosts: [], clock }));
    const { content } = await ask(
      { url: `${far.url}/json`, method: 'get', params: {} } as unknown as FetchRequest,
      'S/1/0',
    );
    expect(content).to.equal('{"a":1}');
  });

  const refused: [title: string, request: Partial<FetchRequest>, says: RegExp][] = [
    ['a host that is not listed', { url: 'http://127.0.0.2/json' }, /^notallowed: 127\.0\.0\.2 .*RINGBACK_FETCH_HOSTS/],
    ['a file', { url: 'file:///etc/passwd' }, /^badurl: file:/],
    ['what is no URL', { url: 'json' }, /^badurl: "json" is no URL/],
    ['no URL', { url: '' }, /^badurl/],
    ['a body of a get', { content: 'x' }, /^badcontent: a get has no body/],
    ['a body of a delete', { method: 'delete', content: 'x' }, /^badcontent/],
    ['parameters as what they cannot be', { method: 'post', enctype: 'text/xml' }, /^badenctype: .*text\/xml/],
    ['a time that is none', { timeout: 'soon' }, /^badtimeout: timeout is soon/],
    ['no time', { timeout: 0 }, /^badtimeout/],
    ['a method that JavaScript has', { method: 'constructor' }, /^badmethod/],
    ['a method that is none', { method: 'connect' }, /^badmethod: method "connect"/],
  ];
  for (const [title, request, says] of refused) {
    it(`refuses ${title}, and asks nobody`, async () => {
      expect(await refusal(fetching(request))).to.match(says);
      expect(far.asked).to.be.empty;
    });
  }

  it('does not take a host that is listed without a port for every port of it', async () => {
    expect(await refusal(fetching({}, ['127.0.0.1']))).to.match(/^notallowed/);
  });

  for (const status of [301, 302, 307])
    it(`does not follow a redirect: ${status}`, async () => {
      expect(await refusal(fetching({ url: `${far.url}/status/${status}` }))).to.match(new RegExp(`^${status}: HTTP`));
      expect(far.asked).to.have.lengthOf(1);
    });

  for (const status of [400, 404, 503])
    it(`is an error with status ${status}`, async () => {
      expect(await refusal(fetching({ url: `${far.url}/status/${status}` }))).to.equal(
        `${status}: HTTP ${status}: why`,
      );
    });

  it('is an error when the type is another than the one that must come back, whatever its case', async () => {
    expect(await refusal(fetching({ accept: 'application/json' }))).to.equal('answered');
    expect(await refusal(fetching({ accept: 'text/xml' }))).to.match(/^badtype: .*not "text\/xml"/);
  });

  it('is an error when nobody is there', async () => {
    expect(await refusal(fetching({ url: 'http://127.0.0.1:2/' }, ['127.0.0.1:2']))).to.match(/^unreachable/);
  });

  it('of this server waits until it listens', async () => {
    const { url } = far;
    const port = Number(new URL(url).port);
    await far.close();
    const asking = fetchBy(outgoing({ url: () => url, hosts: [], clock, during: (work) => clock.during(work) }))(
      { url: `${url}/json`, method: 'get', params: {} } as unknown as FetchRequest,
      'S/1/0',
    );
    await clock.advance(1_000);
    far = await peer((response) => response.end('here'), port);
    await clock.advance(100);
    expect((await asking).content).to.equal('here');
  });

  it('of this server gives up at its time', async () => {
    const asking = refusal(fetching({ url: `${own}/`, timeout: 2 }));
    let answer = 'pending';
    void asking.then((now) => (answer = now));
    for (let at = 0; at < 2_000 && answer === 'pending'; at += 100) {
      await clock.settle();
      await clock.advance(100);
    }
    while (answer === 'pending') await clock.advance(100);
    expect(answer).to.match(/^timeout/);
  });

  for (const [title, timeout, ms] of [
    ['after 30 seconds', undefined, 30_000],
    ['after the seconds it was given', 2, 2_000],
    ['after seconds given as text', '3', 3_000],
  ] as const)
    it(`gives up ${title}, and not before`, async () => {
      let answer = 'pending';
      void refusal(fetching({ url: `${far.url}/never`, timeout })).then((now) => (answer = now));
      await clock.advance(ms - 1);
      expect(answer).to.equal('pending');
      await clock.advance(1);
      while (answer === 'pending') await clock.settle();
      expect(answer).to.equal(`timeout: ${far.host} did not answer within ${ms / 1000} s`);
    });

  it('leaves no timer behind when it was answered', async () => {
    await fetching();
    await clock.advance(60_000);
    expect(await refusal(fetching())).to.equal('answered');
  });

  it('keeps a virtual clock still while it is on its way', async () => {
    const ask = outgoing({ url: () => own, hosts: [far.host], clock, during: (work) => clock.during(work) });
    let answered = false;
    void ask({ url: `${far.url}/json`, method: 'get', timeoutMs: 10 }).then(() => (answered = true));
    await clock.advance(60_000);
    expect(answered).to.equal(true);
  });

  const params = { name: 'Ada L', n: 7, list: [1, 2], none: undefined };

  it('sends parameters of a get as its query, after the one that is there', async () => {
    await fetching({ url: `${far.url}/json?a=1`, params });
    expect(sent()).to.include({ method: 'GET', url: '/json?a=1&name=Ada+L&n=7&list=%5B1%2C2%5D', body: '' });
  });

  it('sends parameters of a post as a form', async () => {
    await fetching({ method: 'post', params });
    expect(sent()).to.include({ method: 'POST', body: 'name=Ada+L&n=7&list=%5B1%2C2%5D' });
    expect(sent().headers['content-type']).to.equal('application/x-www-form-urlencoded');
  });

  it('sends parameters as JSON when that is the enctype', async () => {
    await fetching({ method: 'post', enctype: 'application/json', params });
    expect(JSON.parse(sent().body)).to.deep.equal({ name: 'Ada L', n: 7, list: [1, 2] });
    expect(sent().headers['content-type']).to.equal('application/json');
  });

  it('sends content as the body, text as it is and anything else as JSON', async () => {
    await fetching({ method: 'post', enctype: 'text/plain', content: 'plain' });
    await fetching({ method: 'post', enctype: 'application/json', content: { a: [1] } });
    expect(far.asked.map(({ body }) => body)).to.deep.equal(['plain', '{"a":[1]}']);
  });

  it('sends parameters of a delete as its query, and those of a put in its body', async () => {
    await fetching({ method: 'delete', params });
    await fetching({ method: 'put', params });
    const query = 'name=Ada+L&n=7&list=%5B1%2C2%5D';
    expect(far.asked.map(({ method, url, body }) => [method, url, body])).to.deep.equal([
      ['DELETE', `/json?${query}`, ''],
      ['PUT', '/json', query],
    ]);
  });

  it('sends parameters beside content as the query', async () => {
    await fetching({ method: 'post', params: { a: 1 }, content: 'body' });
    expect(sent()).to.include({ url: '/json?a=1', body: 'body' });
  });

  it('sends an object as a form when that is the enctype, and else as JSON', async () => {
    const content = { a: 'x y', b: [1] };
    await fetching({ method: 'post', content, enctype: 'application/x-www-form-urlencoded' });
    await fetching({ method: 'post', content });
    expect(far.asked.map(({ body, headers }) => [headers['content-type'], body])).to.deep.equal([
      ['application/x-www-form-urlencoded', 'a=x+y&b=%5B1%5D'],
      ['application/json', '{"a":"x y","b":[1]}'],
    ]);
  });

  it('tells caches what it takes of them, and servers which type it wants', async () => {
    await fetching({ maxage: 0, maxstale: '60', accept: 'application/json' });
    expect(sent().headers).to.include({ 'cache-control': 'max-age=0, max-stale=60', accept: 'application/json' });
  });

  it('says by which key it may come again, unless the strategy has a key of its own', async () => {
    await fetching();
    await fetching({ headers: { 'Idempotency-Key': 'mine' } });
    expect(far.asked.map(({ headers }) => headers['idempotency-key'])).to.deep.equal(['S/1/0', 'mine']);
  });

  it('sends the headers it was given', async () => {
    await fetching({ headers: { 'X-Token': 'secret', 'X-Number': 5 } });
    expect(sent().headers).to.include({ 'x-token': 'secret', 'x-number': '5' });
  });
});
