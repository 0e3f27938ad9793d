import { expect } from 'chai';
import type { LookupAddress } from 'node:dns';
import { fetchText } from '../../../server/ors/fetching.js';
import { outgoing } from '../../../server/ors/outgoing.js';
import type { Resolve } from '../../../server/ors/reach.js';
import { messageOf } from '../../../server/problems.js';
import { virtualClock } from '../../../server/clock/virtual.js';
import { peer, type Peer } from './peer.js';

const entry = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });

describe('where names may lead', () => {
  let far: Peer;
  let port: string;
  const asked: string[] = [];
  let answers: readonly string[];
  const resolve: Resolve = (hostname, answer) => {
    asked.push(hostname);
    const error = answers.length === 0 ? Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }) : null;
    answer(error, answers.map(entry));
  };
  before(async () => {
    far = await peer((response, { url }) => {
      if (url === '/moved') response.writeHead(302, { location: '/x' }).end();
      else if (url === '/drip') response.write('a');
      else if (url === '/inside') response.writeHead(302, { location: `http://127.0.0.1:${port}/x` }).end();
      else response.end('here');
    });
    port = new URL(far.url).port;
  });
  after(() => far.close());
  beforeEach(() => {
    asked.length = 0;
    far.asked.length = 0;
    answers = ['127.0.0.1'];
  });

  interface Settings {
    readonly hosts?: readonly string[];
    readonly networks?: readonly string[];
  }
  const ask = (url: string, { hosts = [`web.example:${port}`], networks = [] }: Settings): Promise<string> =>
    outgoing({ url: () => 'http://127.0.0.1:1', hosts, networks, resolve, clock: virtualClock(0) })({
      url,
      method: 'get',
      timeoutMs: 1000,
    }).then(
      ({ data, status }) => `${status} ${data}`,
      (error: unknown) => messageOf(error),
    );
  const load = (url: string, { hosts = [`web.example:${port}`], networks = [] }: Settings): Promise<string> =>
    fetchText(new URL(url), {
      strategies: '/none',
      folders: [],
      trusted: [],
      hosts,
      networks,
      resolve,
      timeoutMs: 200,
    }).then(
      ({ text }) => text,
      (error: unknown) => messageOf(error),
    );

  for (const [what, go] of Object.entries({ 'a fetch': ask, 'a document': load })) {
    describe(`for ${what}`, () => {
      it('is outside: a listed name that leads to an address inside is refused, and nothing is asked there', async () => {
        for (const address of [
          '127.0.0.1',
          '10.0.0.1',
          '169.254.169.254',
          '::1',
          '::ffff:127.0.0.1',
          'fd00:ec2::254',
        ]) {
          answers = [address];
          expect(await go(`http://web.example:${port}/x`, {})).to.include(`leads to ${address}, which is not public`);
        }
        expect(far.asked).to.be.empty;
      });

      it('is an inside that the operator lists; the address that was looked at is the one that is asked', async () => {
        expect(await go(`http://web.example:${port}/x`, { networks: ['127.0.0.0/8'] })).to.include('here');
        expect(asked).to.deep.equal(['web.example']);
        expect(far.asked.map(({ headers }) => headers.host)).to.deep.equal([`web.example:${port}`]);
      });

      it('is nowhere when one of several addresses is inside', async () => {
        answers = ['1.1.1.1', '127.0.0.1'];
        expect(await go(`http://web.example:${port}/x`, {})).to.include('leads to 127.0.0.1');
      });

      it('is asked of DNS for every connection: a name that changes its mind is refused', async () => {
        answers = [];
        expect(await go(`http://web.example:${port}/x`, {})).to.match(/ENOTFOUND|no such name/);
        answers = ['127.0.0.1'];
        expect(await go(`http://web.example:${port}/x`, {})).to.include('not public');
      });

      it('is the machine itself for localhost and for addresses that are listed as such', async () => {
        expect(await go(`http://localhost:${port}/x`, { hosts: [`localhost:${port}`] })).to.include('here');
        expect(await go(`http://127.0.0.1:${port}/x`, { hosts: [`127.0.0.1:${port}`] })).to.include('here');
        answers = ['10.0.0.1'];
        expect(await go(`http://localhost:${port}/x`, { hosts: [`localhost:${port}`] })).to.include(
          'leads to 10.0.0.1',
        );
      });

      const forms = [
        ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '127.0.0.1.'],
        ...['%31%32%37.0.0.1', '①②⑦.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:0:0:1]', '0'],
        ...['localhost', 'LOCALHOST', 'localhost.', 'wéb.example', 'web.example.evil.example', 'xweb.example'],
      ];
      for (const form of forms)
        it(`is not ${form}, which nobody listed`, async () => {
          expect(await go(`http://${form}:${port}/x`, {})).to.match(/may not be (?:asked|read)/);
          expect([asked, far.asked]).to.deep.equal([[], []]);
        });

      const same: [form: string, listed: string][] = [
        ['WEB.example.', 'web.example'],
        ['bücher.example', 'xn--bcher-kva.example'],
        ['ｗｅｂ.example', 'web.example'],
        ['2130706433', '127.0.0.1'],
      ];
      for (const [form, listed] of same)
        it(`takes ${form} for ${listed}`, async () => {
          const networks = ['127.0.0.1'];
          expect(await go(`http://${form}:${port}/x`, { hosts: [`${listed}:${port}`], networks })).to.include('here');
        });

      it('is of the scheme and the port that are listed', async () => {
        const refused = /may not be (?:asked|read)/;
        const networks = ['127.0.0.1'];
        expect(await go(`http://web.example:${port}/x`, { hosts: [`https://web.example:${port}`] })).to.match(refused);
        expect(await go(`http://web.example:${port}/x`, { hosts: ['web.example'] })).to.match(refused);
        const hosts = [`http://web.example:${port}`];
        expect(await go(`http://web.example:${port}/x`, { hosts, networks })).to.include('here');
      });
    });
  }

  it('is looked at again where a page moves to', async () => {
    const networks = ['127.0.0.1'];
    expect(await load(`http://web.example:${port}/moved`, { networks })).to.equal('here');
    expect(await load(`http://web.example:${port}/inside`, { networks })).to.include('redirects to');
    expect(await ask(`http://web.example:${port}/inside`, { networks })).to.match(/^302/);
    expect(far.asked.map(({ url }) => url)).to.deep.equal(['/moved', '/x', '/inside', '/inside']);
  });

  it('is given up when a page takes longer than it may, however much it says meanwhile', async () => {
    expect(await load(`http://web.example:${port}/drip`, { networks: ['127.0.0.1'] })).to.include(
      'no whole answer in 0.2 s',
    );
  });
});
