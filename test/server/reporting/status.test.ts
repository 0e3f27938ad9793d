import { expect } from 'chai';
import {
  subscriptionOf,
  targetOf,
  toldOf,
  type Sections,
  type Subscription,
} from '../../../server/reporting/status.js';

const lists: Readonly<Record<string, Sections>> = {
  GMS_Events: {
    properties: {
      _enable_status_notification: 'notify',
      _status_notification_type: 'orscb',
      _status_notification_target: 'http://list',
      _status_notification_provider: 'one',
    },
    _cbe_on_dial_init: {
      notify_params: '_customer_number, c_dialed_number, _device_os, shoe_size,',
      notify_custom: '{"name1": "value1", "c_dialed_number": "secret"}',
    },
    _cbe_on_service_exit: { notify_custom: 'no JSON' },
  },
  Only_Target: { properties: { _status_notification_target: 'http://list' } },
};
const subscription = (known: object): Subscription | undefined =>
  subscriptionOf(known as Record<string, unknown>, (name) => lists[name]);
const sure = (known: object): Subscription => {
  const made = subscription(known);
  if (!made) throw new Error('there is no subscription');
  return made;
};

const always = { event_id: 'e', timestamp: '1', _service_id: 'a', _service_name: 'billing', _callback_state: 'QUEUED' };

describe('the subscription of a callback to its status events', () => {
  it('is there when the service, the request or the list asks for it', () => {
    expect(subscription({})).to.equal(undefined);
    expect(subscription({ _enable_status_notification: 'false' })).to.equal(undefined);
    expect(subscription({ _callback_events_list: 'Only_Target' })).to.equal(undefined);
    expect(subscription({ _callback_events_list: 'Unknown', _enable_status_notification: 'notify' })).to.not.equal(
      undefined,
    );
    for (const mode of ['notify', 'subscribe_notify'])
      expect(subscription({ _enable_status_notification: mode })).to.include({ mode, type: 'httpcb' });
    expect(subscription({ _callback_events_list: 'GMS_Events' })).to.include({ mode: 'notify', type: 'orscb' });
  });

  it('has the target of the service or request where these name one, else that of the list', () => {
    const own = { _callback_events_list: 'GMS_Events', _status_notification_target: 'http://own' };
    expect(targetOf(sure(own))).to.deep.equal({ mode: 'notify', type: 'orscb', target: 'http://own', provider: 'one' });
    const listed = { _callback_events_list: 'Only_Target', _enable_status_notification: 'subscribe_notify' };
    expect(targetOf(sure(listed))).to.include({ mode: 'subscribe_notify', target: 'http://list', type: 'httpcb' });
  });
});

describe('what is told of a status event', () => {
  const fields = { ...always, _customer_number: '5115', c_dialed_number: '95115' };

  it('is all of it without a list', () => {
    expect(toldOf(sure({ _enable_status_notification: 'notify' }), '_cbe_on_dial_init', fields)).to.equal(fields);
  });

  it('is, with a list, what notify_params names and notify_custom adds; what nobody knows is not there', () => {
    const known = { _callback_events_list: 'GMS_Events', shoe_size: 46, unasked: 1, _customer_number: 'old' };
    expect(toldOf(sure(known), '_cbe_on_dial_init', fields)).to.deep.equal({
      ...always,
      _customer_number: '5115',
      c_dialed_number: 'secret',
      shoe_size: 46,
      name1: 'value1',
    });
  });

  it('is all of it where the list has no notify_params', () => {
    expect(toldOf(sure({ _callback_events_list: 'GMS_Events' }), '_cbe_on_service_exit', fields)).to.deep.equal(fields);
  });

  it('is nothing of an event that the list does not have', () => {
    for (const name of ['_cbe_on_dial_done', 'toString'])
      expect(toldOf(sure({ _callback_events_list: 'GMS_Events' }), name, fields), name).to.equal(undefined);
  });
});
