/** How large a chaos run is: the whole one, 1,000 callbacks, is `npm run chaos`, the short one stands in `npm test`. */
export interface ChaosSize {
  readonly days: number;
  readonly callbacks: number;
}

export const WHOLE: ChaosSize = { days: 20, callbacks: 50 };
export const SHORT: ChaosSize = { days: 1, callbacks: 30 };
