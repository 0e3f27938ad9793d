/** Places where a process may end, for the tests that have it end there. Nothing happens at them otherwise. */
export const failPoints = ['before load', 'after step', 'before commit', 'after commit', 'after effect'] as const;
export type FailPoint = (typeof failPoints)[number];
