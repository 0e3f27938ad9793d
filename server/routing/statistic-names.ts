/** Statistics of a target, by the names of URS's SData. `statistics.ts` works them out. */
const names = [
  ...['RStatAgentsReady', 'RStatAgentsReadyvoice', 'RStatAgentsTotal', 'StatAgentsAvailable', 'StatAgentsInQueueReady'],
  ...['StatAgentsTotal', 'StatAgentsInQueueLogin', 'StatAgentsBusy', 'StatCallsInQueue', 'StatTimeInReadyState'],
  'StatAgentLoading',
] as const;

export type StatisticName = (typeof names)[number];

export const isStatistic = (name: string): name is StatisticName => (names as readonly string[]).includes(name);

export const namesOfStatistics = `those are ${names.join(', ')}`;
