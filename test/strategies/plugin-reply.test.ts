import { expect } from 'chai';
import { NUMBER, scenario, type Centre, type Given } from '../support/centre.js';

/** The sample plugin is kept thinking, without the call: the test plays the plugin developer who posts to _reply_url. */
const thinking = { _customer_number: NUMBER, usr_reason: 'billing', plugin_action: 'none', plugin_wait: 100 };
const withPlugin = (given: Given = {}): Given => ({
  ...given,
  options: {
    _plugin_on_dial_url: 'plugin-sample',
    _plugin_on_dial_associate_ixn: false,
    _max_dial_attempts: 1,
    ...given.options,
  },
});

/** The parameters of the guide, "Invoke your Plugin". */
const parameters = [
  '_call_state',
  '_interaction_id',
  '_customer_number',
  '_gms_service_id',
  '_ors_service_id',
  '_user_data',
  '_dial_attempt',
  '_ttl',
  '_reply_url',
];

/** What the plugin of this callback was given. */
const givenTo = async (centre: Centre, id: string): Promise<Record<string, unknown>> => {
  const { data } = (await centre.query(await centre.sessionOf(id))) as { data: Record<string, string> };
  const plugin = (await centre.query(data['plugin_session'] ?? '')) as { data: Record<string, unknown> };
  return Object.fromEntries(parameters.map((name) => [name, plugin.data[name]]));
};

const reply = async (centre: Centre, id: string, body?: object) =>
  centre.send('POST', `/scxml/session/${await centre.sessionOf(id)}/request/plugin.reply`, body);

describe('the parameters of the plugin', () => {
  const cases = {
    'a human': [{}, 8, { _call_state: 0 }],
    silence: [{ customer: { kind: 'silence' } }, 9, { _call_state: 8 }],
    'an answering machine': [{ customer: { kind: 'machine' } }, 9, { _call_state: 9 }],
    'no answer': [{ customer: { kind: 'noAnswer' } }, 33, { _call_state: 7, _interaction_id: undefined }],
    'a busy tone': [{ customer: { kind: 'busy' } }, 1, { _call_state: 6, _interaction_id: undefined }],
    'a fax machine': [{ customer: { kind: 'fax' } }, 8, { _call_state: 17, _interaction_id: undefined }],
  } satisfies Record<string, readonly [Given, number, object]>;
  for (const [title, [given, at, special]] of Object.entries(cases))
    scenario(
      `say what was reached: ${title}`,
      withPlugin({ ...given, options: { _plugin_on_dial_timeout: 77 } }),
      async (centre) => {
        const id = await centre.start(thinking);
        await centre.run(at);
        const { ixn } = (await centre.query(await centre.sessionOf(id)))['data'] as { ixn?: string };
        const session = await centre.sessionOf(id);
        expect(await givenTo(centre, id)).to.deep.equal({
          _interaction_id: ixn,
          _customer_number: NUMBER,
          _gms_service_id: id,
          _ors_service_id: session,
          _user_data: { usr_reason: 'billing', plugin_action: 'none', plugin_wait: 100 },
          _dial_attempt: 1,
          _ttl: 77,
          _reply_url: `${centre.url}/scxml/session/${session}/request/plugin.reply`,
          ...special,
        });
        if (!('_interaction_id' in special)) expect(ixn).to.be.a('string');
      },
    );

  scenario(
    'count the attempts and give the number that was dialled',
    withPlugin({ options: { _max_dial_attempts: 2 } }),
    async (centre) => {
      const id = await centre.start(thinking);
      await centre.run(8);
      await reply(centre, id, { action: 'retry', message: 'OK', delay: 0, customer_number: '5550199' });
      await centre.run(8);
      expect(await givenTo(centre, id)).to.include({ _dial_attempt: 2, _customer_number: '5550199' });
    },
  );
});

describe('a reply by HTTP', () => {
  scenario('is taken as a form and as JSON', withPlugin(), async (centre) => {
    const [form, json] = [await centre.start(thinking), await centre.start(thinking)];
    await centre.run(10);
    const taken = [
      await reply(centre, form, new URLSearchParams({ action: 'cancel', message: 'OK' })),
      await reply(centre, json, { action: 'cancel', message: 'OK' }),
    ];
    expect(taken.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect([await centre.state(form), await centre.state(json)]).to.deep.equal(Array(2).fill('COMPLETED / CANCELLED'));
  });

  const wrong = {
    'an action that does not exist': { action: 'dance', message: 'OK' },
    'no action': { message: 'OK' },
    'no data at all': undefined,
    'route_to_rp without a destination': { action: 'route_to_rp' },
  };
  for (const [title, body] of Object.entries(wrong))
    scenario(`is refused with 400 and may be corrected: ${title}`, withPlugin(), async (centre) => {
      const id = await centre.start(thinking);
      await centre.run(10);
      const { status, data } = await reply(centre, id, body);
      expect(status).to.equal(400);
      expect(data['message']).to.match(/^action must be cancel, retry, route_to_agent, or route_to_rp/);
      expect((await reply(centre, id, { action: 'route_to_agent', message: 'OK' })).status).to.equal(200);
      await centre.run(10);
      expect(await centre.state(id)).to.equal('COMPLETED / AGENT_CONNECTED');
    });

  for (const action of ['route_to_agent', 'route_to_rp'])
    scenario(
      `is refused with 400 and may be corrected: ${action} without a call`,
      withPlugin({ customer: { kind: 'noAnswer' } }),
      async (centre) => {
        const id = await centre.start(thinking);
        await centre.run(40);
        const { status, data } = await reply(centre, id, { action, message: '5000@SIP_Switch' });
        expect([status, data['message']]).to.deep.equal([
          400,
          'there is no call to route: answer with action cancel or retry',
        ]);
        expect((await reply(centre, id, { action: 'cancel', message: 'OK' })).status).to.equal(200);
        expect(await centre.state(id)).to.equal('COMPLETED / CANCELLED');
      },
    );

  for (const delay of ['soon', '', '-1', 'Infinity'])
    scenario(
      `keeps _dial_retry_timeout when the delay is no number of seconds: "${delay}"`,
      withPlugin({ customer: { kind: 'busy' }, options: { _max_dial_attempts: 2, _dial_retry_timeout: 50 } }),
      async (centre) => {
        const id = await centre.start(thinking);
        await centre.run(1);
        expect((await reply(centre, id, { action: 'retry', message: 'OK', delay })).status).to.equal(200);
        await centre.run(60);
        expect(centre.timeline.at(-3)).to.equal(`51 dial 91${NUMBER}`);
      },
    );

  scenario('that nobody expects is refused with 409, and the callback goes on', {}, async (centre) => {
    const id = await centre.start();
    await centre.run(8);
    expect((await reply(centre, id, { action: 'cancel', message: 'OK' })).status).to.equal(409);
    await centre.run(2);
    expect(await centre.state(id)).to.equal('COMPLETED / AGENT_CONNECTED');
    expect((await reply(centre, id, { action: 'cancel', message: 'OK' })).status).to.equal(409);
  });
});

describe('the customer hangs up while the plugin thinks', () => {
  const hangsUp = withPlugin({
    customer: [{ kind: 'human', patienceMs: 4_000 }, { kind: 'busy' }],
    options: { _max_dial_attempts: 2, _plugin_on_dial_timeout: 60 },
  });
  const answers = (centre: Centre, id: string, action: string) =>
    reply(centre, id, { action, message: 'interaction_deleted' });

  scenario('and the plugin says cancel', hangsUp, async (centre) => {
    const id = await centre.start(thinking);
    await centre.run(20);
    expect((await answers(centre, id, 'cancel')).status).to.equal(200);
    expect(centre.timeline.slice(-3)).to.deep.equal([
      '10 customer hangs up',
      '10 call ends',
      '20 COMPLETED / CANCELLED',
    ]);
  });

  scenario('and the plugin says retry', hangsUp, async (centre) => {
    const id = await centre.start(thinking);
    await centre.run(20);
    expect((await answers(centre, id, 'retry')).status).to.equal(200);
    await centre.run(301);
    expect(centre.timeline.slice(-3)).to.deep.equal([
      `320 dial 91${NUMBER}`,
      '320.3 customer is busy',
      '320.3 call ends',
    ]);
  });

  scenario('and the plugin wants an agent, which is refused, and then says nothing', hangsUp, async (centre) => {
    const id = await centre.start(thinking);
    await centre.run(20);
    expect((await answers(centre, id, 'route_to_agent')).status).to.equal(400);
    await centre.toTheEnd();
    expect(centre.timeline.slice(-2)).to.deep.equal(['10 call ends', '67.54 COMPLETED / FAIL_ERROR']);
  });
});
