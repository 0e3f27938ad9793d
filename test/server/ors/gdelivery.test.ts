import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import { wholeServer } from '../whole.js';
import { peer, type Peer } from './peer.js';

const document = (url: string): string => `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0"
    datamodel="ecmascript" xmlns:session="www.genesyslab.com/modules/session">
  <datamodel><data id="heard" expr="[]"/></datamodel>
  <state id="s">
    <onentry>
      <session:fetch src="${url}/orders" method="'post'" gdelivery="true" gd_retries="3" gd_retry_interval="60">
        <param name="order" expr="7"/>
      </session:fetch>
    </onentry>
    <transition event="*"><script>heard.push(_event.name + ' ' + _event.data.content);</script></transition>
  </state>
</scxml>`;

describe('guaranteed delivery', () => {
  let far: Peer;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-gdelivery-'));
    far = await peer((response) => {
      response.statusCode = far.asked.length < 3 ? 503 : 200;
      response.end('taken');
    });
    writeFileSync(join(folder, 'order.scxml'), document(far.url));
  });
  afterEach(async () => {
    await far.close();
    rmSync(folder, { recursive: true });
  });

  it('goes on in the next process: the same message by the same key, until it is taken', async () => {
    const whole = {
      store: memoryStore(),
      clock: virtualClock(),
      folder,
      environment: { RINGBACK_FETCH_HOSTS: far.host },
    };
    const first = await wholeServer(whole);
    const { data } = await first.ask('POST', '/scxml/session/start', { body: { src: join(folder, 'order.scxml') } });
    await whole.clock.advance(1_000);
    expect(far.asked).to.have.lengthOf(1);
    await first.close();

    const second = await wholeServer(whole);
    await whole.clock.advance(58_000);
    expect(far.asked).to.have.lengthOf(1);
    await whole.clock.advance(62_000);
    expect(far.asked).to.have.lengthOf(3);
    expect(
      new Set(far.asked.map(({ body, headers }) => `${body} ${String(headers['idempotency-key'])}`)).size,
    ).to.equal(1);
    const { data: view } = await second.ask('GET', `/scxml/session/${String(data['sessionid'])}/query`);
    expect(view['data']).to.deep.include({ heard: ['session.fetch.done taken'] });
    await second.close();
  });
});
