/**
 * `ringback centre`: the contact centre of a server, live on a terminal, else once; and `ringback centre login AGENT` and the like.
 * `centre/` has its parts. What a server answers: `../agents/message.ts`.
 */
import type { AgentView, CentreView } from '../agents/message.js';
import { addressOf, ask, CentreError } from './centre/ask.js';
import { showLive } from './centre/live.js';
import { plain, plainJson } from './centre/plain.js';
import { stateOf, textOf } from './centre/text.js';
import { doorOf, supervisor } from './centre/tokens.js';
import type { Terminal } from './terminal.js';

export interface CentreOptions {
  readonly url: string;
  readonly json?: boolean;
  readonly once?: boolean;
}

export type Act =
  | { readonly what: 'login'; readonly place?: string }
  | { readonly what: 'logout' }
  | { readonly what: 'state'; readonly state: 'Ready' | 'NotReady'; readonly reason?: string };

type Here = Pick<Terminal, 'out' | 'err' | 'env' | 'screen'>;

const CENTRE = '/ringback/centre';
/** Of a page that nobody turns: no column is left out of a file. */
const ANY_WIDTH = 1_000;

/** Answers the exit code: 0, or 1 when the centre cannot be seen. */
export const runCentre = (here: Here, { url: address, json = false, once = false }: CentreOptions): Promise<number> =>
  told(here, async () => {
    const { screen, out } = here;
    const url = addressOf(address);
    const token = supervisor(here.env);
    const look = async (signal?: AbortSignal): Promise<CentreView> =>
      seen(url, await ask({ url, path: CENTRE, token, ...(signal && { signal }) }));
    if (json) out(plainJson(await look()));
    else if (screen && !once) await showLive({ url, screen, look });
    else for (const line of textOf(await look(), url, screen?.columns ?? ANY_WIDTH)) out(line);
  });

/** Answers the exit code: 0, or 1 when the agent is not in the state that was wished, and will not be. */
export const runAct = (here: Here, id: string, act: Act, options: CentreOptions): Promise<number> =>
  told(here, async () => {
    const url = addressOf(options.url);
    const { path, token } = doorOf(here.env, id);
    const { what, ...body } = act;
    const agent = agentIn(
      url,
      await ask({ url, path: `${path}/${what}`, token, body }).catch((error: unknown) => {
        throw error instanceof CentreError ? advised(error, id) : error;
      }),
    );
    if (options.json) here.out(plainJson(agent));
    else here.out(`${plain(agent.id)} is ${stateOf(agent)}${later(act, agent)}`);
  });

const told = async ({ err }: Here, work: () => Promise<void>): Promise<number> => {
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof CentreError)) throw error;
    err(error.message);
    return 1;
  }
};

const otherVersion = (url: string): CentreError =>
  new CentreError(`${url} has no centre as this version of Ringback shows it: take the "ringback" of the server`);

const seen = (url: string, said: object): CentreView => {
  const view = said as Partial<CentreView>;
  if ([view.agents, view.queues, view.calls].every(Array.isArray)) return said as CentreView;
  throw otherVersion(url);
};

const agentIn = (url: string, said: object): AgentView => {
  const { id, state } = said as Partial<AgentView>;
  if (typeof id === 'string' && typeof state === 'string') return said as AgentView;
  throw otherVersion(url);
};

const advised = ({ message, code }: CentreError, id: string): CentreError => {
  if (code === 'AGENT_NOT_FOUND')
    return new CentreError(`there is no agent "${id}": "ringback centre" shows who there is`);
  if (code === 'AGENT_LOGGED_OUT') return new CentreError(`${id} is logged out: ringback centre login ${id}`);
  return new CentreError(message, code);
};

/** What was wished of somebody who is on the phone. */
const later = (act: Act, { state }: AgentView): string =>
  act.what === 'state' && act.state !== state ? `, and ${act.state} when the call is over` : '';
