import { expect } from 'chai';
import { join } from 'node:path';
import { fromData } from '../../../engine/datamodel/data.js';
import type { ModuleEffect } from '../../../engine/effect.js';
import { reports } from '../../../server/gms/reporting.js';
import { servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';
import type { CallbackRecord, OutboxEntry, Task } from '../../../server/store/port.js';
import { callbackServer } from './server.js';

const NOW = Date.parse('2026-03-02T09:00:00.700Z');
const options = {
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@StatServer.GA',
};
const templates = readTemplates(join(import.meta.dirname, '../../../templates'));

const reporting = (more: object) => {
  const entry = (key: string, sessionid: string | undefined, task: Task): OutboxEntry => ({
    ...{ seq: 1, key, sessionid, sendid: undefined, due: NOW, task, attempts: 0 },
  });
  const services = servicesOf(
    { billing: { template: 'callback', options: { ...options, ...more } } },
    templates,
    'test',
  );
  return reports({ outbox: { entry }, clock: { now: () => NOW }, services, lists: () => undefined });
};

const record: CallbackRecord = {
  ...{ id: '1-a', service: 'billing', state: 'SCHEDULED', reason: undefined, customerNumber: '5115' },
  ...{ desiredTime: NOW, createdAt: NOW - 5_000, expirationTime: NOW, sessionid: undefined },
  properties: { _cb_dim_channel: 'WEB', _media_type: 'voice', shoe_size: '46' },
  history: [{ at: NOW - 5_000, state: 'SCHEDULED' }],
};

describe('what the callback services say to reporting', () => {
  const enabled = { _enable_status_notification: 'notify', _status_notification_target: 'http://shop' };

  it('is a notice for the outbox: the event with its fields, and a key that is the same when it is made again', () => {
    const made = () => reporting(enabled).notices(record, 'COMPLETED', '_cbe_on_callback_cancelled');
    const [notice] = made();
    expect(made().map(({ key }) => key)).to.deep.equal(['callback/1-a/1/0/_cbe_on_callback_cancelled']);
    expect(notice?.task).to.deep.include({ type: 'module', namespace: 'urn:ringback:callback', name: 'notify' });
    const { event, fields, to } = (notice?.task as ModuleEffect).attributes;
    expect(event).to.equal('_cbe_on_callback_cancelled');
    expect(fromData(fields)).to.deep.equal({
      event_id: '_cbe_on_callback_cancelled',
      timestamp: String(Date.parse('2026-03-02T09:00:00Z') / 1000),
      _service_id: '1-a',
      _service_name: 'billing',
      _callback_state: 'COMPLETED',
      _desired_time: '2026-03-02T09:00:00.700Z',
      _customer_number: '5115',
      _v_queue: 'VQ_Billing',
    });
    expect(fromData(to)).to.include({ mode: 'notify', target: 'http://shop' });
  });

  it('has a key of its own for each time that a callback is submitted again', () => {
    const lost = { ...record, sessionid: 'LOST' };
    const keys = [{}, { _submit_attempt: 2 }, { _submit_attempt: 3 }].flatMap((properties) =>
      reporting(enabled).notices({ ...lost, properties }, 'QUEUED', '_cbe_on_callback_resubmitted'),
    );
    expect(new Set(keys.map(({ key }) => key))).to.have.lengthOf(3);
  });

  it('is nothing where nobody wants it, or the service is no more', () => {
    expect(reporting({}).notices(record, 'QUEUED', '_cbe_on_callback_queued')).to.deep.equal([]);
    const gone = { ...record, service: 'gone' };
    expect(reporting(enabled).notices(gone, 'QUEUED', '_cbe_on_callback_queued')).to.deep.equal([]);
  });

  it('is, for the strategy, when the callback was asked for and what its offer was like', () => {
    const known = fromData(reporting({}).ofSession(record, { _vq_for_outbound_calls: 'VQ_Out' }));
    expect(known).to.deep.include({
      requested: Math.floor((NOW - 5_000) / 1000),
      asked: { _cb_dim_channel: 'WEB' },
      outbound_queue: 'VQ_Out',
    });
    expect((known as { status?: unknown }).status).to.equal(undefined);
  });

  it('is written with the change of the record, and only with it', async () => {
    const service = { template: 'callback', options: { ...options, ...enabled } };
    const server = await callbackServer({ billing: service }, '2026-03-02T09:00:00.000Z');
    const told = async () => {
      const due = await server.store.due({ due: -Infinity, seq: 0 }, Infinity, 100);
      return due.map(({ key }) => key.split('/').at(-1)).filter((name) => name?.startsWith('_cbe'));
    };
    try {
      const start = (body: object) => server.post('/genesys/1/service/callback/billing', body);
      await start({ _customer_number: '5115', _desired_time: '2026-03-02T10:00:00.000Z' });
      expect(await told()).to.deep.equal(['_cbe_on_callback_scheduled']);
      server.sessions.failure = new Error('no such document');
      await start({ _customer_number: '5115' });
      expect(await told()).to.deep.equal(['_cbe_on_callback_scheduled', '_cbe_on_callback_submit_failed']);
    } finally {
      await server.close();
    }
  });
});
