/** What is told to the metrics, and looked up for them, as the text that Prometheus reads. */
import { expect } from 'chai';
import { createMetrics } from '../../../server/health/metrics.js';
import type { Standing } from '../../../server/health/standing.js';
import { memoryStore } from '../../../server/store/memory.js';
import { StoreUnavailable } from '../../../server/store/port.js';

const linesOf = async (text: Promise<{ readonly text: string }>): Promise<string[]> => (await text).text.split('\n');
const standing = async (more: Partial<Standing> = {}): Promise<Standing> => ({
  now: 0,
  counts: await memoryStore().counts(0),
  residents: 0,
  flying: 0,
  sandboxes: { open: 0, broken: 0 },
  ...more,
});

describe('metrics', () => {
  it('count what they are told', async () => {
    const metrics = createMetrics();
    metrics.host.stepped(2);
    metrics.host.fired(20);
    metrics.host.retried();
    metrics.batched(3);
    metrics.commits.began();
    metrics.commits.began();
    metrics.commits.answered(5, new StoreUnavailable('full'));
    metrics.answered('sessions', '200');
    expect(await linesOf(metrics.text(await standing()))).to.include.members([
      'ringback_steps_total 1',
      'ringback_step_seconds_bucket{le="0.001"} 0',
      'ringback_step_seconds_bucket{le="0.003"} 1',
      'ringback_timer_lateness_seconds_sum 0.02',
      'ringback_retries_total 1',
      'ringback_commit_batch_size_bucket{le="2"} 0',
      'ringback_commit_batch_size_bucket{le="4"} 1',
      'ringback_commits_waiting 1',
      'ringback_commit_failures_total 1',
      'ringback_commit_seconds_sum 0.005',
      'ringback_http_requests_total{route="sessions",status="200"} 1',
    ]);
  });

  it('show how things stand, as they are now', async () => {
    const { counts } = await standing();
    const metrics = createMetrics();
    const sessions = { active: 7, done: 2, error: 1 };
    const outbox = { waiting: 4, due: 3, oldest: 500 };
    await metrics.text(
      await standing({
        now: 2_000,
        counts: { ...counts, sessions, outbox, dead: 5 },
        residents: 3,
        flying: 2,
        sandboxes: { open: 6, broken: 8 },
      }),
    );
    const lines = await linesOf(
      metrics.text(
        await standing({ now: 2_500, counts: { ...counts, sessions, outbox, dead: 5 }, residents: 4, flying: 1 }),
      ),
    );
    expect(lines).to.include.members([
      'ringback_sessions{state="memory"} 4',
      'ringback_sessions{state="disk"} 3',
      'ringback_sessions{state="done"} 2',
      'ringback_sessions{state="error"} 1',
      'ringback_timers_waiting 4',
      'ringback_outbox_due 3',
      'ringback_outbox_performing 1',
      'ringback_outbox_oldest_seconds 2',
      'ringback_dead_letters 5',
      'ringback_sandboxes_open 0',
    ]);
  });

  it('do not show as it was what cannot be read any more', async () => {
    const metrics = createMetrics();
    await metrics.text(await standing());
    const lines = await linesOf(metrics.text(undefined));
    expect(lines).to.include.members(['ringback_dead_letters Nan', 'ringback_retries_total 0']);
    expect(lines.filter((line) => line.startsWith('ringback_sessions{'))).to.deep.equal([]);
  });

  it('have those of the process when they are to watch it', async () => {
    const metrics = createMetrics();
    metrics.watchProcess();
    const { text, type } = await metrics.text(undefined);
    expect(text).to.include('nodejs_eventloop_lag_seconds').and.include('process_cpu_seconds_total');
    expect(type).to.include('text/plain; version=0.0.4');
  });
});
