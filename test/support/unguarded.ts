/**
 * Services for tests of what comes after the guards: any number may be called back as often as a test likes. What a service says
 * itself counts; `test/server/gms/guards/` is about the guards.
 */
const unlimited = 2 ** 31 - 1;

const unguardedOptions = {
  _disallow_impossible_phone_numbers: false,
  _disallow_premium_phone_numbers: false,
  _fix_plus_on_int_phone_numbers: false,
  _enable_in_queue_checking: false,
  _max_queued_callbacks_per_service: unlimited,
  _throttle_callbacks_per_service_1: unlimited,
  _throttle_callbacks_per_service_2: unlimited,
  _throttle_request_parameters: '_none',
  _max_request_by_time_bucket: unlimited,
  _reject_future_desired_time: '999y',
};

interface Configured {
  readonly template?: unknown;
  readonly options?: object;
}

export const unguarded = (services: object): object =>
  Object.fromEntries(
    Object.entries(services as Readonly<Record<string, Configured>>).map(([name, service]) => [
      name,
      service.template === 'callback' ? { ...service, options: { ...unguardedOptions, ...service.options } } : service,
    ]),
  );
