import type { AuditEntry } from "../../api/queries/audit";

/** A recorded value before and after, as JSON; undefined where there was none. */
export interface RecordedChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What an entry says was changed; of what it has on one side alone, every value. */
export function recordedChanges({
  before = {},
  after = {},
}: Pick<AuditEntry, "before" | "after">): readonly RecordedChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, before: written(before[name]), after: written(after[name]) }))
    .filter((change) => change.before !== change.after);
}

function written(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
