import { expect } from 'chai';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Data, ScxmlEvent } from '../../../engine/event.js';
import { HTTP_PROCESSOR } from '../../../engine/event.js';
import { createApp } from '../../../server/app.js';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { createLog } from '../../../server/log.js';
import { BasicHttp } from '../../../server/ors/basic-http.js';
import { outgoing } from '../../../server/ors/outgoing.js';
import { problem } from '../../../server/problems.js';
import { hosted } from '../host/hosted.js';
import { peer, type Peer } from './peer.js';

const ID = '0'.repeat(32);
const KEY = 'S/1/0';

describe('Basic HTTP messages', () => {
  let clock: VirtualClock;
  let http: BasicHttp;
  let server: Server;
  let url: string;
  let received: (readonly [string, ScxmlEvent])[];
  let ids: (string | undefined)[];
  let deliver: (sessionid: string, event: ScxmlEvent, id: string | undefined) => Promise<void>;
  beforeEach(async () => {
    clock = virtualClock();
    received = [];
    ids = [];
    deliver = (sessionid, event, id) => {
      ids.push(id);
      if (sessionid !== ID) throw problem('SESSION_NOT_FOUND', sessionid);
      received.push([sessionid, event]);
      return Promise.resolve();
    };
    http = new BasicHttp({
      url: () => url,
      ask: outgoing({ url: () => url, hosts: [], clock }),
      timeout: 10_000,
      limit: 1_000,
      deliver: async (sessionid, event, id) => deliver(sessionid, event, id),
    });
    const app = createApp({ early: [http.router], routes: [], log: createLog('silent'), clock, bodyLimit: 1_000 });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const location = (): string => `${url}/scxml/session/${ID}/basichttp`;
  const send = (name: string, data: Data | undefined, body = false, target = location()): Promise<void> =>
    http.send(
      {
        type: 'send',
        sendid: 's',
        processor: HTTP_PROCESSOR,
        target,
        delay: 0,
        event: { name, type: 'external', data },
        body,
      },
      KEY,
    );
  const post = (text: string, type: string, path = location()): Promise<Response> =>
    fetch(path, { method: 'POST', body: text, headers: { 'content-type': type } });
  const last = (): ScxmlEvent | undefined => received.at(-1)?.[1];

  it('name their location in both entries of _ioprocessors', () => {
    expect(http.entries(ID)).to.deep.equal([
      ['basichttp', { location: location() }],
      [HTTP_PROCESSOR, { location: location() }],
    ]);
  });

  const trips: [
    title: string,
    name: string,
    data: Data | undefined,
    body: boolean,
    arrives: [string, Data | undefined],
  ][] = [
    ['a name and parameters', 'e.v', { a: 'x y', n: 7 }, false, ['e.v', { a: 'x y', n: '7' }]],
    ['a name alone', 'e', undefined, false, ['e', undefined]],
    ['text', '', 'a=b & c', true, ['HTTP.POST', 'a=b & c']],
    ['an object', '', { a: [1] }, true, ['HTTP.POST', { a: [1] }]],
    ['parameters without a name', '', { a: '1' }, false, ['HTTP.POST', { a: '1' }]],
  ];
  for (const [title, name, data, body, [arrives, carries]] of trips) {
    it(`carry ${title} from one session to another`, async () => {
      await send(name, data, body);
      expect(last()).to.include({ name: arrives, type: 'external', origintype: HTTP_PROCESSOR });
      expect(last()?.data).to.deep.equal(carries);
    });
  }

  it('carry XML as XML', async () => {
    await send('', { $xml: '<a b="1"/>' }, true);
    expect(last()?.data).to.deep.equal({ $xml: '<a b="1"/>' });
  });

  it('carry all values of a name that is given twice', async () => {
    await http.send(
      {
        type: 'send',
        sendid: 's',
        processor: HTTP_PROCESSOR,
        target: location(),
        delay: 0,
        event: { name: 'e', type: 'external', data: { a: 3, b: 0 } },
        body: false,
        repeated: [
          ['a', 2],
          ['b', 0],
          ['a', 3],
        ],
      },
      KEY,
    );
    expect(last()?.raw).to.match(/\n\n_scxmleventname=e&a=2&b=0&a=3$/);
    expect(last()?.data).to.deep.equal({ a: '3', b: '0' });
  });

  it('show the request as it came in raw', async () => {
    await post('_scxmleventname=e&a=1', 'application/x-www-form-urlencoded');
    expect(last()?.raw).to.match(
      new RegExp(`^POST /scxml/session/${ID}/basichttp HTTP/1\\.1\n\n_scxmleventname=e&a=1$`),
    );
  });

  it('of any type are taken; other text is the data', async () => {
    const { status } = await post('just text', 'text/strange');
    expect([status, last()?.name, last()?.data]).to.deep.equal([200, 'HTTP.POST', 'just text']);
  });

  it('answer 404 where there is no such session, 413 what is too large', async () => {
    const unknown = await post('a=1', 'application/x-www-form-urlencoded', location().replace(ID, '1'.repeat(32)));
    const large = await post('x'.repeat(1_001), 'text/plain');
    expect([unknown.status, large.status, received]).to.deep.equal([404, 413, []]);
  });

  const failure = async (work: Promise<void>): Promise<string> =>
    work.then(
      () => 'sent',
      (error: unknown) => String(error),
    );

  it('fail when nobody is there, the host is foreign, the target is none, or the session is unknown', async () => {
    expect(await failure(send('e', {}, false, 'http://127.0.0.1:1/'))).to.match(
      /may not be asked.*RINGBACK_FETCH_HOSTS/,
    );
    expect(await failure(send('e', {}, false, 'there'))).to.match(/"there" is no URL/);
    expect(await failure(send('e', {}, false, location().replace(ID, 'x')))).to.match(/HTTP 404/);
    const gone: Peer = await peer(() => undefined);
    await gone.close();
    const ask = outgoing({ url: () => url, hosts: [gone.host], clock });
    expect(await failure(ask({ url: gone.url, timeoutMs: 1_000 }).then(() => undefined))).to.match(
      /ECONNREFUSED|hang up/,
    );
  });

  it('say by which key they may come again, and hand on the key of those that come in', async () => {
    await send('e', {});
    await post('a=1', 'application/x-www-form-urlencoded');
    expect(ids).to.deep.equal([KEY, undefined]);
  });

  it('with a key that is none are refused', async () => {
    const headers = { 'content-type': 'text/plain', 'idempotency-key': 'a b' };
    const { status } = await fetch(location(), { method: 'POST', body: 'x', headers });
    expect([status, received]).to.deep.equal([400, []]);
  });

  describe('that fail', () => {
    let far: Peer;
    let status: number;
    beforeEach(async () => {
      far = await peer((response) => {
        if (status > 0) response.writeHead(status).end();
        else response.destroy();
      });
      const ask = outgoing({ url: () => url, hosts: [far.host, '127.0.0.1:1'], clock });
      http = new BasicHttp({ url: () => url, ask, timeout: 10_000, limit: 1_000, deliver });
    });
    afterEach(() => far.close());
    const nameOf = (work: Promise<void>): Promise<string> =>
      work.then(
        () => 'sent',
        (error: unknown) => (error as Error).name,
      );

    const outcomes: [status: number, name: string][] = [
      [0, 'Undelivered'],
      [429, 'Undelivered'],
      [502, 'Undelivered'],
      [503, 'Undelivered'],
      [504, 'Undelivered'],
      [500, 'Error'],
      [400, 'Error'],
      [409, 'Error'],
      [302, 'Error'],
      [200, 'sent'],
    ];
    for (const [code, name] of outcomes)
      it(`are ${name} ${code === 0 ? 'where the connection breaks' : `with status ${code}`}`, async () => {
        status = code;
        expect(await nameOf(send('e', {}, false, far.url))).to.equal(name);
      });

    it('are Undelivered where nobody listens, and errors where nothing may be sent', async () => {
      expect(await nameOf(send('e', {}, false, 'http://127.0.0.1:1/'))).to.equal('Undelivered');
      expect(await nameOf(send('e', {}, false, 'http://127.0.0.2:1/'))).to.equal('OutgoingError');
    });
  });

  it('fail with text that cannot be encoded, and do not throw', async () => {
    expect(await failure(send('', '\ud800', true))).to.match(/URIError/);
  });

  it('give up by the clock', async () => {
    deliver = () => new Promise(() => undefined);
    let outcome = 'pending';
    void failure(send('e', {})).then((now) => (outcome = now));
    await clock.advance(9_999);
    expect(outcome).to.equal('pending');
    await clock.advance(1);
    while (outcome === 'pending') await clock.settle();
    expect(outcome).to.match(/did not answer within 10 s/);
  });

  it('reach a hosted session at its location, and a failed one is error.communication with the sendid', async () => {
    const hosting = hosted({ processors: [http] });
    deliver = (sessionid, event, id) => hosting.host.receive(sessionid, event, id);
    await hosting.run(`
      <datamodel><data id="here" expr="_ioprocessors['basichttp'].location"/></datamodel>
      <state id="s">
        <onentry>
          <send id="one" event="hello" type="${HTTP_PROCESSOR}" targetexpr="here"><param name="a" expr="1"/></send>
          <send id="two" event="hello" type="${HTTP_PROCESSOR}" target="http://127.0.0.2/"/>
        </onentry>
        <transition event="hello"><t:act say="_event.name + ' ' + _event.data.a"/></transition>
        <transition event="error.communication"><t:act say="_event.name + ' ' + _event.sendid"/></transition>
      </state>`);
    while (hosting.acts.length < 2) await clock.settle();
    expect(hosting.acts).to.have.members(['hello 1', 'error.communication two']);
  });
});
