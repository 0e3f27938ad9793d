/**
 * Who may act as which agent.
 *
 * 1. Closed by default: without RINGBACK_AGENT_TOKENS nobody is let in.
 * 2. A token opens one agent; a wrong one, that of another agent and an agent without one look alike, and take the same time.
 */
import { digest, isSecret, type Digest } from '../bearer.js';
import { problem } from '../problems.js';

export interface AgentTokens {
  /** Throws AGENTS_CLOSED. */
  open(): void;
  /** Throws AGENTS_CLOSED or AGENT_TOKEN_INVALID. */
  admit(agent: string, shown: string): void;
}

export const agentTokens = (tokens: ReadonlyMap<string, string>): AgentTokens => {
  const kept = new Map([...tokens].map(([agent, token]): [string, Digest] => [agent, digest(token)]));
  const nobodys = digest('');
  const open = (): void => {
    if (kept.size === 0) throw problem('AGENTS_CLOSED');
  };
  return {
    open,
    admit(agent, shown) {
      open();
      const isTheirs = isSecret(shown, kept.get(agent) ?? nobodys);
      if (!isTheirs || !kept.has(agent)) throw problem('AGENT_TOKEN_INVALID');
    },
  };
};
