/**
 * Expected waiting times. The guide, "Calculate Estimated Wait Time using AHT or Time in Queue": its examples are the tests.
 *
 * 1. The time per call is rounded to seconds before it is multiplied, as the guide does (33 s, not 32.7 s).
 */
import type { Wait } from './port.js';

const SECOND = 1000;
const rounded = (ms: number): number => Math.round(ms / SECOND) * SECOND;

const expected = (perCallMs: number, waiting: number): Wait => ({
  known: true,
  perCallMs,
  waiting,
  waitMs: perCallMs * (waiting + 1),
});

/** `urs`: times are those that the last calls spent in the queue. */
export const waitByQueue = (timesMs: readonly number[], waiting: number): Wait => {
  if (timesMs.length === 0)
    return { known: false, waiting, reason: 'no call has been distributed from this queue yet' };
  return expected(rounded(timesMs.reduce((sum, each) => sum + each, 0) / timesMs.length), waiting);
};

/** What an agent spends on a call, and how many queues share the agent. */
export interface Handling {
  readonly handleMs: number;
  readonly queues: number;
}

/** `urs2`: agents work side by side, each for all queues that share them. */
export const waitByAgents = (agents: readonly Handling[], waiting: number): Wait => {
  const perMs = agents.reduce((sum, { handleMs, queues }) => sum + 1 / (handleMs * Math.max(1, queues)), 0);
  if (!(perMs > 0) || !Number.isFinite(perMs))
    return { known: false, waiting, reason: 'no agent of this queue has handled a call yet' };
  return expected(rounded(1 / perMs), waiting);
};
