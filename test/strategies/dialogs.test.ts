import { expect } from 'chai';
import { join } from 'node:path';
import type { AgentMessage } from '../../server/agents/message.js';
import { asking, bearer, listening, openDesks, TOKENS, type Desktop } from '../server/agents/desk.js';
import { NUMBER, type Centre } from '../support/centre.js';

type Event = AgentMessage & { readonly type: 'userevent' };
type Buttons = Readonly<Record<string, { readonly url: string }>>;

/** Answers of the agent: a request, or seconds in which there is none. */
interface Case {
  readonly title: string;
  readonly given?: object;
  readonly does: readonly (number | Readonly<{ request: string; body?: object; status?: number; says?: string }>)[];
  /** The donedata; undefined: it goes on. */
  readonly comes: object | undefined;
}

const src = join(import.meta.dirname, 'plugins/dialog.scxml');
const dialog = (name: string): string => join(import.meta.dirname, '../../strategies', name);

describe('dialogs with agents', () => {
  let centre: Centre;
  let desktop: Desktop;
  beforeEach(async () => {
    centre = await openDesks();
    desktop = listening(centre, '/agents/alice/events', bearer(TOKENS.alice));
    await desktop.heard(1);
  });
  afterEach(async () => {
    desktop.line.terminate();
    await centre.close();
  });

  const begin = async (document: string, given: object = {}): Promise<string> => {
    const body = { src, document: dialog(document), dn: '7001@SIP_Switch', ...given };
    const { data } = await centre.send('POST', '/scxml/session/start', body);
    await centre.clock.settle();
    return String(data['sessionid']);
  };
  const event = async (): Promise<Event> => (await desktop.until('userevent')) as Event;
  const baseOf = ({ userData }: Event): string =>
    Object.values(userData['response-options'] as Buttons)[0]?.url.replace(/[^/]*$/, '') ?? '';
  const resultOf = async (session: string): Promise<Record<string, unknown> | undefined> =>
    (await centre.query(session))['data'] as Record<string, unknown> | undefined;

  const plays = (document: string, { title, given, does, comes }: Case): void => {
    it(title, async () => {
      const session = await begin(document, given);
      const base = baseOf(await event());
      for (const deed of does) {
        if (typeof deed === 'number') await centre.run(deed);
        else {
          const { status, data } = await centre.send('POST', base + deed.request, deed.body);
          expect(status, JSON.stringify(data)).to.equal(deed.status ?? 200);
          if (deed.says !== undefined) expect(typeof data === 'string' ? data : data['message']).to.equal(deed.says);
        }
        await centre.clock.settle();
      }
      const result = (await resultOf(session))?.['result'];
      if (comes === undefined) expect(result).to.equal(undefined);
      else expect(result).to.deep.include(comes);
    });
  };

  describe('preview', () => {
    it('is the event of the guide', async () => {
      await begin('preview.scxml', {
        user_data: { GMS_ServiceName: 'billing' },
        rejects_left: 2,
        _agent_preview_data: 'Ada, Lovelace',
        _agent_preview_timeout: 60,
      });
      const { name, userData, extensions } = await event();
      const session = extensions['session'] as string;
      const button = (name: string, request: string) => ({
        button: name,
        url: `${centre.url}/scxml/session/${session}/request/${request}`,
      });
      expect(name).to.equal('CallbackInvitationEvent');
      expect(userData).to.deep.equal({
        'display-data': { 1: 'Ada', 2: 'Lovelace' },
        'response-options': {
          accept: button('accept', 'accept_preview'),
          reject: button('reject', 'reject_preview'),
          xcancel: button('xcancel', 'cancel_preview'),
        },
        'user-data': { GMS_ServiceName: 'billing' },
      });
      expect(extensions).to.deep.equal({ source: 'ORS', event: name, session, 'invitation-timeout': '60' });
    });

    it('shows no reject where there may be none, and names as they are given', async () => {
      await begin('preview.scxml', { _agent_preview_data: { first: 'Ada' } });
      const { userData } = await event();
      expect(userData['response-options']).to.have.all.keys('accept', 'xcancel');
      expect(userData['display-data']).to.deep.equal({ first: 'Ada' });
    });

    it('comes to unreachable when nobody is logged in at the DN', async () => {
      await asking(centre, TOKENS.alice)('POST', '/agents/alice/logout');
      const session = await begin('preview.scxml');
      expect((await resultOf(session))?.['result']).to.deep.include({ answer: 'unreachable' });
    });

    it('is over for the agent when the strategy leaves it', async () => {
      const session = await begin('preview.scxml');
      const base = baseOf(await event());
      await centre.send('POST', `/scxml/session/${session}/event/stop`);
      await centre.clock.settle();
      expect((await centre.send('POST', `${base}accept_preview`)).status).to.be.within(400, 499);
      expect((await resultOf(session))?.['result']).to.equal('stopped');
    });

    const accept = { request: 'accept_preview', says: 'Response received: Accept' };
    const reject = { request: 'reject_preview', says: 'Response received: Reject' };
    const hidden = {
      request: 'reject_preview',
      status: 409,
      says: 'this callback cannot be rejected (any more): accept_preview or cancel_preview',
    };
    const some: readonly Case[] = [
      { title: 'is accepted', does: [accept], comes: { answer: 'accept' } },
      { title: 'is rejected', given: { rejects_left: 1 }, does: [reject], comes: { answer: 'reject' } },
      {
        title: 'is cancelled',
        does: [{ request: 'cancel_preview', says: 'Response received: Cancel' }],
        comes: { answer: 'cancel' },
      },
      { title: 'is not rejected where it may not be', does: [hidden], comes: undefined },
      { title: 'is accepted after a reject that did not count', does: [hidden, accept], comes: { answer: 'accept' } },
      { title: 'waits until its time is over', does: [29], comes: undefined },
      { title: 'is a timeout after 30 s', does: [30], comes: { answer: 'timeout' } },
      { title: 'has its own time', given: { _agent_preview_timeout: 5 }, does: [5], comes: { answer: 'timeout' } },
      { title: 'is accepted in its last second', does: [29, accept], comes: { answer: 'accept' } },
    ];
    for (const one of some) plays('preview.scxml', one);
  });

  describe('disposition', () => {
    it('is the event of the guide', async () => {
      await begin('disposition.scxml', { _customer_number: NUMBER, _service_name: 'billing' });
      const { name, userData, extensions } = await event();
      const session = extensions['session'] as string;
      expect(name).to.equal('CallbackDispositionEvent');
      expect(userData['config']).to.deep.equal({
        _gms_external_base_url: `${centre.url}/`,
        _service_name: 'billing',
      });
      expect(userData['display-data']).to.include({ customer_number: NUMBER });
      expect(userData['response-options']).to.deep.equal({
        done: {
          button: 'done',
          options: ['completed', 'retry_now', 'retry_later'],
          url: `${centre.url}/scxml/session/${session}/request/callback_disposition`,
        },
      });
      expect(extensions).to.deep.equal({ source: 'ORS', event: name, session, 'disposition-timeout': '45' });
    });

    it('is taken to be completed without one when nobody is logged in at the DN', async () => {
      await asking(centre, TOKENS.alice)('POST', '/agents/alice/logout');
      const session = await begin('disposition.scxml');
      expect((await resultOf(session))?.['result']).to.deep.include({ reason: 'NO_AGENT_DISPOSITION' });
    });

    const says = (body: object, more: object = {}) => ({ request: 'callback_disposition', body, ...more });
    const unclear = (body: object, message: string) => says(body, { status: 400, says: message });
    const later = { disposition: 'retry_later', desired_time: '2026-03-02T16:30:00Z' };
    const which = 'disposition: must be one of completed, retry_now, retry_later';
    const time = 'desired_time: must be an ISO time with its zone, such as 2026-03-02T16:30:00Z';
    const unsaid = 'reason: must be a text of at most 100 characters, such as SUCCESS';
    const done = { disposition: 'completed', reason: 'SUCCESS' };
    const some: readonly Case[] = [
      { title: 'is completed, with its reason', does: [says(done)], comes: done },
      { title: 'is completed', does: [says({ disposition: 'completed' })], comes: { disposition: 'completed' } },
      {
        title: 'answers what it has received',
        does: [says(done, { says: 'Response received: {"disposition":"completed","reason":"SUCCESS"}' })],
        comes: done,
      },
      { title: 'is retry_now', does: [says({ disposition: 'retry_now' })], comes: { disposition: 'retry_now' } },
      { title: 'is retry_later', does: [says(later)], comes: later },
      {
        title: 'is retry_later at another number',
        does: [says({ ...later, customer_number: '5115' })],
        comes: { ...later, customer_number: '5115' },
      },
      {
        title: 'is asked for again after an answer that is not clear',
        does: [unclear({}, which), says(done)],
        comes: done,
      },
      { title: 'must be one of three', does: [unclear({ disposition: 'maybe' }, which)], comes: undefined },
      {
        title: 'has a reason that is a text',
        does: [
          unclear({ ...done, reason: 7 }, unsaid),
          unclear({ ...done, reason: ' ' }, unsaid),
          unclear({ ...done, reason: 'S'.repeat(101) }, unsaid),
        ],
        comes: undefined,
      },
      {
        title: 'needs a time to be retried later',
        does: [unclear({ disposition: 'retry_later' }, time)],
        comes: undefined,
      },
      {
        title: 'needs a time with its zone',
        does: [unclear({ ...later, desired_time: '2026-03-02T16:30:00' }, time)],
        comes: undefined,
      },
      {
        title: 'needs a day that there is',
        does: [unclear({ ...later, desired_time: '2026-13-02T16:30:00Z' }, time)],
        comes: undefined,
      },
      {
        title: 'needs a time that lies ahead',
        does: [
          unclear(
            { ...later, desired_time: '2026-03-02T09:00:00Z' },
            'desired_time: must lie ahead, and 2026-03-02T09:00:00Z is over',
          ),
        ],
        comes: undefined,
      },
      {
        title: 'has a number that is a text',
        does: [unclear({ ...later, customer_number: '' }, 'customer_number: must be the text of a number')],
        comes: undefined,
      },
      { title: 'waits until its time is over', does: [44], comes: undefined },
      {
        title: 'is completed without one after 45 s',
        does: [45],
        comes: { disposition: 'completed', reason: 'NO_AGENT_DISPOSITION' },
      },
      {
        title: 'has its own time',
        given: { _agent_disposition_timeout: 5 },
        does: [5],
        comes: { reason: 'NO_AGENT_DISPOSITION' },
      },
    ];
    for (const one of some) plays('disposition.scxml', one);
  });
});
