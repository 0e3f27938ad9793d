// The guide, "Delete Callback (Forget Me)".
import { expect } from 'chai';
import { demoServices } from '../../../../server/gms/demo-services.js';
import { create } from '../../../contracts/store/records.js';
import { callbackServer, type CallbackServer } from '../server.js';

const path = '/genesys/1/admin/callback/ops/delete';
const now = '2026-03-01T12:00:00.000Z';

describe('Delete Callback', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(demoServices, now);
  });
  afterEach(() => server.close());
  const left = async (): Promise<string[]> => (await server.store.callbacks({})).map(({ id }) => id);

  it('deletes by id and by number, as in the guide', async () => {
    const scheduled = { state: 'SCHEDULED', customerNumber: '1111', desiredTime: 1 } as const;
    await server.store.commit([
      create({ ...scheduled, id: '118-27f3bed5-6e3a-4c89-903f-dae562b30481' }),
      create({
        ...scheduled,
        id: '118-c2ce7a84-d33a-4d8d-88a0-b76a563f2324',
        state: 'COMPLETED',
        customerNumber: '3333',
      }),
      create({
        ...scheduled,
        id: '118-576b21b4-a235-4ba5-92d4-102cbbb54bca',
        state: 'PROCESSING',
        customerNumber: '5',
      }),
      create({ ...scheduled, id: '118-other', customerNumber: '6' }),
    ]);
    const { status, body } = await server.post(path, {
      _id: ['118-576b21b4-a235-4ba5-92d4-102cbbb54bca'],
      _customer_number: ['132456', '1111', '3333'],
    });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      success: [
        { reason: 'no callback(s) to delete', _customer_number: '132456' },
        { _id: '118-27f3bed5-6e3a-4c89-903f-dae562b30481' },
        { _id: '118-c2ce7a84-d33a-4d8d-88a0-b76a563f2324' },
      ],
      errors: [
        {
          code: 40020,
          phrase: 'INVALID_OPERATION',
          _id: '118-576b21b4-a235-4ba5-92d4-102cbbb54bca',
          message: 'Callback 118-576b21b4-a235-4ba5-92d4-102cbbb54bca cannot be deleted - _callback_state=PROCESSING',
        },
      ],
    });
    expect(await left()).to.have.members(['118-576b21b4-a235-4ba5-92d4-102cbbb54bca', '118-other']);
  });

  for (const state of ['QUEUED', 'ROUTING', 'PROCESSING', 'PAUSED'] as const)
    it(`refuses what is ${state}`, async () => {
      await server.store.commit([create({ state })]);
      const { body } = await server.post(path, { _id: ['1-a'] });
      expect(body).to.deep.include({ success: [] });
      expect(await left()).to.deep.equal(['1-a']);
    });

  it('says which key there is not', async () => {
    const { body } = await server.post(path, { 'non-existing-lookup-key': ['132456'] });
    expect(body).to.deep.equal({
      success: [],
      errors: [
        {
          'non-existing-lookup-key': '132456',
          code: 40010,
          phrase: 'BAD_PARAMETER',
          message: 'No such lookup possible for {"non-existing-lookup-key":"132456"}',
        },
      ],
    });
  });

  it('finds a number as a start would keep it, and one that a callback once had', async () => {
    server.ids.push('1-a');
    const desired = '2026-03-02T12:00:00.000Z';
    await server.post('/genesys/1/service/callback/BasicCallback', {
      _customer_number: '+14155552671',
      _desired_time: desired,
    });
    await server.store.commit([{ kind: 'callback.update', id: '1-a', update: { at: 1, customerNumber: '7' } }]);
    const { body } = await server.post(path, { _customer_number: ['14155552671'] });
    expect(body).to.deep.equal({ success: [{ _id: '1-a' }], errors: [] });
    expect(await left()).to.be.empty;
  });

  it('starts nothing that was scheduled, and leaves no number behind', async () => {
    server.ids.push('1-a');
    const request = { _customer_number: '+14155552671', _desired_time: '2026-03-02T12:00:00.000Z', usr: 'x' };
    await server.post('/genesys/1/service/callback/BasicCallback', request, 'key');
    await server.post(path, { _id: ['1-a'] });
    await server.clock.advance(2 * 86_400_000);
    expect(server.sessions.started).to.be.empty;
    expect(await server.store.inbox('callback', 'key')).to.equal(undefined);
    expect(server.lines.join('')).to.not.include('4155552671');
  });

  const refused: readonly (readonly [body: object, message: string])[] = [
    [{}, 'No lookup possible. No properties to look for.'],
    [{ _id: [] }, 'No lookup possible. No properties to look for.'],
    [{ _id: [7] }, 'Parameter _id must be a list of texts'],
  ];
  for (const [body, message] of refused)
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const reply = await server.post(path, body);
      expect(reply.status).to.equal(400);
      expect(reply.body).to.include({ code: 40010, phrase: 'BAD_PARAMETER', message });
    });
});
