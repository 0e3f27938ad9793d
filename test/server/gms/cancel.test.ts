import { expect } from 'chai';
import { demoServices } from '../../../server/gms/demo-services.js';
import { callbackServer, type CallbackServer } from './server.js';

const now = '2026-03-01T12:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';
const basic = '/genesys/1/service/callback/BasicCallback';
const customer = { _customer_number: '+49 911 4711 0815' };

describe('callbacks.cancel', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(demoServices, now);
    server.ids.push('1-a', '1-b');
  });
  afterEach(() => server.close());

  const record = () => server.store.callback('1-a');
  const update = (changes: object) =>
    server.store.commit([{ kind: 'callback.update', id: '1-a', update: { at: server.clock.now(), ...changes } }]);
  const cancel = (query = '') => server.delete(`${basic}/1-a${query}`);

  describe('cancel of a callback that has a session', () => {
    beforeEach(() => server.post(basic, customer));

    for (const state of ['QUEUED', 'ROUTING', 'PAUSED']) {
      it(`sends the cancel event to the session in ${state} and completes the record`, async () => {
        await update({ state });
        expect((await cancel()).status).to.equal(200);
        expect(server.sessions.delivered).to.deep.equal([['SESSION1'.padEnd(32, '0'), { name: 'callback.cancel' }]]);
        expect(await record()).to.include({ state: 'COMPLETED', reason: 'CANCELLED' });
      });
    }

    it('leaves it to the strategy to complete the record', async () => {
      server.sessions.strategy = () => update({ state: 'COMPLETED', reason: 'CANCELLED', properties: { _by: 'us' } });
      expect((await cancel()).status).to.equal(200);
      expect((await record())?.properties).to.have.property('_by', 'us');
    });

    for (const state of ['PROCESSING', 'COMPLETED']) {
      const refusal = {
        code: 40020,
        phrase: 'INVALID_OPERATION',
        message: `Callback 1-a cannot be cancelled or completed - _callback_state=${state}`,
        exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionInvalidOperation',
        properties: { id: '1-a', service: 'BasicCallback', state },
      };
      it(`is refused in ${state}`, async () => {
        await update({ state });
        const { status, body } = await cancel();
        expect([status, body]).to.deep.equal([400, refusal]);
        expect(server.sessions.delivered).to.be.empty;
      });

      it(`is refused when the strategy was already at ${state} as the event came`, async () => {
        server.sessions.strategy = () => update({ state, reason: 'AGENT_CONNECTED' });
        expect((await cancel()).body).to.deep.equal(refusal);
        expect(await record()).to.include({ state, reason: 'AGENT_CONNECTED' });
      });
    }

    it('is refused when the session fails, unless that is to be ignored', async () => {
      server.sessions.failure = new Error('there is no such session');
      const { status, body } = await cancel();
      expect(status).to.equal(400);
      expect(body).to.deep.include({
        code: 40020,
        message: 'Callback 1-a cannot be cancelled - unable to process ORS cancel request : there is no such session ',
      });
      expect(await record()).to.include({ state: 'QUEUED' });
      expect((await cancel('?discard_ors_failure=true')).status).to.equal(200);
      expect(await record()).to.include({ state: 'COMPLETED', reason: 'CANCELLED' });
    });
  });

  it('refuses to cancel what is QUEUED without a session, unless that is to be ignored', async () => {
    await server.post(basic, { ...customer, _desired_time: later });
    await update({ state: 'QUEUED' });
    expect((await cancel()).body).to.deep.include({
      code: 40020,
      message:
        'Callback 1-a cannot be cancelled - No ORS session found. (_callback_state=QUEUED while _ors_session_id=null?)',
    });
    expect((await cancel('?discard_ors_failure=true')).status).to.equal(200);
  });
});
