/** Stat Server's waiting time of a queue, as an option names it: `ExpectedWaitTime;Queue;8999@SIP_Server;Environment`. */
import type { RouterPort } from '../routing/port.js';
import { statisticNamed } from '../routing/statistic-object.js';

/** Statistics that are times to wait. */
const times = ['ExpectedWaitTime', 'StatExpectedWaitingTime'];

/** Seconds; undefined where too little is known. Throws RangeErrors for what is no time to wait in a queue. */
export const queueTime = (
  router: Pick<RouterPort, 'statistic' | 'statisticProblem'>,
  text: string,
): number | undefined => {
  const named = statisticNamed(text);
  if (!named || !times.includes(named.statistic))
    throw new RangeError(
      `"${text.slice(0, 100)}" is no time to wait: write ${times.join(' or ')};Queue;name@switch;tenant`,
    );
  const wrong = router.statisticProblem(named.object, named.statistic);
  if (wrong !== undefined) throw new RangeError(wrong);
  return router.statistic(named.object, named.statistic);
};
