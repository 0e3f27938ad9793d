/** Waiting times: the URS interface of `../urs/routes.ts`. */
import { json, ofBodies, param, problems, ref, text, type Operation, type Paths } from './operation.js';

const tags = ['waiting'];
const string = { type: 'string' };
const call = param(
  'call',
  'path',
  'max: the call that would come next; or an interaction or request that waits',
  string,
);
const tenant = param('tenant', 'query', 'Taken and not needed: there is one', string);
const scale = param('scale', 'query', 'Changes nothing: all times are seconds', { type: 'boolean' });
const aqt = param('aqt', 'query', 'By the time in the queue (urs, the default), or by that of its agents (urs2)', {
  enum: ['urs', 'urs2'],
});

const lvq = (operationId: string, name: NonNullable<Operation['parameters']>[number]) => ({
  get: {
    operationId,
    tags,
    summary: 'How long it is to wait in a virtual queue',
    parameters: [call, name, aqt, tenant, scale],
    responses: {
      '200': { description: 'What is known; empty for a queue without activity', content: json(ref('Lvq')) },
      ...problems([...ofBodies, 'PARAMETER_MISSING', 'PARAMETER_INVALID', 'CALL_NOT_IN_QUEUE']),
    },
  },
});

export const waitingPaths: Paths = {
  '/urs/call/{call}/lvq': lvq('lvq', param('name', 'query', 'The virtual queue', string)),
  '/urs/call/{call}/lvq/{name}': lvq('lvqByPath', param('name', 'path', 'The virtual queue', string)),
  '/urs/help/call/lvq': {
    get: {
      operationId: 'lvqHelp',
      tags,
      summary: 'What lvq takes and answers',
      responses: { '200': { description: 'A text', content: text() }, ...problems(ofBodies) },
    },
  },
};
