import type { SyncMode } from "../../shared/domain/export";
import type { Run } from "../../shared/domain/run";
import type { History, HistoryStep } from "./history";

/** What has befallen the export up to now. */
export interface Situation {
  /** A snapshot was lost: the list itself may have been read, which takes off whom others put there. */
  mayHaveLost: boolean;
  readonly outsiders: readonly string[];
}

export interface HistoryRun {
  readonly run: Run;
  readonly syncMode: SyncMode;
  readonly isLast: boolean;
  /** The list's members before and after, sorted. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Judges a run by what was put in and what came out; knows nothing of the system's ways. */
export function judgeHistoryRun(
  history: History,
  step: HistoryStep,
  { mayHaveLost, outsiders }: Situation,
  { run, syncMode, isLast, before, after }: HistoryRun,
): string[] {
  const wrong: string[] = [];
  const must = (holds: boolean, sentence: string): void => {
    if (!holds) {
      wrong.push(`${sentence} (${run.status}, ${run.problem?.code ?? "no problem"})`);
    }
  };
  const onList = new Set(after);
  const wanted = [...step.members].filter(
    (email) => !history.refused.has(email) && !history.failed.has(email),
  );
  const { numbers, removals } = run;
  must(onList.size === after.length, "somebody is on the list twice");
  must(
    numbers.members === numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent ||
      run.plan === undefined,
    `the members do not add up: ${JSON.stringify(numbers)}`,
  );
  must(
    removals.leaving === removals.removed + removals.notFound + removals.unremoved,
    `the leavers do not add up: ${JSON.stringify(removals)}`,
  );
  must(
    after.every((email) => !history.refused.has(email) && !history.failed.has(email)),
    "a refused profile is on the list",
  );
  must(
    mayHaveLost || outsiders.every((email) => onList.has(email)),
    "somebody whom others put on the list was taken off it",
  );
  if (run.status === "skipped") {
    must(before.join() === after.join(), "a run that was not attempted changed the list");
    must(removals.removed === 0, "a run that was not attempted removed somebody");
  }
  if (syncMode === "upsert") {
    must(removals.leaving === 0, "an upsert removes");
    must(
      before.every((email) => onList.has(email)),
      "an upsert took somebody off the list",
    );
  }
  if (run.status === "successful" || run.status === "completedWithWarnings") {
    must(
      wanted.every((email) => onList.has(email)),
      "a member is missing from the list",
    );
    must(
      syncMode === "upsert" ||
        after.every((email) => step.members.has(email) || outsiders.includes(email)),
      "somebody who left is on the list after a mirror run",
    );
    must(numbers.unsent + removals.unremoved === 0, "it went well, though something is undone");
  }
  if (isLast) {
    const emptied = step.members.size === 0 && removals.leaving === 0;
    must(
      emptied
        ? run.status === "skipped" || run.status === "failed"
        : run.status === "successful" || run.status === "completedWithWarnings",
      "the last run, which nothing disturbed, did not go well",
    );
    const ours = after.filter((email) => !outsiders.includes(email));
    must(
      ours.join() === wanted.toSorted().join(),
      `the list is not the segment: ${String(ours.length)} instead of ${String(wanted.length)}`,
    );
  }
  return wrong;
}
