/** Statistics by the names of URS's SData and of Stat Server. `statistics.ts` works them out. */
const ofAgents = [
  ...['RStatAgentsReady', 'RStatAgentsReadyvoice', 'RStatAgentsTotal', 'StatAgentsAvailable', 'StatAgentsInQueueReady'],
  ...['StatAgentsTotal', 'StatAgentsInQueueLogin', 'StatAgentsBusy', 'StatCallsInQueue', 'CurrNumberWaitingCalls'],
  ...['StatTimeInReadyState', 'StatAgentLoading', 'StatLoadBalance', 'StatCallsAnswered', 'StatCallsCompleted'],
] as const;
/** Agents and groups have none of these. */
const ofQueuesOnly = ['CallsEntered', 'ExpectedWaitTime', 'StatExpectedWaitingTime'] as const;

/** What a queue that nobody has used has none of. */
export const countsOfCalls = [
  ...['StatCallsInQueue', 'CurrNumberWaitingCalls', 'CallsEntered', 'StatCallsAnswered', 'StatCallsCompleted'],
] as const;

export const statisticNames = [...ofAgents, ...ofQueuesOnly] as const;

export type StatisticName = (typeof statisticNames)[number];

export const isStatistic = (name: string): name is StatisticName =>
  (statisticNames as readonly string[]).includes(name);

export const isOfQueuesOnly = (name: StatisticName): boolean => (ofQueuesOnly as readonly string[]).includes(name);

export const namesOfStatistics = `those are ${statisticNames.join(', ')}`;
