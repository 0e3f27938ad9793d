import { expect } from 'chai';
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { NUMBER, openCentre, type Centre, type Given } from '../support/centre.js';

/** What the process tells; `plugins/server.mjs`. */
interface Told {
  readonly port?: number;
  readonly started?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly body?: string;
}

const REACHED = 7.54;

describe('a plugin that is a server of its own', () => {
  let plugin: ChildProcess;
  let port = 0;
  const told: Told[] = [];
  let heard: () => void = () => undefined;
  /** The next thing that the process tells. */
  const next = async (): Promise<Told> => {
    while (told.length === 0) await new Promise<void>((resolve) => (heard = resolve));
    return told.shift() ?? {};
  };

  before(async () => {
    plugin = fork(join(import.meta.dirname, 'plugins/server.mjs'), { execArgv: [] });
    plugin.on('message', (message: Told) => {
      told.push(message);
      heard();
    });
    port = (await next()).port ?? 0;
  });
  after(() => plugin.kill());
  beforeEach(() => (told.length = 0));

  const scenario = (title: string, { options, ...more }: Given, test: (centre: Centre) => Promise<void>): void => {
    it(title, async () => {
      const _plugin_on_dial_url = `http://127.0.0.1:${port}/scxml/session/start`;
      const centre = await openCentre({
        ...more,
        fetchHosts: [`127.0.0.1:${port}`],
        options: { _plugin_on_dial_url, _max_dial_attempts: 2, _plugin_on_dial_timeout: 60, ...options },
      });
      try {
        await test(centre);
        await centre.expectRest();
      } finally {
        await centre.close();
      }
    });
  };
  const call = (centre: Centre, userData: object) => centre.start({ _customer_number: NUMBER, ...userData });
  const reached = ['0 QUEUED', `0 dial 91${NUMBER}`, '6 customer answers', '7.54 detected human'];
  const noAnswer = ['0 QUEUED', `0 dial 91${NUMBER}`, '32 customer does not answer', '32 call ends'];

  scenario('is given the parameters of the guide, as JSON', {}, async (centre) => {
    const id = await call(centre, { usr_reason: 'billing', answer: { action: 'cancel', message: 'OK' } });
    await centre.run(REACHED);
    const { started } = await next();
    const session = await centre.sessionOf(id);
    expect(started?.['_interaction_id']).to.be.a('string');
    expect({ ...started, _interaction_id: 'I' }).to.deep.equal({
      _call_state: 0,
      _interaction_id: 'I',
      _customer_number: NUMBER,
      _gms_service_id: id,
      _ors_service_id: session,
      _user_data: { usr_reason: 'billing', answer: { action: 'cancel', message: 'OK' } },
      _dial_attempt: 1,
      _ttl: 60,
      _reply_url: `${centre.url}/scxml/session/${session}/request/plugin.reply`,
    });
    expect(await next()).to.include({ status: 200 });
  });

  const rows: Readonly<
    Record<string, readonly [Given, at: number, answer: object, status: number, lines: readonly string[]]>
  > = {
    'cancel, with a call': [
      {},
      REACHED,
      { action: 'cancel', message: 'OK' },
      200,
      [...reached, '7.54 COMPLETED / CANCELLED', '7.54 call ends'],
    ],
    'cancel, without a call': [
      { customer: { kind: 'noAnswer' } },
      32,
      { action: 'cancel', message: 'OK' },
      200,
      [...noAnswer, '32 COMPLETED / CANCELLED'],
    ],
    'route_to_agent, with a call': [
      {},
      REACHED,
      { action: 'route_to_agent', message: 'OK' },
      200,
      [
        ...reached,
        '7.54 ROUTING',
        '7.54 music next_customer_rep.wav',
        '7.54 ring 7001',
        '9.54 agent 7001 answers',
        '9.54 PROCESSING',
        '9.54 COMPLETED / AGENT_CONNECTED',
        '69.54 customer hangs up',
        '69.54 call ends',
      ],
    ],
    'route_to_agent, without a call, is refused': [
      { customer: { kind: 'noAnswer' } },
      32,
      { action: 'route_to_agent', message: 'OK' },
      400,
      [...noAnswer, '92 COMPLETED / FAIL_ERROR'],
    ],
    'route_to_rp, with a call': [
      {},
      REACHED,
      { action: 'route_to_rp', message: '5000@SIP_Switch' },
      200,
      [
        ...reached,
        '7.54 attach {"GMS_URS_PRIORITY":0,"RouterData70":8}',
        '7.54 COMPLETED / TRANSFERRED_TO_RP',
        '67.54 customer hangs up',
        '67.54 call ends',
      ],
    ],
    'route_to_rp, without a call, is refused': [
      { customer: { kind: 'noAnswer' } },
      32,
      { action: 'route_to_rp', message: '5000@SIP_Switch' },
      400,
      [...noAnswer, '92 COMPLETED / FAIL_ERROR'],
    ],
    'retry, with a call': [
      { customer: [{ kind: 'human' }, { kind: 'busy' }], options: { _plugin_on_dial_invoke_on_call_failed: false } },
      REACHED,
      { action: 'retry', message: 'OK', delay: 20, customer_number_prefix: '00' },
      200,
      [
        ...reached,
        '7.54 call ends',
        `27.54 dial 00${NUMBER}`,
        '27.84 customer is busy',
        '27.84 call ends',
        '27.84 COMPLETED / FAIL_CALL_TO_CUSTOMER',
      ],
    ],
    'retry, without a call': [
      { customer: { kind: 'noAnswer' }, options: { _max_dial_attempts: 1 } },
      32,
      { action: 'retry', message: 'OK' },
      200,
      [...noAnswer, '32 COMPLETED / FAIL_CALL_TO_CUSTOMER'],
    ],
  };
  // A call does not move between servers: whether it is to be given to the plugin makes no difference.
  for (const [title, [given, at, answer, status, lines]] of Object.entries(rows))
    for (const _plugin_on_dial_associate_ixn of [true, false])
      scenario(
        `answers ${title}${_plugin_on_dial_associate_ixn ? ', which it cannot be given' : ''}`,
        { ...given, options: { ...given.options, _plugin_on_dial_associate_ixn } },
        async (centre) => {
          await call(centre, { answer });
          await centre.run(at);
          expect(await next()).to.have.property('started');
          expect(await next()).to.include({ status });
          await centre.toTheEnd();
          expect(centre.timeline).to.deep.equal(lines);
        },
      );

  scenario('that answers twice is heard once: 200, then 409', {}, async (centre) => {
    await call(centre, { answer: { action: 'cancel', message: 'OK' }, answers: 2 });
    await centre.run(REACHED);
    await next();
    expect([(await next()).status, (await next()).status]).to.deep.equal([200, 409]);
    expect(centre.timeline.slice(-2)).to.deep.equal(['7.54 COMPLETED / CANCELLED', '7.54 call ends']);
  });

  scenario('that does not answer: FAIL_ERROR when its time is over', {}, async (centre) => {
    await call(centre, {});
    await centre.toTheEnd();
    expect(centre.timeline).to.deep.equal([...reached, '67.54 COMPLETED / FAIL_ERROR', '67.54 call ends']);
  });

  scenario('that cannot be started: FAIL_ERROR, and the log says why', {}, async (centre) => {
    await call(centre, { broken: true });
    await centre.toTheEnd();
    expect(centre.timeline).to.deep.equal([...reached, '7.54 COMPLETED / FAIL_ERROR', '7.54 call ends']);
    expect(centre.logged.join('\n')).to.match(/"plugin failed".*HTTP 500/);
  });
});
