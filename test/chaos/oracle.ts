import type { RejectionRow, RunAnswer } from "../support/system";
import type { MadeSegment, SegmentRow } from "./segment";

/** What can be seen of a run from outside when it has ended. */
export interface SeenRun {
  readonly run: RunAnswer;
  /** Undefined when the run ended without a report. */
  readonly report: readonly RejectionRow[] | undefined;
  /** The list's members. */
  readonly members: readonly string[];
}

type Fate = "imported" | "refused" | "failed";

/**
 * Judges a run by what was put in and what came out; knows nothing of the system's ways. Returns what is
 * wrong, a sentence each.
 */
export function judgeRun(
  segment: MadeSegment,
  { run, report, members }: SeenRun,
  fateOf: (email: string) => Fate,
): string[] {
  const { numbers } = run;
  const valid = ofKind(segment, "member").map(({ email }) => email);
  const onList = new Set(members);
  const wrong: string[] = [];
  const must = (holds: boolean, sentence: string): void => {
    if (!holds) {
      wrong.push(sentence);
    }
  };

  must(
    isSubset(onList, new Set(valid)) && onList.size === members.length,
    "the list holds somebody that it should not, or somebody twice",
  );
  if (numbers.rows === 0) {
    must(onList.size === 0, "profiles are on the list of a run that has read no rows");
    must(["failed", "canceled"].includes(run.status), `nothing was read, yet it is ${run.status}`);
    must(run.problem !== undefined, "it does not say why nothing was read");
    return wrong;
  }
  const counted = {
    rows: segment.rows.length,
    blank: ofKind(segment, "blank").length,
    invalid: ofKind(segment, "invalid").length,
    duplicates: ofKind(segment, "duplicate").length,
    members: valid.length,
  };
  for (const [name, count] of Object.entries(counted)) {
    const told = numbers[name as keyof typeof counted];
    must(told === count, `${name} is ${String(told)} instead of ${String(count)}`);
  }
  const sum = numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent;
  must(numbers.members === sum, `the members do not add up: ${JSON.stringify(numbers)}`);
  wrong.push(...judgeStatus(run));
  if (report === undefined) {
    must(run.status === "failed" || run.status === "canceled", `no report, yet ${run.status}`);
    must(numbers.imported <= onList.size, "more is counted as imported than is on the list");
    return wrong;
  }

  wrong.push(...judgeReport(segment, run, report));
  const refused = emailsIn(report, "refused");
  const unsent = emailsIn(report, "unsent");
  const imported = valid.filter((email) => !refused.has(email) && !unsent.has(email));
  must(
    imported.every((email) => onList.has(email)),
    "a profile that is counted as imported is not on the list",
  );
  must(
    [...refused].every((email) => !onList.has(email) && fateOf(email) !== "imported"),
    "a profile is counted as refused that Klaviyo did not refuse",
  );
  must(
    [...onList].every((email) => !refused.has(email)),
    "a refused profile is on the list",
  );
  return wrong;
}

/** A run as it would be seen if nobody had been on the list before. */
export function withoutLeavers(seen: SeenRun, leavers: readonly string[]): SeenRun {
  const left = new Set(leavers);
  return { ...seen, members: seen.members.filter((email) => !left.has(email)) };
}

/** Judges what a run says of those who left, who were on its list before. */
export function judgeRemoval(
  leavers: readonly string[],
  { run, report, members }: SeenRun,
): string[] {
  const { leaving, removed, notFound, unremoved } = run.removals;
  const left = new Set(leavers);
  const stillThere = members.filter((email) => left.has(email));
  const reported = report?.filter((row) => row["category"] === "unremoved") ?? [];
  const wrong: string[] = [];
  if (run.numbers.rows > 0 && leaving !== leavers.length) {
    wrong.push(`${String(leaving)} count as leaving instead of ${String(leavers.length)}`);
  }
  if (run.numbers.rows === 0 && stillThere.length < leavers.length) {
    wrong.push("somebody was removed by a run that has read no rows");
  }
  if (report !== undefined) {
    if (leaving !== removed + notFound + unremoved || reported.length !== unremoved) {
      wrong.push(`the leavers do not add up: ${JSON.stringify(run.removals)}`);
    }
    if (!stillThere.every((email) => reported.some((row) => row["email"] === email))) {
      wrong.push("somebody who left is on the list, and the report does not say so");
    }
  }
  if (run.status === "successful" && stillThere.length > 0) {
    wrong.push("it is successful, though somebody who left is on the list");
  }
  return wrong;
}

function judgeStatus({ status, numbers, removals, problem }: RunAnswer): string[] {
  const undone = numbers.unsent + removals.unremoved;
  const spotless = numbers.blank + numbers.invalid + numbers.refused + undone === 0 ? "yes" : "no";
  switch (status) {
    case "successful":
      return spotless === "yes" ? [] : ["it is successful, though rows were rejected"];
    case "completedWithWarnings":
      return spotless === "no" && undone === 0 ? [] : ["its warnings warn of nothing"];
    case "failed":
    case "canceled":
    case "skipped":
      return problem === undefined ? [`it is ${status} without a reason`] : [];
    case "queued":
    case "running":
      return ["it has not ended"];
  }
}

/** Every row that is not imported is in the report once, with its place; and nothing else is. */
function judgeReport(
  segment: MadeSegment,
  { numbers }: RunAnswer,
  report: readonly RejectionRow[],
): string[] {
  const wrong: string[] = [];
  const places = (rows: readonly { file?: string; row?: string | number }[]): string =>
    rows
      .map(({ file, row }) => `${String(file)}:${String(row)}`)
      .sort()
      .join(" ");
  const inReport = (category: string): readonly RejectionRow[] =>
    report.filter((row) => row["category"] === category);
  for (const kind of ["blank", "invalid", "duplicate"] as const) {
    if (places(inReport(kind)) !== places(ofKind(segment, kind))) {
      wrong.push(`the report's ${kind} rows are not the segment's`);
    }
  }
  const placeOf = new Map(
    ofKind(segment, "member").map(({ email, file, row }) => [email, places([{ file, row }])]),
  );
  const seen = new Set<string>();
  for (const category of ["refused", "unsent"] as const) {
    const rows = inReport(category);
    if (rows.length !== numbers[category]) {
      wrong.push(
        `${String(rows.length)} rows are ${category} in the report, ${String(numbers[category])} in the numbers`,
      );
    }
    for (const row of rows) {
      const email = row["email"] ?? "";
      if (placeOf.get(email) !== places([row]) || seen.has(email)) {
        wrong.push(`a ${category} profile has no row of its own in the report`);
      }
      seen.add(email);
    }
  }
  return wrong;
}

/** Judges a run that nothing disturbed, after one that may have been: the list must be complete now. */
export function judgeUndisturbed(
  segment: MadeSegment,
  before: SeenRun,
  { run, members }: SeenRun,
): string[] {
  const valid = ofKind(segment, "member").map(({ email }) => email);
  const wrong: string[] = [];
  const clean = ["blank", "invalid"].every((kind) =>
    segment.rows.every((row) => row.kind !== kind),
  );
  const nothingToDo = valid.length === 0 && run.removals.leaving === 0;
  const expected = nothingToDo ? "failed" : clean ? "successful" : "completedWithWarnings";
  if (run.status !== expected) {
    wrong.push(`undisturbed, it is ${run.status} instead of ${expected}`);
  }
  if ([...members].sort().join() !== [...valid].sort().join()) {
    wrong.push("undisturbed, the list is not exactly the segment's valid addresses");
  }
  if (run.numbers.unchanged > before.run.numbers.imported) {
    wrong.push("more counts as unchanged than was imported before");
  }
  return wrong;
}

function ofKind(segment: MadeSegment, kind: SegmentRow["kind"]): readonly SegmentRow[] {
  return segment.rows.filter((row) => row.kind === kind);
}

function emailsIn(report: readonly RejectionRow[], category: string): ReadonlySet<string> {
  return new Set(
    report.filter((row) => row["category"] === category).map((row) => row["email"] ?? ""),
  );
}

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((item) => whole.has(item));
}
