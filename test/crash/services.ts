/** The callback services of the suite, on the simulated contact centre: the last digit of the number says what the customer does. */
import { unguarded } from '../support/unguarded.js';

/** Milliseconds before its desired time at which a callback begins. */
export const BUFFER = 1000;
/** Dial attempts of a callback. */
export const ATTEMPTS = 2;

const options = {
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@StatServer.GA',
  _request_execution_time_buffer: BUFFER / 1000,
  _max_dial_attempts: ATTEMPTS,
  _dial_retry_timeout: 1,
  _max_time_to_wait_for_agent_on_the_call: 3,
};

export const services = unguarded({
  swift: { template: 'callback', options: { ...options, _ixn_createcall_timeout: 1 } },
  patient: { template: 'callback', options: { ...options, _ixn_createcall_timeout: 10 } },
});
