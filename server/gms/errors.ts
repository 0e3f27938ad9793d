/**
 * Every error that a callback service answers: codes, phrases, exceptions, properties and messages of the Callback guide
 * ("Start or Schedule Callback", "Cancel-Callback", "Query-Callback by Lookup Properties"), to the letter. The services
 * throw `callbackError(...)`; `routes.ts` answers its status and body. What the guide does not know of is at the end of each table.
 */
import { messageOf, problem, Problem, type Code } from '../problems.js';
import { StoreUnavailable } from '../store/port.js';

/** By phrase: the HTTP status, the code, the last part of the exception's name, and which facts the body repeats. */
export const phrases = {
  BAD_PARAMETER: {
    status: 400,
    code: 40010,
    exception: 'BadParameter',
    properties: ['id', 'keys', 'day', 'properties', 'option'],
  },
  INVALID_OPERATION: {
    status: 400,
    code: 40020,
    exception: 'InvalidOperation',
    properties: ['id', 'service', 'time', 'state', 'message', 'filter'],
  },
  CALLBACK_NOT_FOUND: { status: 400, code: 40030, exception: 'NotFound', properties: ['id', 'service', 'time'] },
  NUMBER_REJECTED: { status: 400, code: 40040, exception: 'Number', properties: [] },
  NUMBER_ALREADY_BOOKED: { status: 429, code: 40001, exception: 'AlreadyBooked', properties: ['max_queued'] },
  THROTTLE_SERVICE_LIMIT: { status: 429, code: 40002, exception: 'Throttled', properties: ['service'] },
  THROTTLE_SERVICE_INTERVAL_LIMIT: {
    status: 429,
    code: 40003,
    exception: 'Throttled',
    properties: ['service', 'interval'],
  },
  THROTTLE_SERVICE_PARAMETER_LIMIT: {
    status: 429,
    code: 40004,
    exception: 'Throttled',
    properties: ['service', 'parameter', 'attempts'],
  },
  SLOT_UNAVAILABLE: { status: 400, code: 40050, exception: 'Availability', properties: ['slot', 'service'] },
  SLOT_UNAVAILABLE_PROPOSAL: { status: 400, code: 40051, exception: 'Availability', properties: ['slot', 'service'] },
  CAPACITY_ERROR: { status: 500, code: 50004, exception: 'CapacityError', properties: [] },
  CALENDAR_ERROR: { status: 500, code: 50005, exception: 'CalendarError', properties: [] },
  ORS_MAX_SUBMIT_RETRIES: {
    status: 500,
    code: 50006,
    exception: 'MaxORSSubmitAttempts',
    properties: ['id', 'max-attempts'],
  },
  BAD_CONFIGURATION: { status: 500, code: 50020, exception: 'Configuration', properties: ['service'] },
  ORS_ERROR: { status: 500, code: 50030, exception: 'FromORS', properties: [] },
  SERVICE_REDIRECT_FAILED: { status: 500, code: 50040, exception: 'ServiceRedirect', properties: [] },
  UNKNOWN_ERROR: { status: 500, code: 50050, exception: 'Unknown', properties: ['message'] },
  URS_ERROR: { status: 502, code: 50290, exception: 'FromURS', properties: [] },
  STATISTIC_NOT_DEFINED: { status: 403, code: 40390, exception: 'StatisticNotDefined', properties: [] },
  THROTTLE_REQUEST_LIMIT: { status: 429, code: 42990, exception: 'Throttled', properties: [] },
  IDEMPOTENCY_KEY_INVALID: { status: 400, code: 40090, exception: 'IdempotencyKeyInvalid', properties: [] },
  IDEMPOTENCY_KEY_REUSED: { status: 422, code: 42290, exception: 'IdempotencyKeyReused', properties: [] },
  STORE_UNAVAILABLE: { status: 503, code: 50390, exception: 'StoreUnavailable', properties: [] },
} as const satisfies Record<string, { status: number; code: number; exception: string; properties: readonly string[] }>;

/** What can go wrong: its phrase and its message, with facts in braces. A bare `{message}` is one the guide leaves open. */
const messages = {
  badParameter: ['BAD_PARAMETER', '{message}'],
  keysMissing: ['BAD_PARAMETER', 'Callback {id} does not contain the mandatory customer lookup keys {keys}'],
  noLookup: ['BAD_PARAMETER', 'No lookup possible. No properties to look for.'],
  noSuchLookup: ['BAD_PARAMETER', 'No such lookup possible for {properties}'],
  notCancellable: [
    'INVALID_OPERATION',
    'Callback {id} cannot be cancelled or completed - _callback_state={_callback_state}',
  ],
  cancelFailed: [
    'INVALID_OPERATION',
    'Callback {id} cannot be cancelled - unable to process ORS cancel request : {message} ',
  ],
  noSession: [
    'INVALID_OPERATION',
    'Callback {id} cannot be cancelled - No ORS session found. (_callback_state=QUEUED while _ors_session_id=null?)',
  ],
  notDeletable: ['INVALID_OPERATION', 'Callback {id} cannot be deleted - _callback_state={_callback_state}'],
  notCompleted: [
    'INVALID_OPERATION',
    'Request cannot be processed because callback {id} to copy is not COMPLETED. Check parameter _copy_from_id',
  ],
  notScheduled: ['INVALID_OPERATION', 'Callback {id} is no longer scheduled. State={state}'],
  isOver: ['INVALID_OPERATION', 'Rejecting update : {service}=[{id} @ {time}] - reached state COMPLETED'],
  invalidService: ['INVALID_OPERATION', 'Invalid service stored for callback {id}.'],
  notExecuted: [
    'INVALID_OPERATION',
    'Callback {id} waits to be executed - its _callback_state can be SCHEDULED, QUEUED or COMPLETED, not {asked}',
  ],
  badFilter: ['INVALID_OPERATION', "Cannot process 'filter' parameter correctly : {filter}"],
  tooWide: [
    'INVALID_OPERATION',
    'Query range spans too wide time range ({span} / {allowed}). Adjust query parameters for time range.',
  ],
  notFound: ['CALLBACK_NOT_FOUND', 'Callback {id} cannot be found'],
  numberBooked: [
    'NUMBER_ALREADY_BOOKED',
    'There is already {max_queued} or more Callbacks QUEUED for this number, please refer to _enable_in_queue_checking for detail.',
  ],
  serviceLimit: ['THROTTLE_SERVICE_LIMIT', 'Limit of queued callbacks for {service} is reached.'],
  intervalLimit: [
    'THROTTLE_SERVICE_INTERVAL_LIMIT',
    'Limit of queued callbacks for {service} is reached for interval {interval}s.',
  ],
  parameterLimit: [
    'THROTTLE_SERVICE_PARAMETER_LIMIT',
    'Limit of queued callbacks for {service} is reached for parameter {parameter}. Reached {attempts} times today.',
  ],
  numberInvalid: [
    'NUMBER_REJECTED',
    'Customer Number is not allowed, because it is invalid. Check option _disallow_impossible_phone_numbers',
  ],
  numberPremium: [
    'NUMBER_REJECTED',
    "Customer Number is not allowed, because it's a premium number. Check option _disallow_premium_phone_numbers",
  ],
  numberFailed: [
    'NUMBER_REJECTED',
    'Customer Number is not allowed, because it failed validating. Check option _disallow_impossible_phone_numbers',
  ],
  numberException: ['NUMBER_REJECTED', 'Customer Number is not allowed. Check option _exceptions'],
  noCountry: [
    'BAD_CONFIGURATION',
    'Service option {service} / _default_country is not configured. But option {option} is set. We cannot validate phone numbers without knowing the country.',
  ],
  tooEarly: [
    'BAD_PARAMETER',
    'Callback {id} contains _desired_time property in the past (-{past}s < {ahead}s < {future}s) - epoch {epoch}s',
  ],
  tooLate: [
    'BAD_PARAMETER',
    'Callback request contains _desired_time property too far in future (-{past}s < {ahead}s < {future}s) - epoch {epoch}s',
  ],
  periodPast: ['BAD_PARAMETER', 'No time slots available. The requested time period is in the past.'],
  noSlots: ['SLOT_UNAVAILABLE', 'No time slots available.'],
  slotFull: ['SLOT_UNAVAILABLE_PROPOSAL', 'Too many requests at desired time slot {slot}. Proposing time slots.'],
  slotClosed: ['SLOT_UNAVAILABLE_PROPOSAL', 'Office is closed at desired time slot {slot}. Proposing time slots.'],
  capacityError: ['CAPACITY_ERROR', '{message}'],
  calendarError: ['CALENDAR_ERROR', '{message}'],
  submitRetries: [
    'ORS_MAX_SUBMIT_RETRIES',
    'Callback {id} reached maximum attempts to submit to ORS reached ({max-attempts})',
  ],
  unknownService: ['BAD_CONFIGURATION', 'Service undefined: {service}'],
  unknownType: ['BAD_CONFIGURATION', 'Service {service} has unknown value for option _type'],
  typeNotOrs: ['BAD_CONFIGURATION', 'Service {service} has option _type != ors'],
  notCallback: ['BAD_CONFIGURATION', 'Service {service} has option _service != callback'],
  notConfigured: ['BAD_CONFIGURATION', 'Option service.{service} / {option} not configured.'],
  badOption: ['BAD_CONFIGURATION', 'Option {option} is invalid: {message}'],
  redirectFailed: ['SERVICE_REDIRECT_FAILED', '{message}'],
  orsError: ['ORS_ERROR', '{message}'],
  unknown: ['UNKNOWN_ERROR', 'Error processing callback {message} '],
  notBuiltin: ['BAD_CONFIGURATION', 'Service {service} is no builtin service that can be asked'],
  ursError: ['URS_ERROR', 'URS cannot be asked: {message}'],
  undefinedStatistic: ['STATISTIC_NOT_DEFINED', '{message}'],
  throttled: ['THROTTLE_REQUEST_LIMIT', '{message}'],
  keyInvalid: ['IDEMPOTENCY_KEY_INVALID', '{message}'],
  keyReused: ['IDEMPOTENCY_KEY_REUSED', '{message}'],
  storeUnavailable: ['STORE_UNAVAILABLE', '{message}'],
} as const satisfies Record<string, readonly [keyof typeof phrases, string]>;

export type CallbackErrorName = keyof typeof messages;
export type Facts = Readonly<Record<string, unknown>>;

export class CallbackError extends Error {
  constructor(
    readonly status: number,
    readonly body: {
      readonly code: number;
      readonly phrase: string;
      readonly message: string;
      readonly exception: string;
      readonly properties: Facts;
      /** Free places by when their slots begin, where they are proposed. */
      readonly availability?: Readonly<Record<string, number>>;
    },
  ) {
    super(body.message);
    this.name = 'CallbackError';
  }
}

export function callbackError(name: CallbackErrorName, facts: Facts = {}): CallbackError {
  const [phrase, text] = messages[name];
  const { status, code, exception, properties } = phrases[phrase];
  const known: readonly string[] = properties;
  return new CallbackError(status, {
    code,
    phrase,
    message: text.replace(/\{([\w-]+)\}/g, (_, fact: string) => written(facts[fact])),
    exception: `com.genesyslab.gsg.services.callback.CallbackException${exception}`,
    properties: Object.fromEntries(Object.entries(facts).filter(([fact]) => known.includes(fact))),
  });
}

/** Problems of the server that have a body here. */
const byProblem: Partial<Record<Code, CallbackErrorName>> = {
  PARAMETER_MISSING: 'badParameter',
  PARAMETER_INVALID: 'badParameter',
  EVENT_NAME_INVALID: 'badParameter',
  TOO_MANY_REQUESTS: 'throttled',
  IDEMPOTENCY_KEY_INVALID: 'keyInvalid',
  IDEMPOTENCY_KEY_REUSED: 'keyReused',
  STORE_UNAVAILABLE: 'storeUnavailable',
};

/** The store cannot write: nothing is decided. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreUnavailable || (error instanceof Problem && error.code === 'STORE_UNAVAILABLE');

/** Whatever a callback service failed with, as it is answered. */
export function callbackErrorOf(error: unknown): CallbackError {
  if (error instanceof CallbackError) return error;
  const known = error instanceof StoreUnavailable ? problem('STORE_UNAVAILABLE', error.message) : error;
  const name = known instanceof Problem ? byProblem[known.code] : undefined;
  return callbackError(name ?? 'unknown', { message: messageOf(known) });
}

const written = (fact: unknown): string => (typeof fact === 'string' ? fact : JSON.stringify(fact));
