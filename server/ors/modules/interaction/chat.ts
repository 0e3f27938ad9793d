/**
 * Messages: `createmessage` opens a chat, `sendmessage` writes in one, `getcontent` answers all that was written. Other media than
 * chat have no adapter, and are `Request Invalid`.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ChatPort, ChatText } from '../../../voice/chat.js';
import type { InteractionId, UserData } from '../../../voice/port.js';
import { asObject, asText } from '../../arguments.js';
import { media } from '../../model/ixn/library.js';
import { ownOf, type Perform } from './services.js';

const INVALID = 'Request Invalid';

/** ORS's default is e-mail. */
const isChat = (given: Data | undefined): boolean =>
  given === media.TMediaChat || (typeof given === 'string' && given.replace(/^TMedia/, '').toLowerCase() === 'chat');

/** The session hears `interaction.added` and `interaction.present`, then that it is done. */
export const createMessage: Perform = async (effect, context, { chat, interactions, voice }) => {
  const { attributes, requestid } = effect;
  const opened = await openedFor(attributes, context.key, chat);
  if (typeof opened === 'string') {
    context.finish('error.msgbased.createmessage', { requestid, error: INVALID, description: opened });
    return;
  }
  const { ixn, to } = opened;
  if (interactions.add(ixn, to, context.sessionid) && context.raise('interaction.present', { interactionid: ixn }))
    context.finish('msgbased.createmessage.done', { requestid, interactionid: ixn, srid: context.key });
  else await voice.release(ixn);
};

/** The chat, or why there is none. */
const openedFor = async (
  attributes: ModuleEffect['attributes'],
  requestId: string,
  chat: ChatPort | undefined,
): Promise<{ readonly ixn: InteractionId; readonly to: string } | string> => {
  const to = asText(attributes['to']);
  const text = asText(attributes['msgsrc']);
  if (!chat || !isChat(attributes['media'])) return 'there is no adapter for this medium: only for TMediaChat';
  if (to === undefined) return 'to names no customer';
  const userData = asObject(attributes['udata']) as UserData;
  const opened = await chat.openChat({ requestId, to, ...(text !== undefined && { text }), userData });
  return opened.ok ? { ixn: opened.ixn, to } : opened.text;
};

/** What is done in a chat of the session. */
const inChat =
  (
    name: string,
    work: (
      ixn: InteractionId,
      chat: ChatPort,
      effect: ModuleEffect,
      key: string,
    ) => Promise<Readonly<Record<string, Data>> | string>,
  ): Perform =>
  async (effect, context, services) => {
    const { requestid } = effect;
    const { interactionid, ixn } = await ownOf(effect, context, services);
    const { chat } = services;
    const found = ixn && chat?.texts(ixn) ? ixn : undefined;
    const result =
      found && chat
        ? await work(found, chat, effect, context.key)
        : `there is no chat "${interactionid}" that belongs to this session`;
    if (typeof result === 'string')
      context.finish(`error.${name}`, { requestid, interactionid, error: INVALID, description: result });
    else context.finish(`${name}.done`, { requestid, interactionid, ...result });
  };

export const sendMessage = inChat('msgbased.sendmessage', async (ixn, chat, { attributes }, requestId) => {
  const text = asText(attributes['msgsrc']);
  if (text === undefined) return 'msgsrc is no text';
  const sent = await chat.sendText({ requestId, ixn, text });
  return sent.ok ? {} : sent.text;
});

export const getContent = inChat('chat.getcontent', async (ixn, chat) => ({
  content: (chat.texts(ixn) ?? []).map(({ at, from, text }: ChatText) => ({ at, from, text })),
}));
