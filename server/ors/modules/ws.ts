/**
 * The web module: `<ws:response>` answers the HTTP request that a request event came from. The answer is written with the step;
 * a client that has lost its connection, and repeats the request with its Idempotency-Key, gets it from there.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Reply } from '../../host/port.js';
import type { Module, ModuleTable } from '../../host/module.js';
import type { Replies } from '../../host/replies.js';
import { asText } from '../arguments.js';

export const wsTable = {
  namespace: 'www.genesyslab.com/modules/ws',
  actions: {
    response: {
      /**
       * The parameters are the answer as JSON; or `<content>` is, as it is: text, or anything else as JSON. `contenttype`
       * is the type of that, ours: ORS has none.
       */
      attributes: { requestid: 'value', type: 'literal', resultcode: 'value', contenttype: 'value' },
      required: ['requestid'],
      params: true,
      content: true,
    },
  },
  events: { 'error.ws.response': ['requestid', 'error', 'description'] },
  errors: { 'error.ws.response': ['unknown', 'badtype'] },
} as const satisfies ModuleTable;

export const wsModule = (replies: Replies): Module => ({
  ...wsTable,
  actions: {
    response: {
      ...wsTable.actions.response,
      error: 'error.ws.response',
      passing: true,
      answers: answerOf,
      perform(effect, context) {
        const { sendid, reply } = answerOf(effect);
        const refuse = (error: string, description: string) =>
          context.raise('error.ws.response', { requestid: sendid, error, description });
        if (!replies.answer(sendid, context.sessionid, reply))
          refuse('unknown', 'nobody waits for this request any more: it was answered before, or its time is over');
        else if (reply === typeless) refuse('badtype', typeless.params.description);
      },
    },
  },
});

const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; *[\w-]+=[\w.+-]+)*$/;

/** What a client gets whose answer cannot be sent. */
const typeless = {
  type: 'negative',
  resultcode: '500',
  params: { description: 'the answer has a contenttype that is no media type' },
} as const satisfies Reply;

const answerOf = ({
  attributes,
  params,
  content,
}: ModuleEffect): { readonly sendid: string; readonly reply: Reply } => {
  // Documents write type="negative" and type="'negative'".
  const type = asText(attributes['type'])?.includes('negative') ? 'negative' : 'positive';
  const resultcode = asText(attributes['resultcode']);
  const sendid = asText(attributes['requestid']) ?? '';
  const contenttype = asText(attributes['contenttype']);
  if (contenttype !== undefined && !mediaType.test(contenttype)) return { sendid, reply: typeless };
  const body = content !== undefined && { content, ...(contenttype !== undefined && { contenttype }) };
  return { sendid, reply: { type, resultcode, params, ...body } };
};
