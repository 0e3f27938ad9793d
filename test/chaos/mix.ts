/** The kinds of callbacks of a chaos run, a row each: what they are started with, and what their customers do. `plan.ts` draws. */
import type { Party } from '../../server/voice/simulated/behaviour.js';
import type { Draw } from './draw.js';

interface Kind {
  /** How many of all, in proportion. */
  readonly weight: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Drawn for each. */
  readonly drawn?: (draw: Draw) => Readonly<Record<string, unknown>>;
  /** The customer has a device, and asks it for the call. */
  readonly connects?: true;
}

const originated = { _call_direction: 'USERORIGINATED', _booking_expiration_timeout: 300 };
const confirming = { _wait_for_user_confirm: true, _user_confirm_timeout: 20, _device_notification_id: 'device' };

const agentFirst = { _userterminated_first_connect_party: 'AGENT' };

/** What VoiceXML applications return. */
export const applications = {
  'http://vxml/routes': { lastsMs: 4_000, result: { treatment_result: { action: 'route_to_agent', message: 'Ok' } } },
  'http://vxml/cancels': { lastsMs: 4_000, result: { treatment_result: { action: 'cancel', message: 'Ok' } } },
  'http://vxml/retries': { lastsMs: 4_000, result: { treatment_result: { action: 'retry', message: 'Ok' } } },
  'http://vxml/says-nothing': { lastsMs: 4_000, result: {} },
};

export const kinds = {
  immediate: { weight: 5, options: {} },
  delayed: { weight: 4, options: { _wait_for_agent: true } },
  'delayed, to be confirmed': {
    weight: 2,
    options: { _wait_for_agent: true, ...confirming },
    drawn: (draw) => ({ _on_user_confirm_timeout: draw.of('CANCEL', 'CONNECT-ANYWAY') }),
    connects: true,
  },
  'with a plugin': {
    weight: 3,
    options: { _plugin_on_dial_url: 'plugin-sample', _plugin_on_dial_timeout: 20 },
    drawn: (draw) => ({
      _plugin_on_dial_associate_ixn: draw.chance(0.5),
      _plugin_on_dial_invoke_on_call_failed: draw.chance(0.5),
      plugin_action: draw.of(undefined, undefined, undefined, 'retry', 'cancel', 'none', 'nonsense', 'route_to_agent'),
      // slow, or later than it may be
      plugin_wait: draw.of(undefined, undefined, 5, 30),
      plugin_keep: draw.of(undefined, undefined, undefined, true),
      plugin_delay: draw.of(undefined, 0, 30),
    }),
  },
  'with a plugin that is not there': { weight: 1, options: { _plugin_on_dial_url: 'no-such-plugin' } },
  'with a VoiceXML application': {
    weight: 2,
    options: {},
    drawn: (draw) => ({
      _on_customer_connect_treatment_url: draw.of(...Object.keys(applications), 'http://vxml/gone'),
    }),
  },
  'user originated': {
    weight: 3,
    options: originated,
    drawn: (draw) => ({ _provide_code: draw.chance(0.3) }),
    connects: true,
  },
  'user originated, delayed': {
    weight: 2,
    options: { ...originated, ...confirming, _wait_for_agent: true },
    connects: true,
  },
  'agent first': {
    weight: 2,
    options: agentFirst,
    drawn: (draw) => ({ _agent_first_via_rp: draw.chance(0.5) }),
  },
  'agent first from a trunk group': {
    weight: 1,
    options: { ...agentFirst, _agent_first_via_tg: true, _trunk_group: 'Trunks@SIP_Switch' },
  },
  chat: { weight: 2, options: { _media_type: 'chat' } },
  'chat, delayed': { weight: 1, options: { _media_type: 'chat', _wait_for_agent: true }, connects: true },
} satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

export const kindOf = (name: KindName): Kind => kinds[name];

/** Of every kind. */
export const optionsFor = (draw: Draw): Readonly<Record<string, unknown>> => ({
  _ttl: draw.of(120, 1_800, 3_600),
  _max_dial_attempts: draw.of(1, 2, 3),
  _dial_retry_timeout: draw.of(0, 10, 60),
  _max_time_to_wait_for_agent_on_the_call: draw.of(5, 60, 600),
  _urs_queued_ttl: draw.of(60, 1_800),
  _max_transfer_to_agent_attempts: draw.of(1, 3),
  _agent_transfer_confirm_timeout: draw.of(0, 0, 5),
  _ixn_redirect_confirm: draw.chance(0.8),
  _retain_session_until_ixn_deleted: draw.chance(0.3),
  _cpd_enable: draw.chance(0.8),
  _treatment_customer_connect: draw.of('', 'hello.wav'),
  _do_not_call_items: draw.of('', '', '', '', '', '', '3600,20,21'),
});

/** Who is there at one attempt, or calls. */
export const partyFor = (draw: Draw): Party => {
  const answerMs = draw.of(0, 2_000, 6_000, 15_000);
  const human = { kind: 'human' as const, answerMs, patienceMs: draw.of(3_000, 60_000, 400_000), talkMs: 30_000 };
  if (draw.chance(0.6)) return human;
  return draw.of<Party>(
    ...[{ kind: 'machine', answerMs } as const, { kind: 'fax', answerMs } as const],
    ...([{ kind: 'noAnswer' }, { kind: 'busy' }, { kind: 'unreachable' }] as const),
  );
};
