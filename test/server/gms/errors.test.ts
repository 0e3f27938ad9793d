import { expect } from 'chai';
import { callbackError, callbackErrorOf, type CallbackErrorName, type Facts } from '../../../server/gms/errors.js';
import { problem } from '../../../server/problems.js';
import { StoreUnavailable } from '../../../server/store/port.js';

const cls = (name: string): string => `com.genesyslab.gsg.services.callback.CallbackException${name}`;

type Row = readonly [CallbackErrorName, Facts, number, number, string, string, string, Facts];

// The guide, "Start or Schedule Callback", "Cancel-Callback" and "Query-Callback by Lookup Properties": the tables of responses.
const guide: readonly Row[] = [
  [
    'badParameter',
    { message: 'Unparseable date: "x"' },
    400,
    40010,
    'BAD_PARAMETER',
    'Unparseable date: "x"',
    'BadParameter',
    {},
  ],
  [
    'badParameter',
    { message: 'm', keys: '_email', secret: 1 },
    400,
    40010,
    'BAD_PARAMETER',
    'm',
    'BadParameter',
    { keys: '_email' },
  ],
  [
    'numberBooked',
    { max_queued: 2 },
    429,
    40001,
    'NUMBER_ALREADY_BOOKED',
    'There is already 2 or more Callbacks QUEUED for this number, please refer to _enable_in_queue_checking for detail.',
    'AlreadyBooked',
    { max_queued: 2 },
  ],
  [
    'serviceLimit',
    { service: 's' },
    429,
    40002,
    'THROTTLE_SERVICE_LIMIT',
    'Limit of queued callbacks for s is reached.',
    'Throttled',
    { service: 's' },
  ],
  [
    'intervalLimit',
    { service: 's', interval: 5 },
    429,
    40003,
    'THROTTLE_SERVICE_INTERVAL_LIMIT',
    'Limit of queued callbacks for s is reached for interval 5s.',
    'Throttled',
    { service: 's', interval: 5 },
  ],
  [
    'parameterLimit',
    { service: 's', parameter: 'p', attempts: 6 },
    429,
    40004,
    'THROTTLE_SERVICE_PARAMETER_LIMIT',
    'Limit of queued callbacks for s is reached for parameter p. Reached 6 times today.',
    'Throttled',
    { service: 's', parameter: 'p', attempts: 6 },
  ],
  ['noLookup', {}, 400, 40010, 'BAD_PARAMETER', 'No lookup possible. No properties to look for.', 'BadParameter', {}],
  [
    'noSuchLookup',
    { properties: { _x: '1' } },
    400,
    40010,
    'BAD_PARAMETER',
    'No such lookup possible for {"_x":"1"}',
    'BadParameter',
    { properties: { _x: '1' } },
  ],
  [
    'notCancellable',
    { id: '1-a', service: 's', state: 'PROCESSING', _callback_state: 'PROCESSING' },
    400,
    40020,
    'INVALID_OPERATION',
    'Callback 1-a cannot be cancelled or completed - _callback_state=PROCESSING',
    'InvalidOperation',
    { id: '1-a', service: 's', state: 'PROCESSING' },
  ],
  [
    'cancelFailed',
    { id: '1-a', message: 'gone' },
    400,
    40020,
    'INVALID_OPERATION',
    'Callback 1-a cannot be cancelled - unable to process ORS cancel request : gone ',
    'InvalidOperation',
    { id: '1-a', message: 'gone' },
  ],
  [
    'noSession',
    { id: '1-a' },
    400,
    40020,
    'INVALID_OPERATION',
    'Callback 1-a cannot be cancelled - No ORS session found. (_callback_state=QUEUED while _ors_session_id=null?)',
    'InvalidOperation',
    { id: '1-a' },
  ],
  [
    'notFound',
    { id: '1-a', service: 's' },
    400,
    40030,
    'CALLBACK_NOT_FOUND',
    'Callback 1-a cannot be found',
    'NotFound',
    { id: '1-a', service: 's' },
  ],
  [
    'submitRetries',
    { id: '1-a', 'max-attempts': 3 },
    500,
    50006,
    'ORS_MAX_SUBMIT_RETRIES',
    'Callback 1-a reached maximum attempts to submit to ORS reached (3)',
    'MaxORSSubmitAttempts',
    { id: '1-a', 'max-attempts': 3 },
  ],
  [
    'unknownService',
    { service: 's' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Service undefined: s',
    'Configuration',
    { service: 's' },
  ],
  [
    'unknownType',
    { service: 's' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Service s has unknown value for option _type',
    'Configuration',
    { service: 's' },
  ],
  [
    'typeNotOrs',
    { service: 's' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Service s has option _type != ors',
    'Configuration',
    { service: 's' },
  ],
  [
    'notCallback',
    { service: 's' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Service s has option _service != callback',
    'Configuration',
    { service: 's' },
  ],
  [
    'notConfigured',
    { service: 's', option: '_business_hours_service' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Option service.s / _business_hours_service not configured.',
    'Configuration',
    { service: 's' },
  ],
  [
    'badOption',
    { service: 's', option: '_business_hours_service', message: 'm' },
    500,
    50020,
    'BAD_CONFIGURATION',
    'Option _business_hours_service is invalid: m',
    'Configuration',
    { service: 's' },
  ],
  ['orsError', { message: 'no such document' }, 500, 50030, 'ORS_ERROR', 'no such document', 'FromORS', {}],
  ['redirectFailed', { message: 'm' }, 500, 50040, 'SERVICE_REDIRECT_FAILED', 'm', 'ServiceRedirect', {}],
  [
    'unknown',
    { message: 'disk full' },
    500,
    50050,
    'UNKNOWN_ERROR',
    'Error processing callback disk full ',
    'Unknown',
    { message: 'disk full' },
  ],
];

/** Of what the guide does not know of. */
const others = [
  [problem('STORE_UNAVAILABLE', 'disk full'), 503, 50390, 'STORE_UNAVAILABLE', 'StoreUnavailable', /disk full/],
  [new StoreUnavailable('disk full'), 503, 50390, 'STORE_UNAVAILABLE', 'StoreUnavailable', /disk full.*try again/],
  [problem('IDEMPOTENCY_KEY_INVALID'), 400, 40090, 'IDEMPOTENCY_KEY_INVALID', 'IdempotencyKeyInvalid', /1 to 255/],
  [problem('IDEMPOTENCY_KEY_REUSED', 'k'), 422, 42290, 'IDEMPOTENCY_KEY_REUSED', 'IdempotencyKeyReused', /"k"/],
  [problem('INTERNAL'), 500, 50050, 'UNKNOWN_ERROR', 'Unknown', /went wrong/],
  [new Error('odd'), 500, 50050, 'UNKNOWN_ERROR', 'Unknown', /odd/],
  ['odd', 500, 50050, 'UNKNOWN_ERROR', 'Unknown', /odd/],
  [callbackError('orsError', { message: 'm' }), 500, 50030, 'ORS_ERROR', 'FromORS', /^m$/],
] as const;

describe('callbackErrorOf', () => {
  for (const [error, status, code, phrase, exception, says] of others)
    it(`answers ${String(error).slice(0, 40)} as ${code} ${phrase}, in the shape of the guide`, () => {
      const { status: answered, body } = callbackErrorOf(error);
      expect([answered, body.code, body.phrase, body.exception]).to.deep.equal([status, code, phrase, cls(exception)]);
      expect(body.message).to.match(says);
    });
});

describe('callbackError', () => {
  for (const [name, facts, status, code, phrase, message, exception, properties] of guide) {
    it(`answers ${name} with status, code, phrase, message and properties of the guide`, () => {
      const error = callbackError(name, facts);
      expect(error.status).to.equal(status);
      expect(error.body).to.deep.equal({ code, phrase, message, exception: cls(exception), properties });
    });
  }

  it('writes a fact as it is, whatever signs it holds', () => {
    expect(callbackError('orsError', { message: '$& {id} $1' }).message).to.equal('$& {id} $1');
  });
});
