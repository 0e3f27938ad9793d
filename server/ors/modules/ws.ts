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
      attributes: { requestid: 'value', type: 'literal', resultcode: 'value' },
      required: ['requestid'],
      params: true,
    },
  },
  events: { 'error.ws.response': ['requestid', 'description'] },
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
        if (replies.answer(sendid, context.sessionid, reply)) return;
        context.raise('error.ws.response', {
          requestid: sendid,
          description: 'nobody waits for this request any more: it was answered before, or its time is over',
        });
      },
    },
  },
});

const answerOf = ({ attributes, params }: ModuleEffect): { readonly sendid: string; readonly reply: Reply } => {
  // Documents write type="negative" and type="'negative'".
  const type = asText(attributes['type'])?.includes('negative') ? 'negative' : 'positive';
  const reply = { type, resultcode: asText(attributes['resultcode']), params } as const;
  return { sendid: asText(attributes['requestid']) ?? '', reply };
};
