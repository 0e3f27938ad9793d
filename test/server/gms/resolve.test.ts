import { expect } from 'chai';
import fc from 'fast-check';
import { join } from 'node:path';
import { demoServices } from '../../../server/gms/demo-services.js';
import { CallbackError } from '../../../server/gms/errors.js';
import { requestOf } from '../../../server/gms/request.js';
import { resolve, type Options } from '../../../server/gms/resolve.js';
import { serviceNamed, servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';

const templates = readTemplates(join(import.meta.dirname, '../../../templates'));
const { options: demo } = demoServices.BasicCallback;

function resolved(configured: object, asked: object = {}): Options {
  const services = servicesOf(
    { S: { template: 'callback', options: { ...demo, ...configured } } },
    templates,
    'a test',
  );
  return resolve(serviceNamed(services, 'S'), requestOf(asked));
}

function refusal(configured: object, asked: object = {}): CallbackError['body'] {
  try {
    resolved(configured, asked);
  } catch (error) {
    if (error instanceof CallbackError) return error.body;
    throw error;
  }
  throw new Error('it was resolved');
}

describe('resolve', () => {
  it('takes the service, then the request, then the default, whatever is given where', () => {
    const someText = fc.constantFrom(undefined, '', 'A', 'B', 'C');
    const some = fc.record({
      configured: someText,
      asked: someText,
      overwritable: fc.boolean(),
      name: fc.constantFrom('_target', '_prefix_dial_out', '_other'),
    });
    const defaults: Readonly<Record<string, string>> = { _prefix_dial_out: '91' };
    fc.assert(
      fc.property(some, ({ configured, asked, overwritable, name }) => {
        const service = { [name]: configured, ...(overwritable && { _overwritable_options: '_ors, _target' }) };
        const request = asked === undefined ? {} : { [name]: asked };
        const order = overwritable && name === '_target' ? [asked, configured] : [configured, asked];
        const winner = [...order, defaults[name]].find((value) => value !== undefined && value !== '');
        if (winner === undefined && name === '_target') expect(refusal(service, request).code).to.equal(50020);
        else expect(resolved(service, request).get(name)).to.equal(winner);
      }),
    );
  });

  it('gives every option of the template that has a value, by its type', () => {
    const options = resolved({ _ttl: '60', _cpd_enable: 'FALSE', _ixn_redirect_hints: '{"CPNDigits":"1"}' });
    expect(options.get('_ttl')).to.equal(60);
    expect(options.get('_cpd_enable')).to.equal(false);
    expect(options.get('_ixn_redirect_hints')).to.deep.equal({ CPNDigits: '1' });
    expect(options.get('_max_dial_attempts')).to.equal(3);
    expect(options.has('_urs_vq_priority')).to.equal(false);
  });

  it('passes on what the template does not know: the service first, then the request', () => {
    const options = resolved({ _mine: 'a', own: 'b' }, { _mine: 'x', _device_os: 'iOS', usr_reason: 'billing' });
    expect(options.get('_mine')).to.equal('a');
    expect(options.get('own')).to.equal('b');
    expect(options.get('_device_os')).to.equal('iOS');
    expect(options.has('usr_reason')).to.equal(false);
  });

  for (const name of ['_overwritable_options', '_customer_lookup_keys', '_mandatory_customer_lookup_keys', '_type']) {
    it(`does not let a request set ${name}`, () => {
      const byDefault = templates.get('callback')?.options.get(name)?.default;
      expect(resolved({}, { [name]: '_target' }).get(name)).to.equal(byDefault);
    });
  }

  it('replaces tokens from the request everywhere in the configuration, as the example of the guide', () => {
    const options = resolved(
      { my_token_name: '$my_token$', _target: 'Billing@$my_token$.GA', _ixn_redirect_hints: { a: ['$n$ of $n$'] } },
      { my_token: 'Stat_Server1', n: 7 },
    );
    expect(options.get('my_token_name')).to.equal('Stat_Server1');
    expect(options.get('_target')).to.equal('Billing@Stat_Server1.GA');
    expect(options.get('_ixn_redirect_hints')).to.deep.equal({ a: ['7 of 7'] });
  });

  it('keeps the value of a token inside its JSON string', () => {
    const options = resolved({ _ixn_redirect_hints: '{"a":"$t$"}' }, { t: '","b":"$t$' });
    expect(options.get('_ixn_redirect_hints')).to.deep.equal({ a: '","b":"$t$' });
  });

  it('leaves a sum of dollars alone', () => {
    expect(resolved({ _note: '$5 or $6' }).get('_note')).to.equal('$5 or $6');
  });

  it('does not need a token of a value that the request overwrites', () => {
    const configured = { _target: 'Billing@$t$.GA', _overwritable_options: '_target' };
    expect(resolved(configured, { _target: 'X@S.A' }).get('_target')).to.equal('X@S.A');
  });

  const refusals: readonly (readonly [string, object, object, number, string])[] = [
    [
      'a boolean of the service',
      { _cpd_enable: 'maybe' },
      {},
      50020,
      'Option _cpd_enable is invalid: service S has "maybe", allowed: true, false',
    ],
    [
      'an enum of the service',
      { _on_user_confirm_timeout: 'MAYBE' },
      {},
      50020,
      'Option _on_user_confirm_timeout is invalid: service S has "MAYBE", allowed: CONNECT-ANYWAY, CANCEL',
    ],
    [
      'json of the service',
      { _ixn_redirect_hints: '{' },
      {},
      50020,
      'Option _ixn_redirect_hints is invalid: service S has "{", allowed: a JSON object or array',
    ],
    ['an unknown _type', { _type: 'x' }, {}, 50020, 'Service S has unknown value for option _type'],
    ['a builtin service', { _type: 'builtin' }, {}, 50020, 'Service S has option _type != ors'],
    ['another kind of service', { _service: 'capacity' }, {}, 50020, 'Service S has option _service != callback'],
    ['a mandatory option without value', { _target: '' }, {}, 50020, 'Option service.S / _target not configured.'],
    [
      'an overwritable option beyond the two',
      { _overwritable_options: '_ors,_ttl' },
      {},
      50020,
      'Option _overwritable_options is invalid: service S has "_ors,_ttl", allowed: _ors, _target',
    ],
    [
      'an integer of the request',
      {},
      { _ttl: '1.5' },
      40010,
      'Option _ttl is invalid: "1.5", allowed: a whole number, 0 or more',
    ],
    [
      'an integer below its minimum',
      {},
      { _max_dial_attempts: 0 },
      40010,
      'Option _max_dial_attempts is invalid: 0, allowed: a whole number, 1 or more',
    ],
    [
      'an integer beyond 32 bits',
      {},
      { _ttl: 2 ** 31 },
      40010,
      'Option _ttl is invalid: 2147483648, allowed: a whole number, 0 or more',
    ],
    [
      'an object for a text',
      {},
      { _prefix_dial_out: { a: 1 } },
      40010,
      'Option _prefix_dial_out is invalid: {"a":1}, allowed: a text',
    ],
    [
      'a token without value',
      { _note: '$t$' },
      { t: '' },
      40010,
      'Missing parameter t: option _note of service S needs it',
    ],
    ['a token that is an object', { _note: '$t$' }, { t: {} }, 40010, 'Parameter t must be a string'],
    [
      'a token named like an inherited property',
      { _note: '$toString$' },
      {},
      40010,
      'Missing parameter toString: option _note of service S needs it',
    ],
  ];
  for (const [what, configured, asked, code, message] of refusals) {
    it(`refuses ${what} with ${code}`, () => {
      expect(refusal(configured, asked)).to.deep.include({ code, message });
    });
  }
});
