/** The bodies of `../agents/message.ts`. */
import { callStages } from '../agents/message.js';
import { object, ref, type Schema } from './operation.js';

const string: Schema = { type: 'string' };
const time: Schema = { ...string, description: 'ISO 8601' };
const media: Schema = { enum: ['voice', 'chat'] };
const numbers: Schema = { type: 'object', additionalProperties: { type: 'number' } };
const callType: Schema = { enum: ['inbound', 'outbound', 'consult'] };
const list = (items: Schema): Schema => ({ type: 'array', items });

const agent = {
  id: string,
  dn: string,
  place: string,
  switch: string,
  groups: list(string),
  skills: numbers,
  capacity: numbers,
  state: { enum: ['LoggedOut', 'NotReady', 'Ready', 'Reserved', 'Ringing', 'Busy', 'AfterCallWork'] },
  since: time,
  'reason?': string,
};

const told = (types: readonly string[], fields: Readonly<Record<string, Schema>>): Schema =>
  object({ at: time, type: { enum: types }, ...fields });

export const agentSchemas: Readonly<Record<string, Schema>> = {
  CallOfAgent: object({
    id: string,
    media,
    state: { enum: ['ringing', 'established', 'held'] },
    type: callType,
    ani: string,
    dnis: string,
    userData: { type: 'object' },
    'consultation?': object({ to: string, state: { enum: ['calling', 'talking'] } }),
  }),
  TextsOfChat: object({
    texts: list(object({ at: time, from: { enum: ['customer', 'agent', 'us'] }, text: string })),
  }),
  Agent: object({ ...agent, calls: list(ref('CallOfAgent')) }),
  AgentMessage: {
    oneOf: [
      told(['agent.state'], { agent: ref('Agent') }),
      told(
        ['ringing', 'established', 'held', 'consulting', 'retrieved', 'userdata', 'released'].map(
          (each) => `call.${each}`,
        ),
        { call: ref('CallOfAgent') },
      ),
      told(['offer'], {
        offer: object({ request: string, queue: string, target: string, media: string, until: time }),
      }),
      told(['chat.text'], { id: string, from: { enum: ['customer', 'agent'] }, text: string }),
      told(['userevent'], { name: string, userData: { type: 'object' }, extensions: { type: 'object' } }),
    ],
  },
  Centre: object({
    at: time,
    agents: list(object({ ...agent, 'call?': string })),
    queues: list(
      object({
        name: string,
        waiting: { type: 'integer' },
        longestMs: { type: 'number' },
        served: { type: 'integer', description: 'To an agent, since the process began' },
        'ewt?': { type: 'number', description: 'Seconds' },
      }),
    ),
    calls: list(
      object({
        id: string,
        media,
        type: callType,
        state: { enum: [...callStages] },
        ani: { ...string, description: 'Masked' },
        dnis: { ...string, description: 'Masked' },
        since: time,
        held: { type: 'boolean' },
        agents: list(string),
      }),
    ),
  }),
};
