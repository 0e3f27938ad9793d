/** How large a simulated day is: the whole one is `npm run day`, the short one stands in `npm test`. */
import type { DaySize } from './plan.js';

export const WHOLE_DAY: DaySize = { hours: 8, inbound: 2_000, callbacks: 1_000, agents: 40 };
export const SHORT_DAY: DaySize = { hours: 2, inbound: 60, callbacks: 30, agents: 6 };
