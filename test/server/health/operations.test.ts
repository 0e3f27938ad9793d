/** Health and metrics of a whole server, over HTTP: what they tell while things happen. */
import { expect } from 'chai';
import type { AxiosResponse } from 'axios';
import { NUMBER, openCentre, type Centre } from '../../support/centre.js';

/** The samples of a scrape by name and labels, those of Node left out. */
const samplesOf = (text: string): Record<string, number> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.startsWith('ringback_'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

describe('a served server', () => {
  let centre: Centre;
  beforeEach(async () => {
    centre = await openCentre({ customer: { kind: 'human', answerMs: 5_000 } });
  });
  afterEach(() => centre.close());
  const text = async (): Promise<string> => {
    const { data }: { readonly data: unknown } = await centre.send('GET', '/metrics');
    return typeof data === 'string' ? data : '';
  };
  const scrape = async (): Promise<Record<string, number>> => samplesOf(await text());

  it('says that it lives and that it is ready', async () => {
    expect((await centre.send('GET', '/health/live')).data).to.deep.equal({ status: 'live' });
    const { status, data } = await centre.send('GET', '/health/ready');
    expect([status, data]).to.deep.equal([200, { status: 'ready' }]);
  });

  it('takes no more requests when it stops, says so, ends their connections, and still tells how it fares', async () => {
    const { send } = centre;
    await centre.stop();
    const told = ({ status, data, headers }: AxiosResponse<Record<string, unknown>>): unknown[] => [
      status,
      data['code'],
      headers['connection'],
    ];
    expect(told(await send('POST', '/scxml/session/start', { src: 'callback' }))).to.deep.equal([
      503,
      'NOT_READY',
      'close',
    ]);
    expect(told(await send('GET', '/health/ready'))).to.deep.equal([503, 'NOT_READY', 'close']);
    expect((await send('GET', '/health/live')).status).to.equal(200);
    expect((await scrape())['ringback_sessions{state="done"}']).to.equal(0);
  });

  it('counts sessions, steps, commits, timers, callbacks and requests as they come', async () => {
    const before = await scrape();
    expect(before).to.include({
      ringback_steps_total: 0,
      'ringback_sessions{state="memory"}': 0,
      ringback_timers_waiting: 0,
    });
    await centre.start();
    await centre.run(1);
    const during = await scrape();
    expect(during).to.include({
      'ringback_sessions{state="memory"}': 1,
      'ringback_sessions{state="done"}': 0,
      'ringback_callbacks{state="QUEUED"}': 1,
      ringback_commits_waiting: 0,
      ringback_outbox_due: 1,
      ringback_outbox_performing: 1,
      ringback_outbox_oldest_seconds: 1,
      ringback_dead_letters: 0,
      'ringback_http_requests_total{route="callbacks",status="200"}': 1,
      'ringback_http_requests_total{route="operations",status="200"}': 1,
    });
    expect(during['ringback_timers_waiting']).to.be.above(0);
    await centre.toTheEnd();
    const after = await scrape();
    expect(after).to.include({
      'ringback_sessions{state="memory"}': 0,
      'ringback_sessions{state="done"}': 1,
      'ringback_callbacks{state="COMPLETED"}': 1,
      ringback_outbox_due: 0,
      ringback_outbox_oldest_seconds: 0,
    });
    for (const grows of ['ringback_steps_total', 'ringback_step_seconds_count', 'ringback_commit_seconds_count'])
      expect(after[grows], grows).to.be.above(during[grows] ?? Infinity);
    expect(after['ringback_step_seconds_count']).to.equal(after['ringback_steps_total']);
  });

  it('counts what waited for its time, and classes of requests, in words of a few', async () => {
    await centre.start({ _customer_number: NUMBER, _desired_time: '2026-03-02T10:00:00.000Z' });
    expect(await scrape()).to.include({ ringback_timers_waiting: 1, ringback_timer_lateness_seconds_count: 0 });
    await centre.run(3_600);
    expect((await scrape())['ringback_timer_lateness_seconds_count']).to.be.above(0);
    for (const path of [
      '/genesys/1/ors/scxml/session/x/query',
      '/nowhere/at/all',
      '/scxml/session/y/query',
      '/metrics/z',
    ])
      await centre.send('GET', path);
    expect(await scrape()).to.include({
      'ringback_http_requests_total{route="sessions",status="400"}': 2,
      'ringback_http_requests_total{route="other",status="404"}': 2,
    });
  });

  it('tells no number and no id', async () => {
    const id = await centre.start();
    await centre.toTheEnd();
    const told = await text();
    expect(told).to.include('ringback_sessions');
    for (const secret of [id, NUMBER, await centre.sessionOf(id), 'billing']) expect(told).to.not.include(secret);
  });
});
