/** Stat Server's waiting time of a queue, as an option names it: `ExpectedWaitTime;Queue;8999@SIP_Server;Environment`. */
import type { RouterPort } from '../routing/port.js';

/**
 * Seconds; undefined where too little is known, or for another statistic. The time is that of `urs2`: Stat Server reckons by the
 * handling times of agents as well. The switch of the queue is not looked at, for virtual queues have names of their own.
 */
export const queueTime = (router: Pick<RouterPort, 'expectedWait'>, named: string): number | undefined => {
  const [statistic, type, object = ''] = named.split(';').map((part) => part.trim());
  if (statistic !== 'ExpectedWaitTime' || type !== 'Queue') return undefined;
  const wait = router.expectedWait(object.replace(/@[^@]*$/, ''), 'urs2');
  return wait.known ? wait.waitMs / 1000 : undefined;
};
