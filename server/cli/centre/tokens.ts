/** As whom a command speaks: the tokens are read from the environment, since everybody on the machine sees the words of a command. */
import type { Terminal } from '../terminal.js';
import { CentreError, type Token } from './ask.js';

type Environment = Terminal['env'];

const own = (env: Environment): Token | undefined => {
  const value = env['RINGBACK_ADMIN_TOKEN']?.trim();
  return value === undefined || value === '' ? undefined : { value, variable: 'RINGBACK_ADMIN_TOKEN' };
};

/** Throws CentreError. */
export const supervisor = (env: Environment): Token => {
  const token = own(env);
  if (token) return token;
  throw new CentreError('this is for operators: set RINGBACK_ADMIN_TOKEN to what the server was started with');
};

/** Below which path an agent is acted for, and with which token: a supervisor's, else the agent's. Throws CentreError. */
export const doorOf = (env: Environment, agent: string): { readonly path: string; readonly token: Token } => {
  const token = own(env);
  const id = encodeURIComponent(agent);
  if (token) return { path: `/ringback/centre/agents/${id}`, token };
  const pairs = (env['RINGBACK_AGENT_TOKENS'] ?? '').split(',').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${agent}=`))?.slice(agent.length + 1);
  if (value !== undefined) return { path: `/agents/${id}`, token: { value, variable: 'RINGBACK_AGENT_TOKENS' } };
  throw new CentreError(
    `who may act for ${agent}? Set RINGBACK_ADMIN_TOKEN to what the server was started with, or RINGBACK_AGENT_TOKENS to ${agent}=TOKEN`,
  );
};
