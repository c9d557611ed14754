/** What histories survived. */
export interface HistoryTally {
  histories: number;
  runs: number;
  kills: number;
  copies: number;
  deadLetters: number;
  cancels: number;
  keysRevoked: number;
  guarded: number;
  lostSnapshots: number;
  /** Calls to AWS that it refused, or whose answers were lost; services that were down; histories with clocks apart. */
  awsRefusals: number;
  awsLostAnswers: number;
  outages: number;
  clocksApart: number;
  /** Runs with another mapping, and runs to another list, than the run before. */
  remapped: number;
  moved: number;
  removed: number;
  imported: number;
  unchanged: number;
  /** Profiles that Klaviyo had and that a run gave other content. */
  changed: number;
  refused: number;
  unsent: number;
  unremoved: number;
}

export const emptyHistoryTally = (): HistoryTally => ({
  ...{ histories: 0, runs: 0, kills: 0, copies: 0, deadLetters: 0, cancels: 0, keysRevoked: 0 },
  ...{ awsRefusals: 0, awsLostAnswers: 0, outages: 0, clocksApart: 0 },
  ...{ guarded: 0, lostSnapshots: 0, remapped: 0, moved: 0, removed: 0, imported: 0 },
  ...{ unchanged: 0, changed: 0, refused: 0, unsent: 0, unremoved: 0 },
});
