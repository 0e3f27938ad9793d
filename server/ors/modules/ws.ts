/** The web module: `<ws:response>` answers the HTTP request that a request event came from. */
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
} as const satisfies ModuleTable;

export const wsModule = (replies: Replies): Module => ({
  namespace: wsTable.namespace,
  actions: {
    response: {
      ...wsTable.actions.response,
      error: 'error.ws.response',
      perform({ attributes, params }, context) {
        const requestid = asText(attributes['requestid']) ?? '';
        // Documents write type="negative" and type="'negative'".
        const type = asText(attributes['type'])?.includes('negative') ? 'negative' : 'positive';
        const reply = { type, resultcode: asText(attributes['resultcode']), params } as const;
        if (replies.answer(requestid, context.sessionid, reply)) return;
        context.raise('error.ws.response', {
          requestid,
          description: 'nobody waits for this request any more: it was answered before, or its time is over',
        });
      },
    },
  },
});
