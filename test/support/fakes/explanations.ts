import type { FoundPerson, MemberPreparation, RunTraces, TracedFate } from "../../../shared/ports";

export const nobodyFound: FoundPerson = {
  ...{ rows: [], rowCount: 0, blankRows: 0, leftOut: [], tooLarge: false, inSnapshot: false },
};

/** A preparation in which one person is looked up, and nothing else is done; `closed` counts how often it was closed. */
export function fakeSearch(
  found: FoundPerson = nobodyFound,
): MemberPreparation & { readonly closed: () => number } {
  let closed = 0;
  const unused = (): never => {
    throw new Error("an explanation looks up one person and does nothing else");
  };
  return {
    closed: () => closed,
    prepare: async () => ({
      numbers: { rows: 1, blank: 0, invalid: 0, duplicates: 0, members: 1, unchanged: 0 },
      ...{ warnings: [], snapshot: "loaded", leaving: 0 },
      find: async () => found,
      addListed: unused,
      firstLeavers: unused,
      doubtfulLeavers: unused,
      stageLeavers: unused,
      sample: unused,
      stageRows: unused,
      stageChunks: unused,
      close: async () => {
        closed += 1;
      },
    }),
  };
}

export function fakeTraces(fate: TracedFate = { kind: "notMember" }): RunTraces {
  return { fateOf: async () => fate };
}
