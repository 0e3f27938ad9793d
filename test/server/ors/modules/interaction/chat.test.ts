import { expect } from 'chai';
import type { Interactions } from '../../../../../server/ors/interactions.js';
import { interactionModule, interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { RouterPort } from '../../../../../server/routing/port.js';
import type { ChatPort, ChatText } from '../../../../../server/voice/chat.js';
import { interactionsOf, IXN, network, perform, sessionOf, type Attributes, type Session } from '../bench.js';
import { holdToTable } from '../fields.js';

const gone = { ok: false, code: 'gone', text: 'it is over' } as const;
const INVALID = 'Request Invalid';

describe('the interaction module: chats', () => {
  let session: Session;
  let interactions: Interactions;
  let asked: unknown[];
  let released: string[];
  let texts: readonly ChatText[] | undefined;
  let answers: Partial<ChatPort>;
  beforeEach(() => {
    session = sessionOf();
    interactions = interactionsOf(session);
    [asked, released, answers] = [[], [], {}];
    texts = [{ at: 1, from: 'customer', text: 'hello' }];
  });
  afterEach(() => {
    holdToTable(interactionTable, session.heard);
  });
  const chat = (): ChatPort => ({
    openChat: async (request) => {
      asked.push(request);
      return { ok: true, ixn: IXN };
    },
    sendText: async (request) => {
      asked.push(request);
      return { ok: true };
    },
    texts: () => texts,
    ...answers,
  });
  const act = async (name: string, attributes: Attributes, chats: ChatPort | undefined = chat()) => {
    const voice = network({
      release: async (ixn) => {
        released.push(ixn);
        return { ok: true };
      },
    });
    await perform(
      interactionModule({ voice, chat: chats, router: {} as RouterPort, interactions }),
      name,
      session,
      attributes,
    );
    return session.heard;
  };
  const own = (): void => {
    interactions.add(IXN, 'ann', 'S');
    session.heard.length = 0;
  };
  const done = { requestid: 'r', interactionid: IXN };

  describe('createmessage', () => {
    for (const media of ['TMediaChat', 'chat', 5])
      it(`for the medium ${media} opens a chat, which is the session's`, async () => {
        const heard = await act('createmessage', { media, to: 'ann', msgsrc: 'hello', udata: { a: 1 } });
        expect(asked).to.deep.equal([{ requestId: 'S/1/0', to: 'ann', text: 'hello', userData: { a: 1 } }]);
        expect(heard).to.deep.equal([
          ['interaction.added', { interactionid: IXN, focusdeviceid: 'ann' }],
          ['interaction.present', { interactionid: IXN }],
          ['msgbased.createmessage.done', { ...done, srid: 'S/1/0' }],
        ]);
      });

    for (const [title, attributes, refused] of [
      ['for e-mail, the default', { to: 'ann' }, undefined],
      ['to nobody', { media: 5 }, undefined],
      ['that the network refuses', { media: 5, to: 'ann' }, gone],
    ] as const)
      it(`${title} is an error`, async () => {
        if (refused) answers = { openChat: async () => refused };
        const [[event, data] = []] = await act('createmessage', attributes);
        expect(event).to.equal('error.msgbased.createmessage');
        expect(data).to.deep.include({ requestid: 'r', error: INVALID });
        expect(asked).to.be.empty;
      });

    it('where there are no chats is an error', async () => {
      const module = interactionModule({ voice: network({}), router: {} as RouterPort, interactions });
      await perform(module, 'createmessage', session, { media: 5, to: 'ann' });
      expect(session.heard[0]?.[1]).to.deep.include({ error: INVALID });
    });

    it('for a session that has ended meanwhile ends the chat', async () => {
      session.end();
      await act('createmessage', { media: 5, to: 'ann' });
      expect(released).to.deep.equal([IXN]);
    });
  });

  describe('sendmessage', () => {
    it('writes in the chat', async () => {
      own();
      expect(await act('sendmessage', { interactionid: IXN, msgsrc: 'good day' })).to.deep.equal([
        ['msgbased.sendmessage.done', done],
      ]);
      expect(asked).to.deep.equal([{ requestId: 'S/1/0', ixn: IXN, text: 'good day' }]);
    });

    it('without text, or when the network refuses, is an error', async () => {
      own();
      await act('sendmessage', { interactionid: IXN });
      answers = { sendText: async () => gone };
      await act('sendmessage', { interactionid: IXN, msgsrc: 'x' });
      expect(session.heard).to.deep.equal([
        ['error.msgbased.sendmessage', { ...done, error: INVALID, description: 'msgsrc is no text' }],
        ['error.msgbased.sendmessage', { ...done, error: INVALID, description: 'it is over' }],
      ]);
    });
  });

  describe('getcontent', () => {
    it('answers all that was written', async () => {
      own();
      expect(await act('getcontent', { interactionid: IXN })).to.deep.equal([
        ['chat.getcontent.done', { ...done, content: texts }],
      ]);
    });
  });

  for (const [name, error] of [
    ['sendmessage', 'error.msgbased.sendmessage'],
    ['getcontent', 'error.chat.getcontent'],
  ] as const)
    it(`${name} in a chat of another session, or in a call, is an error`, async () => {
      const description = `there is no chat "${IXN}" that belongs to this session`;
      await act(name, { interactionid: IXN, msgsrc: 'x' });
      own();
      texts = undefined;
      await act(name, { interactionid: IXN, msgsrc: 'x' });
      expect(session.heard).to.deep.equal([[error, { ...done, error: INVALID, description }]]);
      expect(asked).to.be.empty;
    });
});
