/** How a call stands or ended, in T-Library's numbers. `port.ts` hands it on. */

/**
 * Positions of TCallState, as strategies see them in `_genesys.ixn.callState` and plugins in `_call_state`. 8 is
 * SitDetected in T-Library and SilDetected in the guide: one number, two names. Silence counts as a human answer.
 */
export const CallState = {
  Ok: 0,
  Transferred: 1,
  Conferenced: 2,
  GeneralError: 3,
  SystemError: 4,
  RemoteRelease: 5,
  Busy: 6,
  NoAnswer: 7,
  SilDetected: 8,
  SitDetected: 8,
  AnsweringMachineDetected: 9,
  AllTrunksBusy: 10,
  SitInvalidNum: 11,
  SitVacant: 12,
  SitIntercept: 13,
  SitUnknown: 14,
  SitNoCircuit: 15,
  SitReorder: 16,
  FaxDetected: 17,
  QueueFull: 18,
  Cleared: 19,
  Overflowed: 20,
  Abandoned: 21,
  Redirected: 22,
  Forwarded: 23,
  Consult: 24,
  Dropped: 26,
  DroppedNoAnswer: 27,
  Unknown: 28,
  Held: 33,
} as const;
export type CallState = (typeof CallState)[keyof typeof CallState];
