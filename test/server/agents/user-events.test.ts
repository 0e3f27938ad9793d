import { expect } from 'chai';
import { join } from 'node:path';
import type { AgentMessage } from '../../../server/agents/message.js';
import type { Centre } from '../../support/centre.js';
import { asking, bearer, listening, openDesks, TOKENS, type Desktop } from './desk.js';

const src = join(import.meta.dirname, '../../strategies/plugins/preview.scxml');
type Event = AgentMessage & { readonly type: 'userevent' };

describe('invitations and dispositions', () => {
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

  const begin = async (): Promise<string> => {
    const { data } = await centre.send('POST', '/scxml/session/start', { src, base: centre.url });
    await centre.run(1);
    return String(data['sessionid']);
  };
  const event = async (name: string): Promise<Event> => {
    for (let count = 1; ; count += 1) {
      const found = (await desktop.heard(count)).find((each) => each.type === 'userevent' && each.name === name);
      if (found?.type === 'userevent') return found;
    }
  };
  const post = async ({ userData }: Event, option: string, body?: object): Promise<number> => {
    const options = userData['response-options'] as Readonly<Record<string, { readonly url: string }>>;
    return (await centre.send('POST', options[option]?.url ?? '', body)).status;
  };

  it('reach the desktop as the guide has them, and are answered by POST to their URLs', async () => {
    const session = await begin();
    const invitation = await event('CallbackInvitationEvent');
    const url = (request: string): string => `${centre.url}/scxml/session/${session}/request/${request}`;
    expect(invitation.userData).to.deep.equal({
      'display-data': { name: 'Ada' },
      'response-options': {
        accept: { button: 'accept', url: url('accept_preview') },
        reject: { button: 'reject', url: url('reject_preview') },
        xcancel: { button: 'xcancel', url: url('cancel_preview') },
      },
      'user-data': { GMS_ServiceName: 'billing' },
    });
    expect(invitation.extensions).to.deep.equal({
      source: 'ORS',
      event: 'CallbackInvitationEvent',
      session,
      'invitation-timeout': '60',
    });
    expect(await post(invitation, 'accept')).to.equal(200);
    await centre.run(1);
    const disposition = await event('CallbackDispositionEvent');
    expect(disposition.extensions).to.include({ event: 'CallbackDispositionEvent', 'disposition-timeout': '120' });
    expect(disposition.userData['response-options']).to.deep.equal({
      done: { button: 'done', options: ['completed', 'retry_now', 'retry_later'], url: url('callback_disposition') },
    });
    const answer = { disposition: 'completed', reason: 'SUCCESS' };
    expect(await post(disposition, 'done', answer)).to.equal(200);
    expect((await centre.query(session))['data']).to.include({ answer: 'completed' });
  });

  it('fail, and say so to the strategy, when nobody is logged in at the DN', async () => {
    await asking(centre, TOKENS.alice)('POST', '/agents/alice/logout');
    const session = await begin();
    const { configuration, data } = await centre.query(session);
    expect(configuration).to.deep.equal(['failed']);
    expect(data).to.include({ failure: 'invaliddestination' });
  });
});
